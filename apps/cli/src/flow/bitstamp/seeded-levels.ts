import type { Side } from '@glasshouse/protocol';
import type { FlowAccount, FlowVenue } from '../venue.js';

/** Orders of ours that stand for what rested at a level before the capture began, nobody knows whose. */
export class SeededLevels {
  readonly #orderIds = new Map<string, number>();

  constructor(private readonly venue: FlowVenue) {}

  add(side: Side, ticks: number, orderId: number): void {
    this.#orderIds.set(`${side}:${ticks}`, orderId);
  }

  /** One of them was deleted. */
  reduce(owner: FlowAccount, side: Side, ticks: number, lots: number): void {
    const orderId = this.#orderIds.get(`${side}:${ticks}`);
    if (orderId === undefined) return;
    const part = Math.min(lots, this.venue.open.of(orderId));
    if (part > 0) this.venue.shrink(owner, orderId, part);
  }
}
