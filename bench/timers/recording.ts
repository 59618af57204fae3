// How long each command took, and which timers did some of their work before it: told by the events that only they bring.
import type { Event } from '@glasshouse/protocol';

export const TIMERS = ['sample', 'funding', 'interest', 'settlement'] as const;
export type Timer = (typeof TIMERS)[number];

const TELLS: Readonly<Partial<Record<Event['kind'], Timer>>> = {
  perpPriceChanged: 'sample',
  fundingPaid: 'funding',
  interestPosted: 'interest',
  pnlSettled: 'settlement',
};

export type Touched = Record<Timer, number>;

export class Recording {
  readonly milliseconds: Float64Array;
  /** One bit for each timer that worked before the command. */
  readonly workedBits: Uint8Array;
  /** Marks sampled, positions and accounts touched. */
  readonly touched: Touched = { sample: 0, funding: 0, interest: 0, settlement: 0 };
  count = 0;
  #bits = 0;

  constructor(private readonly commands: number) {
    this.milliseconds = new Float64Array(commands);
    this.workedBits = new Uint8Array(commands);
  }

  get isFull(): boolean {
    return this.count === this.commands;
  }

  observe(event: Event): void {
    const timer = TELLS[event.kind];
    if (timer === undefined) return;
    this.touched[timer] += 1;
    this.#bits |= bitOf(timer);
  }

  timed(milliseconds: number): void {
    if (this.isFull) return;
    this.milliseconds[this.count] = milliseconds;
    this.workedBits[this.count] = this.#bits;
    this.count += 1;
    this.#bits = 0;
  }

  /** Keeps the lesser time of each command; the other must have recorded the same commands. */
  lower({ milliseconds }: Recording): void {
    for (let place = 0; place < this.count; place += 1) {
      this.milliseconds[place] = Math.min(this.milliseconds[place]!, milliseconds[place]!);
    }
  }
}

export const bitOf = (timer: Timer): number => 1 << TIMERS.indexOf(timer);
