// Accounts with random money, debts and positions, made by the ledger's own postings; prices are set and not sampled. What orders
// and commands would refuse can happen here: accounts come into being on both sides of their maintenance margin.
import type { AssetConfiguration, GenesisConfiguration, LiquidationTrigger } from '@glasshouse/protocol';
import { SIDE } from '@glasshouse/protocol';
import { type Random, RISK_GENESIS } from '@glasshouse/testkit';
import type { Atoms, Price } from '@glasshouse/units';
import type { State } from '../../src/index.js';
import { changeUnsettled, drawPool, payPool } from '../../src/ledger/claims.js';
import { postLoanInterest } from '../../src/ledger/interest.js';
import { lock, pay, payFromHouse, payFromLocked, payHouse } from '../../src/ledger/ledger.js';
import { fillPosition } from '../../src/perps/fill.js';
import { settlePositions } from '../../src/perps/settle-positions.js';
import { closeIfEmpty, positionOf } from '../../src/state/account-positions.js';
import { HOUSE } from '../../src/state/balances.js';
import type { Market } from '../../src/state/markets.js';
import { openAccount } from '../../src/state/open-account.js';
import { QUIET_DAY } from '../perps/priced-venue.js';
import { Venue } from '../venue.js';

const withIndex = (asset: AssetConfiguration): AssetConfiguration => ({
  ...asset,
  index: { sources: [{ name: 'alpha', weight: 1 }], updateCap: 0.01 },
});

/** USDC is worth what venues say, as it was in March 2023. */
export const FLOATING_DOLLAR: GenesisConfiguration = {
  ...RISK_GENESIS,
  assets: RISK_GENESIS.assets.map((asset) => (asset.symbol === 'USDC' ? withIndex(asset) : asset)),
};

const RICH = 1_000_000_000;
const MARGINED = ['USDC', 'BTC', 'ETH', 'SOL', 'USDT'] as const;
const BESIDE_USDC = ['BTC', 'ETH', 'SOL', 'USDT'] as const;

export class Crowd {
  readonly state: State;
  /** Has all the money that the others borrow, and takes the other side of every trade. */
  readonly counterpart: number;

  constructor(
    readonly random: Random,
    genesis: GenesisConfiguration = RISK_GENESIS,
    trigger: LiquidationTrigger = 'mark',
  ) {
    this.state = new Venue({ genesis, checked: false }).state;
    this.setTrigger(trigger);
    for (const { symbol } of this.state.assets.list) this.setIndex(symbol, QUIET_DAY[symbol] ?? 1);
    for (const market of this.perps) {
      this.setMark(market, this.fair(market));
      market.prices.indexLive = trigger === 'markAndIndex';
      market.prices.indexPrice = this.fair(market) as Price;
    }
    this.counterpart = openAccount(this.state, 1, 'counterpart');
    for (const symbol of MARGINED) {
      this.credit(this.counterpart, symbol, RICH);
      payPool(this.state, this.counterpart, this.assetId(symbol), this.#atoms(symbol, RICH / 2));
    }
  }

  get perps(): Market[] {
    return this.state.markets.list.filter(({ perp }) => perp !== undefined);
  }

  assetId(symbol: string): number {
    return this.state.assets.bySymbol(symbol)?.assetId ?? 0;
  }

  setIndex(symbol: string, price: number): void {
    const entry = this.state.assetPrices[this.assetId(symbol) - 1];
    if (entry !== undefined) entry.indexPrice = price as Price;
    this.state.priceVersion += 1;
  }

  setMark({ prices }: Market, price: number): void {
    prices.markPrice = price as Price;
    this.state.priceVersion += 1;
  }

  setTrigger(trigger: LiquidationTrigger): void {
    const { risk } = this.state;
    this.state.risk = { ...risk, liquidation: { ...risk.liquidation, trigger } };
  }

  /** Every index and mark, and the indexes of perpetuals, each by a factor of its own. */
  scalePrices(factor: () => number): void {
    for (const { assetId } of this.state.assets.list) {
      const entry = this.state.assetPrices[assetId - 1];
      if (entry !== undefined) entry.indexPrice = (entry.indexPrice * factor()) as Price;
    }
    for (const { prices } of this.perps) {
      prices.markPrice = (prices.markPrice * factor()) as Price;
      if (prices.indexLive) prices.indexPrice = (prices.indexPrice * factor()) as Price;
    }
    this.state.priceVersion += 1;
  }

  /** Returns what puts all prices back. */
  pricesNow(): () => void {
    const { assetPrices } = this.state;
    const indexes = assetPrices.map(({ indexPrice }) => indexPrice);
    const pairs = this.perps.map(({ prices: { markPrice, indexPrice } }) => ({ markPrice, indexPrice }));
    return () => {
      assetPrices.forEach((entry, place) => {
        entry.indexPrice = indexes[place] ?? entry.indexPrice;
      });
      this.perps.forEach(({ prices }, place) => {
        Object.assign(prices, pairs[place]);
      });
    };
  }

  /** A new account with up to `usd` of money and some of everything else. */
  join(usd: number): number {
    const { random } = this;
    const accountId = openAccount(this.state, 1, '');
    this.credit(accountId, 'USDC', random.between(1, usd));
    if (random.chance(50)) this.credit(accountId, random.pick(BESIDE_USDC), random.between(1, usd));
    if (random.chance(30)) this.borrow(accountId, random.pick(MARGINED), random.between(1, usd * 3));
    for (let count = random.below(4); count > 0; count -= 1) this.trade(accountId, random.between(1, usd * 8));
    if (random.chance(10)) this.claim(accountId, random.between(-usd, usd));
    return accountId;
  }

  credit(accountId: number, symbol: string, usd: number): void {
    payFromHouse(this.state, accountId, this.assetId(symbol), HOUSE.chain, this.#atoms(symbol, usd));
  }

  /** As far as it is there. */
  withdraw(accountId: number, symbol: string, usd: number): void {
    payHouse(this.state, accountId, this.assetId(symbol), HOUSE.chain, this.#available(accountId, symbol, usd));
  }

  give(fromId: number, toId: number, symbol: string, usd: number): void {
    if (fromId !== toId) pay(this.state, fromId, toId, this.assetId(symbol), this.#available(fromId, symbol, usd));
  }

  /** Sells out of what backs an open order. */
  sellLocked(fromId: number, toId: number, symbol: string, usd: number): void {
    const atoms = this.#available(fromId, symbol, usd);
    lock(this.state, fromId, this.assetId(symbol), atoms);
    if (fromId !== toId) payFromLocked(this.state, fromId, toId, this.assetId(symbol), atoms);
  }

  borrow(accountId: number, symbol: string, usd: number): void {
    const loan = this.#loan(accountId, symbol);
    const atoms = this.#atoms(symbol, usd);
    drawPool(this.state, accountId, this.assetId(symbol), (loan > 0 ? Math.min(loan, atoms) : atoms) as Atoms);
  }

  /** Repays what is owed, or lends. */
  payBack(accountId: number, symbol: string, usd: number): void {
    const loan = this.#loan(accountId, symbol);
    const atoms = this.#available(accountId, symbol, usd);
    payPool(this.state, accountId, this.assetId(symbol), (loan < 0 ? Math.min(-loan, atoms) : atoms) as Atoms);
  }

  /** Interest of years: enough to be seen. */
  postInterest(accountId: number, symbol: string): void {
    const assetId = this.assetId(symbol);
    const { accruedAtoms, loanAtoms } = this.state.balances.of(assetId);
    const loan = loanAtoms[accountId] as number;
    if (loan === 0) return;
    (accruedAtoms[accountId] as number) += Math.floor((loan * this.random.below(100)) / 1000);
    postLoanInterest(this.state, accountId, assetId);
  }

  /** Long or short against the counterpart, at a price near the mark or far from it. */
  trade(accountId: number, usd: number): void {
    const { random, state } = this;
    const market = random.pick(this.perps);
    const { filters, prices } = market;
    const mark = prices.markPrice === 0 ? this.fair(market) : prices.markPrice;
    const away = random.chance(70) ? random.between(-10, 10) : random.between(-200, 200);
    const price = mark * (1 + away / 1000);
    const ticks = Math.max(1, Math.round((price * 10 ** filters.tickScale) / filters.tickDigits));
    const lots = Math.max(1, Math.round((usd / price) * (10 ** filters.stepScale / filters.stepDigits)));
    const [buyer, seller] = random.chance(50) ? [accountId, this.counterpart] : [this.counterpart, accountId];
    fillPosition(state, market, buyer, SIDE.bid, ticks, lots, 0);
    fillPosition(state, market, seller, SIDE.ask, ticks, lots, 0);
    for (const id of [buyer, seller]) {
      const row = positionOf(state, id, market.marketId);
      if (row !== 0) closeIfEmpty(state, row);
    }
  }

  /** Profit or loss that is no cash yet. */
  claim(accountId: number, usd: number): void {
    changeUnsettled(this.state, accountId, usd * 1_000_000);
  }

  settle(accountId: number): void {
    settlePositions(this.state, accountId);
  }

  fair({ baseAssetId }: Market): number {
    return QUIET_DAY[this.state.assets.get(baseAssetId)?.symbol ?? ''] ?? 1;
  }

  #atoms(symbol: string, usd: number): Atoms {
    const decimals = this.state.assets.bySymbol(symbol)?.decimals ?? 0;
    return Math.max(1, Math.round((usd / (QUIET_DAY[symbol] ?? 1)) * 10 ** decimals)) as Atoms;
  }

  #available(accountId: number, symbol: string, usd: number): Atoms {
    const { availableAtoms } = this.state.balances.of(this.assetId(symbol));
    return Math.min(availableAtoms[accountId] as number, this.#atoms(symbol, usd)) as Atoms;
  }

  #loan(accountId: number, symbol: string): number {
    return this.state.balances.of(this.assetId(symbol)).loanAtoms[accountId] as number;
  }
}
