// The demonstration: makers and takers on a sandbox, started and stopped as one.
import { setMaxListeners } from 'node:events';
import { ExchangeClient, type KeyPair } from '@glasshouse/client';
import { indexPrices, type Log, seededRandom, TroubleLog } from '@glasshouse/price-feed';
import { type LiveMarket, loadMarkets } from './market/live-market.js';
import { eventually, type Pace, repeat } from './pace.js';
import { castOf, TRADER_NAMES } from './traders/cast.js';
import { loadKeys } from './traders/key-file.js';
import type { Participant } from './traders/participant.js';

export type DemoOptions = {
  readonly url: string;
  readonly seed: number;
  readonly log: Log;
  /** Where the traders' keys are kept; without it every start makes new accounts. */
  readonly keyFile?: string | undefined;
  /** 1 is the pace of the demonstration; tests may hurry. */
  readonly speed?: number | undefined;
};

export type Demo = {
  /** Resolves when quotes are withdrawn (as far as the exchange answers) and nothing runs any more. */
  readonly stop: () => Promise<void>;
};

const FAIR_STEP_SECONDS = 1;
const UPKEEP_PAUSE_MS = 30_000;
const LEAVE_TIMEOUT_MS = 2_000;

class RunningDemo implements Demo {
  private readonly end = new AbortController();
  private readonly trouble: TroubleLog;
  private readonly keys: ReadonlyMap<string, KeyPair>;
  private readonly running: Promise<void>;
  private cast: readonly Participant[] = [];

  constructor(private readonly options: DemoOptions) {
    this.keys = loadKeys(options.keyFile, TRADER_NAMES);
    this.trouble = new TroubleLog(options.log);
    // Every pause of every participant listens for the end; Node takes more than ten for a leak.
    setMaxListeners(0, this.end.signal);
    this.running = this.run();
  }

  readonly stop = async (): Promise<void> => {
    this.end.abort();
    await this.running;
    await this.leave();
  };

  private pace(who: string, pauseMs: () => number): Pace {
    const speed = this.options.speed ?? 1;
    return {
      signal: this.end.signal,
      pauseMs: () => pauseMs() / speed,
      onTrouble: (error) => this.trouble.report(who, error),
    };
  }

  private async run(): Promise<void> {
    const { url, seed, log } = this.options;
    const observer = new ExchangeClient({ url, retries: 0 });
    const load = (): Promise<readonly LiveMarket[]> => loadMarkets(observer, seededRandom(seed));
    const [first, ...others] = (await eventually(load, this.pace('demo', immediately))) ?? [];
    if (first === undefined) {
      if (!this.end.signal.aborted) log('demo: this exchange lists none of the markets of the demonstration');
      return;
    }
    const markets: readonly [LiveMarket, ...LiveMarket[]] = [first, ...others];
    this.cast = castOf({ url, seed, keys: this.keys, markets });
    log(`demo: ${this.cast.length} traders on ${markets.map((market) => market.profile.symbol).join(', ')}`);
    await Promise.all([
      this.moveFairPrices(observer, markets),
      ...this.cast.map((participant) => this.play(participant)),
    ]);
  }

  /** Outside prices lead where the exchange has them; without any, prices walk by themselves. */
  private moveFairPrices(observer: ExchangeClient, markets: readonly LiveMarket[]): Promise<void> {
    const pace = this.pace('fair price', () => FAIR_STEP_SECONDS * 1_000);
    return repeat(async () => {
      const prices = await indexPrices(observer);
      for (const { fair, profile } of markets) {
        const index = prices.get(profile.base);
        if (index === undefined) fair.advance(FAIR_STEP_SECONDS);
        else fair.moveTo(index);
      }
    }, pace);
  }

  private async play(participant: Participant): Promise<void> {
    const { name } = participant;
    const entered = await eventually(() => this.enter(participant), this.pace(name, immediately));
    if (entered === undefined) return;
    const business = repeat(participant.step, this.pace(name, participant.pauseMs));
    // Registered again each time: an exchange that starts over with an empty log knows nobody.
    const upkeep = this.pace(name, () => UPKEEP_PAUSE_MS);
    await Promise.all([business, repeat(async () => void (await this.enter(participant)), upkeep)]);
  }

  private async enter(participant: Participant): Promise<true> {
    await participant.register();
    const asked = await participant.topUp();
    if (asked.length > 0) this.options.log(`${participant.name}: asked the faucet for ${asked.join(', ')}`);
    return true;
  }

  /** The exchange may be on its way out too: it gets a moment, not more. */
  private async leave(): Promise<void> {
    const left = Promise.allSettled(this.cast.map((participant) => participant.leave()));
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, LEAVE_TIMEOUT_MS);
    });
    await Promise.race([left, enough]);
    clearTimeout(timer);
  }
}

const immediately = (): number => 0;

/**
 * Starts at once and waits for the exchange if it is not there yet; trouble is logged and tried again. Throws only when the
 * file of keys cannot be used.
 */
export function startDemo(options: DemoOptions): Demo {
  return new RunningDemo(options);
}
