// Those with a plan of their own: what they wanted, what the venue let them open and why no more, and what came of it.
import { marginView, marketView, perpPriceView, positionViews, type State } from '@glasshouse/core';
import type { Rejected } from '@glasshouse/protocol';
import type { Trader } from '../population/population.js';
import type { Opened } from '../venue/opening.js';

export type WhaleResult = {
  readonly trader: Trader;
  /** At the mark when everybody had opened. */
  readonly openedUsd: number;
  /** Why it was no more: each reason once. */
  readonly refusals: readonly Rejected[];
  /** Of money. */
  readonly takenOutUsd: number;
  /** What it has more at the end than it brought, taken out or not. */
  readonly gainUsd: number;
};

function openedUsd(state: State, accountId: number): number {
  return positionViews(state, accountId).reduce((sum, { marketId, sizeLots }) => {
    const market = marketView(state, marketId);
    const mark = perpPriceView(state, marketId)?.markPrice ?? 0;
    return market === undefined
      ? sum
      : sum + ((Math.abs(sizeLots) * market.stepDigits) / 10 ** market.stepScale) * mark;
  }, 0);
}

export class Whales {
  readonly #opened: ReadonlyMap<number, number>;

  /** To be made when everybody has opened. */
  constructor(
    private readonly state: State,
    private readonly opened: Opened,
  ) {
    this.#opened = new Map(this.#members().map(({ accountId }) => [accountId, openedUsd(state, accountId)]));
  }

  /** How they stand now. `withdrawnUsd` is by account. */
  results(withdrawnUsd: ReadonlyMap<number, number>): readonly WhaleResult[] {
    return this.#members().map(({ accountId, trader }) => {
      const takenOutUsd = withdrawnUsd.get(accountId) ?? 0;
      const leftUsd = marginView(this.state, accountId)?.netEquityUsd ?? 0;
      return {
        trader,
        openedUsd: this.#opened.get(accountId) ?? 0,
        refusals: this.opened.refused.get(accountId) ?? [],
        takenOutUsd,
        gainUsd: leftUsd + takenOutUsd - trader.equityUsd,
      };
    });
  }

  #members(): Opened['traders'] {
    return this.opened.traders.filter(({ trader }) => trader.isWhale);
  }
}
