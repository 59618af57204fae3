// Level changes on their way into one depth frame. A level that changed twice is sent once, with its newest total; both sides
// ascend by price. Ids are consecutive from frame to frame: U = previous u + 1.
import type { DepthFrame } from '@glasshouse/api';
import { type LevelChanged, SIDE } from '@glasshouse/protocol';
import type { Listing } from '../exchange/listing.js';

type Levels = ReadonlyMap<number, number>;

function rowsOf(listing: Listing, levels: Levels): [string, string][] {
  return [...levels]
    .sort(([a], [b]) => a - b)
    .map(([ticks, lots]) => [listing.paddedPrice(ticks), listing.paddedQuantity(lots)]);
}

export class DepthChanges {
  private readonly bids = new Map<number, number>();
  private readonly asks = new Map<number, number>();
  private firstId = 0;
  private lastId = 0;
  private engineUs = 0;

  get empty(): boolean {
    return this.firstId === 0;
  }

  get lastUpdateId(): number {
    return this.lastId;
  }

  add(change: LevelChanged, engineUs: number): void {
    if (this.empty) this.firstId = change.updateId;
    this.lastId = change.updateId;
    this.engineUs = engineUs;
    (change.side === SIDE.bid ? this.bids : this.asks).set(change.priceTicks, change.sizeLots);
  }

  clear(): void {
    this.firstId = 0;
    this.bids.clear();
    this.asks.clear();
  }

  frame(listing: Listing, emittedUs: number): string {
    const frame: DepthFrame = {
      E: emittedUs,
      T: this.engineUs,
      U: this.firstId,
      a: rowsOf(listing, this.asks),
      b: rowsOf(listing, this.bids),
      e: 'depth',
      s: listing.market.symbol,
      u: this.lastId,
    };
    return JSON.stringify(frame);
  }
}
