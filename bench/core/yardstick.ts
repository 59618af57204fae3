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

export class Yardstick {
  readonly #flow;
  readonly #rounds: number[] = [];

  constructor(private readonly messages = MESSAGES) {
    this.#flow = syntheticFlow({ ...FLOW, messages });
  }

  round(): void {
    const [result] = throughput(this.#flow, [{ ...ENTRANT, messages: this.messages }], 1);
    if (result !== undefined) this.#rounds.push(result.messagesPerSecond);
  }

  /** Median of the rounds. */
  get messagesPerSecond(): number {
    return [...this.#rounds].sort((a, b) => a - b)[Math.floor(this.#rounds.length / 2)] ?? Number.NaN;
  }

  line(): string {
    const rate = Math.round(this.messagesPerSecond).toLocaleString('en-US');
    return `${`yardstick: ${ENTRANT.name}`.padEnd(32)}${rate.padStart(12)} messages/s   (its book alone, in the same rounds)`;
  }
}
