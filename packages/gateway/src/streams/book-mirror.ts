// The committed book of one market by price level, rebuilt from its events: the state of the exchange may already be ahead of
// what has been published.
import { type DepthView, type LevelChanged, SIDE, type Side } from '@glasshouse/protocol';

export type Level = { readonly ticks: number; readonly lots: number };

/** Keys ascend so that the best level is the last one, where changes are cheap. */
class MirrorSide {
  private readonly keys: number[] = [];
  private readonly lots: number[] = [];

  constructor(private readonly sign: 1 | -1) {}

  set(ticks: number, lots: number): void {
    const key = ticks * this.sign;
    const place = this.lowerBound(key);
    const known = this.keys[place] === key;
    if (lots === 0) {
      if (known) this.splice(place, 1);
    } else if (known) {
      this.lots[place] = lots;
    } else {
      this.keys.splice(place, 0, key);
      this.lots.splice(place, 0, lots);
    }
  }

  private splice(place: number, count: number): void {
    this.keys.splice(place, count);
    this.lots.splice(place, count);
  }

  private lowerBound(key: number): number {
    let low = 0;
    let high = this.keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.keys[middle] as number) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  best(): Level | undefined {
    const key = this.keys.at(-1);
    const lots = this.lots.at(-1);
    return key === undefined || lots === undefined ? undefined : { ticks: key * this.sign, lots };
  }

  /** Best first. */
  nearest(count: number): Level[] {
    const from = Math.max(0, this.keys.length - count);
    const lots = this.lots.slice(from);
    return this.keys
      .slice(from)
      .map((key, index) => ({ ticks: key * this.sign, lots: lots[index] as number }))
      .reverse();
  }
}

export class BookMirror {
  private readonly bids = new MirrorSide(1);
  private readonly asks = new MirrorSide(-1);

  constructor(depth?: DepthView) {
    for (const [ticks, lots] of depth?.bids ?? []) this.bids.set(ticks, lots);
    for (const [ticks, lots] of depth?.asks ?? []) this.asks.set(ticks, lots);
  }

  apply({ side, priceTicks, sizeLots }: LevelChanged): void {
    (side === SIDE.bid ? this.bids : this.asks).set(priceTicks, sizeLots);
  }

  best(side: Side): Level | undefined {
    return (side === SIDE.bid ? this.bids : this.asks).best();
  }

  /** Best first. */
  nearest(side: Side, count: number): readonly Level[] {
    return (side === SIDE.bid ? this.bids : this.asks).nearest(count);
  }
}
