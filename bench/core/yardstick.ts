// What the machine gives at the moment of measuring: nodejs-order-book from npm on the book's flow, in turns with what is
// measured. Figures of shared machines mean little by themselves; ratios within one run do.
import { throughput } from '../book/measure.js';
import { NpmContestant } from '../book/npm-contestant.js';
import { syntheticFlow } from '../book/synthetic-flow.js';

const MESSAGES = 50_000;
const FLOW = { seed: 1, resting: 10_000, meanDistance: 30 };
const ENTRANT = {
  name: 'nodejs-order-book',
  create: (flow: Parameters<typeof throughput>[0]) => new NpmContestant(flow),
};

const count = (value: number) => Math.round(value).toLocaleString('en-US');

const median = (rounds: readonly number[]): number =>
  [...rounds].sort((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? Number.NaN;

export class Yardstick {
  readonly #flow;
  readonly #rounds: number[] = [];
  readonly #cpuRounds: number[] = [];

  constructor(private readonly messages = MESSAGES) {
    this.#flow = syntheticFlow({ ...FLOW, messages });
  }

  round(): void {
    const [result] = throughput(this.#flow, [{ ...ENTRANT, messages: this.messages }], 1);
    if (result === undefined) return;
    this.#rounds.push(result.messagesPerSecond);
    this.#cpuRounds.push(result.messagesPerCpuSecond);
  }

  get messagesPerSecond(): number {
    return median(this.#rounds);
  }

  get messagesPerCpuSecond(): number {
    return median(this.#cpuRounds);
  }

  /** A rate by the yardstick: on the wall, and in processor time, which a busy neighbour moves less. */
  times({ perSecond, perCpuSecond }: { readonly perSecond: number; readonly perCpuSecond: number }): string {
    const wall = (perSecond / this.messagesPerSecond).toFixed(1);
    return `${wall} × yardstick, ${(perCpuSecond / this.messagesPerCpuSecond).toFixed(1)} in CPU time`;
  }

  line(): string {
    const rate = count(this.messagesPerSecond).padStart(12);
    const name = `yardstick: ${ENTRANT.name}`.padEnd(32);
    return `${name}${rate} messages/s   (its book alone, in the same rounds; ${count(this.messagesPerCpuSecond)} a CPU second)`;
  }
}
