// What events say that an account has gained and lost: whatever they do not explain has not happened.
import { type Event, type FillView, MARKET_KIND, type OrderView, SIDE } from '@glasshouse/protocol';
import type { State } from '../../src/state/state.js';

/** Changes of claims, by account and asset. */
export class Explained {
  readonly #atoms = new Map<string, number>();

  constructor(private readonly state: State) {}

  of(accountId: number, assetId: number): number {
    return this.#atoms.get(`${accountId}/${assetId}`) ?? 0;
  }

  observe(event: Event): void {
    switch (event.kind) {
      case 'orderFilled':
        return this.#filled(event.order, event.fill);
      case 'depositCredited':
        return this.#add(event.accountId, event.assetId, event.quantityAtoms);
      case 'withdrawalRequested':
        return this.#add(event.withdrawal.accountId, event.withdrawal.assetId, -event.withdrawal.quantityAtoms);
      case 'transferred':
        this.#add(event.fromAccountId, event.assetId, -event.quantityAtoms);
        return this.#add(event.toAccountId, event.assetId, event.quantityAtoms);
      case 'fundingPaid':
        return this.#add(event.accountId, this.state.settlementAssetId, event.fundingAtoms);
      case 'interestPosted':
        return this.#add(event.accountId, event.assetId, event.interestAtoms);
      case 'referralPaid':
        return this.#add(event.referrerAccountId, event.assetId, event.quantityAtoms);
    }
  }

  /** A position's cost is part of the claim: bought for 100, it is 100 less in claims and 100 more in size. */
  #filled({ accountId, marketId, side }: OrderView, fill: FillView): void {
    const market = this.state.markets.get(marketId);
    if (market === undefined) throw new Error(`a fill in no market: ${marketId}`);
    const sign = side === SIDE.bid ? 1 : -1;
    this.#add(accountId, market.quoteAssetId, -sign * fill.quoteAtoms);
    this.#add(accountId, fill.feeAssetId, -fill.feeAtoms);
    if (market.kind === MARKET_KIND.spot) {
      this.#add(accountId, market.baseAssetId, sign * fill.sizeLots * market.filters.baseAtomsPerLot);
    }
  }

  #add(accountId: number, assetId: number, atoms: number): void {
    this.#atoms.set(`${accountId}/${assetId}`, this.of(accountId, assetId) + atoms);
  }
}
