// What an account's place in the queue stands for: while its slack lasts it is neither due nor any other warning holds, at every
// price within its radius of those at which it was valued, whatever has happened to its money since.
import type { Price } from '@glasshouse/units';
import { expect } from 'vitest';
import type { State } from '../../src/index.js';
import { nearnessOf } from '../../src/liquidation/scan/levels.js';
import { marginTermsOf } from '../../src/margin/account.js';

type Certificate = { readonly prices: readonly number[]; readonly radius: number };
type Cell = { readonly get: () => number; readonly set: (price: number) => void };

/** Every price that margins stand on. */
function cellsOf(state: State): Cell[] {
  const indexes = state.assetPrices.map((entry) => ({
    get: () => entry.indexPrice,
    set: (price: number) => {
      entry.indexPrice = price as Price;
    },
  }));
  const ofMarkets = state.markets.list.flatMap(({ prices }) =>
    (['markPrice', 'indexPrice'] as const).map((name) => ({
      get: () => prices[name],
      set: (price: number) => {
        prices[name] = price as Price;
      },
    })),
  );
  return [...indexes, ...ofMarkets];
}

const pricesOf = (state: State): number[] => cellsOf(state).map(({ get }) => get());

function setPrices(state: State, prices: readonly number[]): void {
  for (const [place, { set }] of cellsOf(state).entries()) set(prices[place] ?? 0);
}

/** At the mark and at the index together: what makes one of them worse makes the other no better. */
function surplusOf(state: State, accountId: number): number {
  const { netEquityUsd, maintenanceUsd, netEquityAtIndexUsd, maintenanceAtIndexUsd } = marginTermsOf(state, accountId);
  return netEquityUsd - maintenanceUsd + netEquityAtIndexUsd - maintenanceAtIndexUsd;
}

/** Leaves every price at the end of its range at which the account is worse off, or better, the others being where they are by then. */
function moveAll(state: State, accountId: number, { prices, radius }: Certificate, to: 'worse' | 'better'): void {
  setPrices(state, prices);
  for (const [place, { set }] of cellsOf(state).entries()) {
    const before = prices[place] ?? 0;
    set(before / (1 + radius));
    const atLow = surplusOf(state, accountId);
    set(before * (1 + radius));
    const isBetterLow = surplusOf(state, accountId) < atLow;
    if (isBetterLow === (to === 'better')) set(before / (1 + radius));
  }
}

/** Keeps what a scan promises when it puts accounts into the queue. */
export class Certificates {
  readonly #certificates = new Map<number, Certificate>();

  constructor(private readonly state: State) {
    const { queue } = state.watch;
    const put = queue.put.bind(queue);
    queue.put = (accountId, radius) => {
      const isIn = put(accountId, radius);
      if (isIn) this.#certificates.set(accountId, { radius, prices: pricesOf(state) });
      return isIn;
    };
  }

  /** Tries every account at the prices that hurt and help it most. Returns how many had something promised. */
  expectKept(): number {
    const { state } = this;
    const { slack } = state.watch;
    const now = pricesOf(state);
    let tried = 0;
    for (const [accountId, certificate] of this.#certificates) {
      if (slack.isSpent(accountId) || slack.isExcused(accountId)) continue;
      const level = state.warned.levelOf(accountId);
      for (const to of ['worse', 'better'] as const) {
        moveAll(state, accountId, certificate, to);
        expect({ accountId, ...nearnessOf(state, accountId, level) }).toEqual({ accountId, isDue: false, level });
      }
      tried += 1;
    }
    setPrices(state, now);
    return tried;
  }
}
