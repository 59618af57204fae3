import { withRoom } from './columns.js';
import { IdSet } from './id-set.js';

/** Days before today that count. */
const PAST_DAYS = 29;

/** What customers have traded in thirty days, today included, in millionths of a USD; columns over customers. */
export class VolumeTable {
  /** Customers with anything in the window when they were last looked at. */
  readonly traders = new IdSet();
  today = new Float64Array(0);
  /** Day (since the epoch) that `today` is about. */
  day = new Int32Array(0);
  readonly past = new Map<number, Float64Array>();

  ensure(customerId: number): void {
    this.today = withRoom(this.today, customerId);
    this.day = withRoom(this.day, customerId);
  }

  add(customerId: number, microUsd: number, day: number): void {
    if (this.day[customerId] !== day) this.roll(customerId, day);
    (this.today[customerId] as number) += microUsd;
    this.traders.add(customerId);
  }

  /** The thirty days that end with `day`. */
  sum(customerId: number, day: number): number {
    this.roll(customerId, day);
    let sum = this.today[customerId] as number;
    for (const volume of this.past.get(customerId) ?? []) sum += volume;
    if (sum === 0) {
      this.past.delete(customerId);
      this.traders.delete(customerId);
    }
    return sum;
  }

  /** Closes the days between the last that was counted and `day`. */
  private roll(customerId: number, day: number): void {
    const last = this.day[customerId] as number;
    if (last === day) return;
    this.day[customerId] = day;
    if (!this.traders.has(customerId)) return;
    const past = this.past.get(customerId) ?? new Float64Array(PAST_DAYS);
    this.past.set(customerId, past);
    let volume = this.today[customerId] as number;
    for (let closed = last; closed < day && closed < last + PAST_DAYS; closed += 1) {
      past[closed % PAST_DAYS] = volume;
      volume = 0;
    }
    this.today[customerId] = 0;
  }
}
