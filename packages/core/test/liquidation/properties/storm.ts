// A storm: traders of all kinds of leverage, thin books, providers, a fund, and prices that fall and jump. One seed decides everything.
import type { Event, Request } from '@glasshouse/protocol';
import { DELEVERAGE_POLICIES, LIQUIDATION_TRIGGERS } from '@glasshouse/protocol';
import { Random } from '@glasshouse/testkit';
import type { Price, Seq, TimeUs } from '@glasshouse/units';
import { apply, checkInvariants, restore, type State, snapshot } from '../../../src/index.js';
import { queueDue } from '../../../src/liquidation/rotation.js';
import { HOUSE } from '../../../src/state/balances.js';
import { hashOf } from '../../hashing.js';
import { BTC, LiquidationVenue, SOL } from '../liquidation-venue.js';
import { BrokenRule, Watch } from './watch.js';

const PERPS = [
  { symbol: BTC, spot: 'BTC_USDC', base: 'BTC', tick: 1, step: 5 },
  { symbol: SOL, spot: 'SOL_USDC', base: 'SOL', tick: 2, step: 2 },
] as const;
type Traded = (typeof PERPS)[number];

export class Storm extends LiquidationVenue {
  readonly traders: number[] = [];
  readonly prices: Record<string, number> = { BTC: 100_000, SOL: 150 };
  readonly random: Random;
  private watch: Watch | undefined;
  private twin: State | undefined;
  #maker = 0;
  /** Of everybody's money: margin grows with size. */
  #scale = 1;
  /** Indexes by the price of their marks, in basis points either way. */
  #apart = 0;

  constructor(seed: number) {
    super({ fees: new Random(seed).chance(50) });
    this.random = new Random(seed * 7919 + 1);
    this.#begin();
    this.watch = new Watch(this.state);
  }

  override apply(request: Request): Event[] {
    const watch = this.watch;
    const events: Event[] = [];
    const timeUs = (this.maker.nowMs * 1000) as TimeUs;
    this.log.push({ timeUs, request });
    watch?.begin();
    apply(this.state, { seq: this.state.nextSeq as Seq, timeUs, request }, (event) => {
      events.push(event);
      watch?.see(event);
    });
    checkInvariants(this.state);
    watch?.end();
    this.follow({ timeUs, request }, events);
    this.events?.push(...events);
    return events;
  }

  /** A copy from a snapshot goes on as the original does. */
  private follow({ timeUs, request }: { timeUs: TimeUs; request: Request }, events: readonly Event[]): void {
    if (this.watch === undefined) return;
    if (this.twin !== undefined) {
      const told: Event[] = [];
      apply(this.twin, { seq: this.twin.nextSeq as Seq, timeUs, request }, (event) => told.push(event));
      const same = JSON.stringify(told) === JSON.stringify(events);
      if (!same) throw new BrokenRule('a restored exchange goes on as it would have', { events, told });
    }
    if (!this.random.chance(5)) return;
    if (this.twin !== undefined && hashOf(this.twin) !== hashOf(this.state)) {
      throw new BrokenRule('a restored exchange has the same state', {});
    }
    this.twin = restore(snapshot(this.state));
  }

  /** What makes up the storm, once everybody is there. */
  blow(moves: number): void {
    const { random } = this;
    for (let move = 0; move < moves; move += 1) {
      this.#move();
      this.#quote();
      const parts = random.between(1, 12);
      for (let part = 0; part < parts; part += 1) {
        this.sample();
        this.pass(random.between(50, 900));
        if (random.chance(30)) this.#somebodyActs();
      }
    }
    for (let part = 0; part < 60; part += 1) {
      this.sample();
      this.pass(500);
    }
  }

  #setPrice(state: State, { symbol, base }: Traded, price: number): void {
    const market = state.markets.bySymbol(symbol);
    const asset = state.assets.bySymbol(base);
    const entry = state.assetPrices[(asset?.assetId ?? 0) - 1];
    if (market === undefined || entry === undefined) return;
    const index = price * (1 + this.#apart / 10_000);
    market.prices.markPrice = price as Price;
    market.prices.indexPrice = index as Price;
    entry.indexPrice = index as Price;
    state.priceVersion += 1;
  }

  override sample(): Event[] {
    for (const state of [this.state, this.twin]) if (state !== undefined) queueDue(state);
    this.watch?.sampled();
    return this.pass(1);
  }

  #move(): void {
    const { random } = this;
    const largest = random.pick([50, 200, 500, 2_000]);
    for (const perp of PERPS) {
      if (random.chance(30)) continue;
      const change = random.between(-largest, Math.floor(largest / 2)) / 10_000;
      const price = (this.prices[perp.base] ?? 1) * (1 + change);
      this.prices[perp.base] = price;
      this.#apart = random.pick([0, random.between(-100, 100), random.between(-500, 500)]);
      for (const state of [this.state, this.twin]) if (state !== undefined) this.#setPrice(state, perp, price);
    }
  }

  #begin(): void {
    const { random } = this;
    for (const { symbol, base } of PERPS) {
      const market = this.state.markets.bySymbol(symbol);
      if (market?.perp === undefined) continue;
      Object.assign(market, { perp: { ...market.perp, deleveragePolicy: random.pick(DELEVERAGE_POLICIES) } });
      this.mark(symbol, this.prices[base] ?? 1);
      market.prices.indexLive = true;
    }
    this.#trigger();
    this.#scale = random.pick([1, 1, 200]);
    this.#maker = this.trader('maker', this.#scaled({ USDC: 3_000_000, BTC: 20, SOL: 20_000 }));
    this.#endow(random.pick([0, 0, 50, 500, 5_000, 500_000]) * this.#scale);
    const people = random.between(4, 10);
    for (let person = 0; person < people; person += 1) this.#join(person);
    for (let provider = random.below(3); provider > 0; provider -= 1) this.#enrol(provider);
    for (let trade = 0; trade < people * 2; trade += 1) this.#open();
    for (const trader of this.traders) if (random.chance(30)) this.#owe(trader);
    this.command(this.#maker, 'orderCancelAll', { symbol: BTC });
    this.command(this.#maker, 'orderCancelAll', { symbol: SOL });
  }

  #trigger(): void {
    const { risk } = this.state;
    const trigger = this.random.pick(LIQUIDATION_TRIGGERS);
    this.decide({ kind: 'setRisk', risk: { ...risk, liquidation: { ...risk.liquidation, trigger } } });
  }

  #scaled(funds: Readonly<Record<string, number>>): Record<string, string> {
    return Object.fromEntries(
      Object.entries(funds).map(([symbol, units]) => [symbol, (units * this.#scale).toFixed(3)]),
    );
  }

  #endow(dollars: number): void {
    const { houseAtoms } = this.state.balances.of(1);
    (houseAtoms[HOUSE.backstopFund] as number) += dollars * 1_000_000;
    (houseAtoms[HOUSE.chain] as number) -= dollars * 1_000_000;
  }

  #join(person: number): void {
    const { random } = this;
    const funds: Record<string, number> = { USDC: random.between(200, 4_000) };
    if (random.chance(25)) funds['SOL'] = random.between(1, 60);
    if (random.chance(15)) funds['BTC'] = random.between(1, 60) / 1000;
    const keyId = this.trader(`trader${person}`, this.#scaled(funds));
    this.traders.push(keyId);
    if (random.chance(25)) this.command(keyId, 'accountUpdate', { autoLend: false });
    if (random.chance(25)) this.command(keyId, 'accountUpdate', { autoRealizePnl: false });
  }

  #enrol(provider: number): void {
    const { random } = this;
    const keyId = this.trader(`provider${provider}`, this.#scaled({ USDC: random.pick([1_500, 20_000, 1_000_000]) }));
    const [capacity, hourly] = [random.pick([0.02, 0.5, 50]), random.pick([0.05, 50])].map(
      (size) => size * this.#scale,
    );
    const offer = `${capacity}:${hourly}`;
    const markets = `${BTC}:${offer},${SOL}:${offer}`;
    const assets = ['USDC', 'BTC', 'SOL'].map((symbol) => `${symbol}:${this.#loans(symbol)}:${this.#loans(symbol)}`);
    this.command(keyId, 'glassBackstopEnrol', { minimumEquity: '500', markets, assets: assets.join() });
  }

  /** Of loans worth a hundred dollars to a million. */
  #loans(symbol: string): string {
    const dollars = this.random.pick([100, 5_000, 1_000_000]) * this.#scale;
    return (dollars / (this.prices[symbol] ?? 1)).toFixed(4);
  }

  /** As large as margin allows, or a part of that; against the maker or another trader. */
  #open(): void {
    const { random } = this;
    const { symbol, base, tick, step } = random.pick(PERPS);
    const price = this.prices[base] ?? 1;
    const trader = random.pick(this.traders);
    const other = random.chance(50) ? this.#maker : random.pick(this.traders);
    if (trader === other) return;
    const size = (this.margin(trader).availableUsd * random.between(5, 70)) / price;
    if (!(size > 0)) return;
    const [side, opposite] = random.chance(65) ? (['Bid', 'Ask'] as const) : (['Ask', 'Bid'] as const);
    this.limit(other, opposite, price.toFixed(tick), size.toFixed(step), { symbol });
    this.limit(trader, side, price.toFixed(tick), size.toFixed(step), { symbol });
    this.command(other, 'orderCancelAll', { symbol });
  }

  #owe(trader: number): void {
    const { random } = this;
    const symbol = random.pick(['BTC', 'SOL']);
    const dollars = random.between(20, 2_000) * this.#scale;
    const quantity = (dollars / (this.prices[symbol] ?? 1)).toFixed(4);
    this.command(trader, 'borrowLendExecute', { symbol, side: 'Borrow', quantity });
    if (random.chance(60))
      this.limit(trader, 'Ask', ((this.prices[symbol] ?? 1) * 0.99).toFixed(1), quantity, { symbol: `${symbol}_USDC` });
  }

  /** The maker shows new prices, near or far, deep or thin, or none at all. */
  #quote(): void {
    const { random } = this;
    for (const { symbol, spot, base, tick, step } of PERPS) {
      for (const market of [symbol, spot]) {
        this.command(this.#maker, 'orderCancelAll', { symbol: market });
        if (random.chance(35)) continue;
        const price = this.prices[base] ?? 1;
        const levels = random.between(1, 3);
        for (let level = 1; level <= levels; level += 1) {
          const away = (random.between(1, 60) * level) / 10_000;
          const size = ((random.pick([500, 20_000, 300_000]) * this.#scale) / price).toFixed(step);
          this.limit(this.#maker, 'Bid', (price * (1 - away)).toFixed(tick), size, { symbol: market, postOnly: true });
          this.limit(this.#maker, 'Ask', (price * (1 + away)).toFixed(tick), size, { symbol: market, postOnly: true });
        }
      }
    }
  }

  #somebodyActs(): void {
    const { random } = this;
    const trader = random.pick(this.traders);
    const kind = random.below(5);
    if (kind === 0) this.deposit(trader, 'USDC', `${random.between(1, 500)}`);
    if (kind === 1) this.command(trader, 'glassNegativeBalanceAccept', { symbol: 'USDC', quantity: '100' });
    if (kind === 2)
      this.command(trader, 'withdraw', { symbol: 'USDC', quantity: '50', blockchain: 'Sandbox', address: 'away' });
    if (kind === 3) this.#open();
    if (kind === 4) this.#quote();
  }
}
