// One measurement: a crowd is gathered, then orders come at a steady rate while the hour ends.
import type { Event } from '@glasshouse/protocol';
import type { Feeder } from '../core/feeder.js';
import type { BenchVenue } from '../core/venue.js';
import { OrderFlow } from '../core/workload.js';
import { manyBases } from '../margin/bases.js';
import { reportPrices } from '../margin/prices.js';
import { marginVenue } from '../margin/venue.js';
import { Recording } from './recording.js';
import { type Crowd, gather, TRADER_FUNDS } from './venue.js';

export type Plan = Crowd & {
  readonly markets: number;
  readonly resting: number;
  /** Commands a second of sequenced time, and for how long. */
  readonly rate: number;
  readonly seconds: number;
};

export type Played = {
  readonly recording: Recording;
  readonly buildSeconds: number;
  readonly runSeconds: number;
  readonly cpuSeconds: number;
  readonly rejects: number;
};

const SECOND_US = 1_000_000;
const HOUR_US = 3_600 * SECOND_US;
/** The hour ends after this share of the measured time. */
const BEFORE_THE_HOUR = 0.3;

/** What the sources said before is stale by then: they report, and one sample later all markets trade. */
function passToTheHour(feeder: Feeder, report: () => void, leadUs: number): void {
  const hourUs = feeder.timeUs - (feeder.timeUs % HOUR_US) + HOUR_US;
  feeder.skip(hourUs - leadUs - SECOND_US - feeder.timeUs);
  report();
  feeder.skip(SECOND_US);
}

class Recorder {
  recording: Recording | undefined;
  readonly flow: OrderFlow;
  readonly #venue: BenchVenue;

  constructor(private readonly plan: Plan) {
    const venue = marginVenue(manyBases(plan.markets), TRADER_FUNDS);
    this.#venue = venue;
    const feeding = {
      pace: { commands: 1, us: SECOND_US / plan.rate },
      observe: (event: Event) => this.recording?.observe(event),
      timed: (milliseconds: number) => this.recording?.timed(milliseconds),
      eachSecond: (feeder: Feeder) => reportPrices(feeder, venue),
    };
    const prepare = (feeder: Feeder) => gather(feeder, venue, plan);
    const options = { accounts: plan.traders, resting: plan.resting, seed: 1 };
    this.flow = new OrderFlow(options, { venue, prepare, feeding }, false);
  }

  build(): void {
    const { flow, plan } = this;
    flow.setup();
    const leadUs = plan.seconds * BEFORE_THE_HOUR * SECOND_US;
    passToTheHour(flow.feeder, () => reportPrices(flow.feeder, this.#venue), leadUs);
    globalThis.gc?.();
  }

  run(): Recording {
    const recording = new Recording(this.plan.rate * this.plan.seconds);
    this.recording = recording;
    while (!recording.isFull) this.flow.next();
    return recording;
  }
}

/** The same plan plays the same commands every time. */
export function play(plan: Plan): Played {
  const began = performance.now();
  const recorder = new Recorder(plan);
  recorder.build();
  const buildSeconds = (performance.now() - began) / 1000;
  const cpuBegan = process.cpuUsage();
  const recording = recorder.run();
  const { user, system } = process.cpuUsage(cpuBegan);
  return {
    recording,
    buildSeconds,
    runSeconds: (performance.now() - began) / 1000 - buildSeconds,
    cpuSeconds: (user + system) / SECOND_US,
    rejects: recorder.flow.feeder.rejects,
  };
}
