// An exchange in figures: its markets with their books, its accounts, who holds how much of each asset, and its liquidations.
import { accountView, assetViews, balanceViews, depthView, marketViews, type State, venueName } from '@glasshouse/core';
import { type AssetView, MARKET_STATE, type MarketView } from '@glasshouse/protocol';
import { formatDecimal } from '@glasshouse/units';
import { type LiquidationSummary, liquidationSummary } from './liquidation-summary.js';

export type MarketSummary = {
  readonly symbol: string;
  readonly state: string;
  readonly bestBid: string | null;
  readonly bestAsk: string | null;
  readonly bidLevels: number;
  readonly askLevels: number;
  readonly lastUpdateId: number;
};

export type AssetSummary = {
  readonly symbol: string;
  /** Σ over all accounts. */
  readonly available: string;
  readonly locked: string;
  readonly lent: string;
  readonly borrowed: string;
  readonly holders: number;
};

export type StateSummary = {
  readonly venue: string;
  readonly seq: number;
  readonly time: string;
  readonly stateHash: string;
  readonly accounts: number;
  readonly openOrders: number;
  readonly markets: readonly MarketSummary[];
  readonly assets: readonly AssetSummary[];
  readonly liquidation: LiquidationSummary;
};

type Holding = {
  availableAtoms: number;
  lockedAtoms: number;
  lentAtoms: number;
  borrowedAtoms: number;
  holders: number;
};

const noHolding = (): Holding => ({ availableAtoms: 0, lockedAtoms: 0, lentAtoms: 0, borrowedAtoms: 0, holders: 0 });

const US_PER_MS = 1000;
const ALL_LEVELS = Number.MAX_SAFE_INTEGER;

const stateNames = new Map<number, string>(Object.entries(MARKET_STATE).map(([name, code]) => [code, name]));

function marketSummary(state: State, market: MarketView): MarketSummary {
  const depth = depthView(state, market.marketId, ALL_LEVELS);
  const { bids = [], asks = [] } = depth ?? {};
  const price = (level: readonly [number, number] | undefined) =>
    level === undefined ? null : formatDecimal(level[0] * market.tickDigits, market.tickScale);
  return {
    symbol: market.symbol,
    state: stateNames.get(market.state) ?? String(market.state),
    bestBid: price(bids[0]),
    bestAsk: price(asks[0]),
    bidLevels: bids.length,
    askLevels: asks.length,
    lastUpdateId: depth?.lastUpdateId ?? 0,
  };
}

function assetSummary({ symbol, decimals }: AssetView, holding: Holding): AssetSummary {
  const text = (atoms: number) => formatDecimal(atoms, decimals, 0);
  return {
    symbol,
    available: text(holding.availableAtoms),
    locked: text(holding.lockedAtoms),
    lent: text(holding.lentAtoms),
    borrowed: text(holding.borrowedAtoms),
    holders: holding.holders,
  };
}

/** Walks every account once. */
function countAccounts(state: State, holdings: readonly Holding[]): { accounts: number; openOrders: number } {
  let openOrders = 0;
  for (let accountId = 1; ; accountId += 1) {
    const account = accountView(state, accountId);
    if (account === undefined) return { accounts: accountId - 1, openOrders };
    openOrders += account.openOrders;
    for (const balance of balanceViews(state, accountId)) {
      const holding = holdings[balance.assetId - 1];
      if (holding === undefined) continue;
      holding.availableAtoms += balance.availableAtoms;
      holding.lockedAtoms += balance.lockedAtoms;
      holding.lentAtoms += balance.lentAtoms;
      holding.borrowedAtoms += balance.borrowedAtoms;
      holding.holders += 1;
    }
  }
}

export function summaryOf(state: State, seq: number, stateHash: string): StateSummary {
  const assets = assetViews(state);
  const holdings = assets.map(noHolding);
  const counted = countAccounts(state, holdings);
  return {
    venue: venueName(state),
    seq,
    time: new Date(state.timeUs / US_PER_MS).toISOString(),
    stateHash,
    ...counted,
    markets: marketViews(state).map((market) => marketSummary(state, market)),
    assets: assets.map((asset, place) => assetSummary(asset, holdings[place] as Holding)),
    liquidation: liquidationSummary(state, assets),
  };
}
