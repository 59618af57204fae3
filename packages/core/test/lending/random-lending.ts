// Long random histories of money that is deposited, lent, borrowed, traded for with loans and withdrawn, while hours pass and
// prices jump.
import type { Event } from '@glasshouse/protocol';
import { Random } from '@glasshouse/testkit';
import { HOUR_MS, LendingVenue } from './lending-venue.js';

const ASSETS = ['USDC', 'BTC', 'ETH', 'SOL', 'USDT'] as const;
const MARKETS = ['BTC', 'ETH', 'SOL', 'USDT'] as const;
const DECIMALS: Readonly<Record<string, number>> = { USDC: 6, BTC: 8, ETH: 7, SOL: 6, USDT: 6 };
/** Steps of quantities and ticks of prices in the markets. */
const STEP: Readonly<Record<string, number>> = { BTC: 5, ETH: 4, SOL: 2, USDT: 2 };
const TICK: Readonly<Record<string, number>> = { BTC: 1, ETH: 2, SOL: 2, USDT: 4 };
const PRICE: Readonly<Record<string, number>> = { USDC: 1, BTC: 100_000, ETH: 4_000, SOL: 150, USDT: 1 };
const SETTINGS = ['autoLend', 'autoRepayBorrows', 'autoBorrowSettlements'] as const;
const IN_FORCE = ['GTC', 'GTC', 'IOC', 'FOK'] as const;
const ACCOUNTS = 12;

type Action = () => Event[];

export class RandomLending {
  readonly venue: LendingVenue;
  readonly keys: number[] = [];
  /** The last step was one that must move no equity. */
  neutral = false;
  readonly #random: Random;
  readonly #prices = { ...PRICE };
  readonly #actions: readonly (readonly [number, Action])[];

  constructor(seed: number, venue = new LendingVenue({ fees: seed % 2 === 0 })) {
    this.#random = new Random(seed);
    this.venue = venue;
    for (let account = 0; account < ACCOUNTS; account += 1) this.keys.push(venue.trader(`trader${account}x`));
    for (const key of this.keys) this.#fund(key);
    this.#actions = [
      [8, () => this.#deposit()],
      [6, () => this.#withdraw()],
      [25, () => this.#borrow()],
      [20, () => this.#lend()],
      [35, () => this.#order()],
      [8, () => this.#cancel()],
      [6, () => this.#settings()],
      [6, () => this.#reprice()],
      [10, () => this.#pass(this.#random.between(1, 90_000))],
      [3, () => this.venue.hours(1)],
      [1, () => this.#pass(this.#random.between(1, 40) * HOUR_MS)],
    ];
  }

  step(): Event[] {
    this.neutral = false;
    const total = this.#actions.reduce((sum, [weight]) => sum + weight, 0);
    let place = this.#random.below(total);
    for (const [weight, action] of this.#actions) {
      if (place < weight) return action();
      place -= weight;
    }
    return [];
  }

  #fund(key: number): void {
    for (const symbol of ASSETS) {
      if (this.#random.chance(60)) this.venue.deposit(key, symbol, this.#quantity(symbol, 50_000));
    }
  }

  /** Up to so many dollars' worth, down to single atoms. */
  #quantity(symbol: string, dollars: number, decimals = DECIMALS[symbol] ?? 0): string {
    const units = (dollars * this.#random.below(10_000)) / 10_000 / (PRICE[symbol] ?? 1);
    const tiny = this.#random.chance(8) ? 10 ** -decimals : units;
    return Math.max(tiny, 10 ** -decimals).toFixed(decimals);
  }

  #key(): number {
    return this.#random.pick(this.keys);
  }

  #deposit(): Event[] {
    const symbol = this.#random.pick(ASSETS);
    return this.venue.deposit(this.#key(), symbol, this.#quantity(symbol, 5_000));
  }

  #withdraw(): Event[] {
    const symbol = this.#random.pick(ASSETS);
    const quantity = this.#quantity(symbol, 20_000);
    return this.venue.command(this.#key(), 'withdraw', { symbol, quantity, blockchain: 'Sandbox', address: 'abcd' });
  }

  #borrow(): Event[] {
    const symbol = this.#random.pick(ASSETS);
    const key = this.#key();
    const quantity = this.#quantity(symbol, 20_000);
    this.neutral = this.venue.raw(key, symbol).loan >= Number(quantity);
    return this.venue.borrow(key, symbol, quantity);
  }

  #lend(): Event[] {
    const symbol = this.#random.pick(ASSETS);
    const key = this.#key();
    this.neutral = this.venue.raw(key, symbol).loan >= 0;
    return this.venue.lend(key, symbol, this.#quantity(symbol, 5_000));
  }

  #order(): Event[] {
    const base = this.#random.pick(MARKETS);
    const side = this.#random.pick(['Bid', 'Ask'] as const);
    const quantity = this.#quantity(base, 8_000, STEP[base]);
    const flags = this.#random.chance(50) ? { autoBorrow: true } : {};
    const more = this.#random.chance(20) ? { autoLend: true, autoBorrowRepay: true } : {};
    const terms = { symbol: `${base}_USDC`, ...flags, ...more };
    if (this.#random.chance(25)) {
      const size = this.#random.chance(50) ? { quantity } : { quoteQuantity: this.#quantity('USDC', 8_000) };
      const timeInForce = this.#random.pick(['IOC', 'FOK']);
      return this.venue.order(this.#key(), side, { ...terms, ...size, timeInForce });
    }
    const price = ((this.#prices[base] ?? 1) * this.#random.between(970, 1030)) / 1000;
    const timeInForce = this.#random.pick(IN_FORCE);
    return this.venue.limit(this.#key(), side, price.toFixed(TICK[base]), quantity, { ...terms, timeInForce });
  }

  #cancel(): Event[] {
    return this.venue.command(this.#key(), 'orderCancelAll', { symbol: `${this.#random.pick(MARKETS)}_USDC` });
  }

  #settings(): Event[] {
    this.neutral = true;
    return this.venue.settings(this.#key(), { [this.#random.pick(SETTINGS)]: this.#random.chance(60) });
  }

  #reprice(): Event[] {
    const base = this.#random.pick(MARKETS);
    const price = ((this.#prices[base] ?? 1) * this.#random.between(900, 1110)) / 1000;
    this.#prices[base] = base === 'USDT' ? 1 : price;
    this.venue.index(base, this.#prices[base] ?? 1);
    return [];
  }

  #pass(milliseconds: number): Event[] {
    return this.venue.pass(milliseconds);
  }
}
