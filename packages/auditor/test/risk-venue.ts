// A venue with everything on, in which random people trade, borrow, lend and change their minds while prices walk.
import { apply, createState, keyByPublicKey, nextTimerUs, type State } from '@glasshouse/core';
import type { Event, LiquidationTrigger, Request } from '@glasshouse/protocol';
import {
  CHAIN_KEY,
  fakePublicKey,
  OPERATOR_KEYS,
  type Parameters,
  PRICE_FEED_KEY,
  PRICE_SOURCES,
  Random,
  REGISTRAR_KEY,
  RequestMaker,
  RISK_ASSETS,
  RISK_GENESIS,
} from '@glasshouse/testkit';
import type { Seq, TimeUs } from '@glasshouse/units';

export type Step = { readonly seq: number; readonly timeUs: number; readonly events: readonly Event[] };

type Traded = { readonly symbol: string; readonly tick: number; readonly step: number; readonly dollars: number };

/** Decimals of price and quantity, and a usual size in dollars. */
const MARKETS: readonly Traded[] = [
  { symbol: 'BTC_USDC', tick: 1, step: 5, dollars: 9_000 },
  { symbol: 'SOL_USDC', tick: 2, step: 2, dollars: 4_000 },
  { symbol: 'USDT_USDC', tick: 4, step: 2, dollars: 3_000 },
  { symbol: 'BTC_USDC_PERP', tick: 1, step: 5, dollars: 60_000 },
  { symbol: 'BTC_USDC_PERP', tick: 1, step: 5, dollars: 200_000 },
  { symbol: 'ETH_USDC_PERP', tick: 2, step: 4, dollars: 30_000 },
  { symbol: 'SOL_USDC_PERP', tick: 2, step: 2, dollars: 30_000 },
  { symbol: 'kBONK_USDC_PERP', tick: 6, step: 0, dollars: 5_000 },
];
const LENT_DECIMALS: Readonly<Record<string, number>> = { USDC: 6, BTC: 8, ETH: 7, SOL: 6, USDT: 6 };
const baseOf = (symbol: string): string => symbol.split('_')[0] ?? symbol;

export class RiskVenue {
  readonly state: State = createState();
  readonly prices: Record<string, number> = { BTC: 100_000, ETH: 4_000, SOL: 150, USDT: 1, kBONK: 0.02 };
  readonly #maker = new RequestMaker(1_700_000_000_000);
  readonly #random: Random;
  #steps: Step[] = [];
  readonly #keys: number[] = [];
  /** Keys of a main account and of its subaccount. */
  readonly #families: (readonly [number, number])[] = [];
  #deposits = 0;
  #reportedMs = 0;
  /** Basis points by which all prices move from one report to the next, until the wind changes. */
  #drift = 0;

  constructor(seed: number, people: number) {
    this.#random = new Random(seed);
    this.#apply(this.#maker.genesis(RISK_GENESIS));
    for (let person = 0; person < people; person += 1) this.#register(person);
    this.#report();
    this.pass(1_100);
    this.#gamble('Bid', 'Ask');
    this.#gamble('Ask', 'Bid');
  }

  get accountIds(): number[] {
    return this.#keys.map((keyId) => this.#accountOf(keyId));
  }

  /** What was applied since the last call. */
  takeSteps(): readonly Step[] {
    const taken = this.#steps;
    this.#steps = [];
    return taken;
  }

  /** One random request, and whatever time passes before it. */
  act(): void {
    const random = this.#random;
    if (random.chance(35)) this.pass(random.between(1, 900));
    if (random.chance(2)) this.pass(random.between(1_000, 12_000));
    if (random.chance(20)) this.#passToTimer();
    if (this.#maker.nowMs - this.#reportedMs > 2_000) this.#report();
    const kind = random.below(100);
    if (kind < 62) this.#order();
    else if (kind < 78) this.#borrowLend();
    else if (kind < 84) this.#ask('orderCancelAll', { symbol: random.pick(MARKETS).symbol });
    else if (kind < 90) this.#changeSettings();
    else if (kind < 93) this.#deposit(random.pick(this.#keys), random.pick(['USDC', 'BTC', 'SOL', 'USDT']));
    else if (kind < 96) this.#withdraw();
    else if (kind < 99) this.#transfer();
    else this.#changeTerms();
  }

  /** Time passes as a sequencer tells it: a tick at every timer on the way. */
  pass(milliseconds: number): void {
    const untilMs = this.#maker.nowMs + milliseconds;
    for (;;) {
      const dueMs = Math.ceil((nextTimerUs(this.state) ?? Number.POSITIVE_INFINITY) / 1000);
      this.#maker.nowMs = Math.min(untilMs, Math.max(dueMs, this.#maker.nowMs + 1));
      this.#apply(this.#maker.tick());
      if (this.#maker.nowMs >= untilMs) return;
    }
  }

  /** Requests come between the slices of a sweep too. */
  #passToTimer(): void {
    const dueMs = Math.ceil((nextTimerUs(this.state) ?? 0) / 1000);
    this.pass(Math.max(1, dueMs - this.#maker.nowMs));
  }

  /** Past the next full hour, in which prices may have moved a long way. */
  passHour(): void {
    const shock = 1 + this.#random.between(-12, 12) / 100;
    for (const symbol of ['BTC', 'ETH', 'SOL', 'kBONK']) this.prices[symbol] = (this.prices[symbol] ?? 1) * shock;
    const hourMs = 3_600_000;
    this.#maker.nowMs = Math.ceil((this.#maker.nowMs + 1) / hourMs) * hourMs - 3_000;
    this.#report();
    this.pass(2_500);
    this.#report();
    this.pass(2_000);
  }

  #apply(request: Request): void {
    const events: Event[] = [];
    const timeUs = (this.#maker.nowMs * 1000) as TimeUs;
    const seq = this.state.nextSeq as Seq;
    apply(this.state, { seq, timeUs, request }, (event) => events.push(event));
    this.#steps.push({ seq, timeUs, events });
  }

  #keyId(publicKey: string): number {
    return keyByPublicKey(this.state, publicKey)?.keyId ?? 0;
  }

  #accountOf(keyId: number): number {
    return this.state.keys.accountId[keyId] as number;
  }

  #ask(instruction: string, parameters: Parameters, keyId = this.#random.pick(this.#keys)): void {
    this.#apply(this.#maker.command(keyId, instruction, parameters));
  }

  #register(person: number): void {
    const publicKey = fakePublicKey(`person${person}x`);
    const referrer: Parameters = person % 3 === 2 ? { referrerAccountId: person } : {};
    this.#ask('glassAccountCreate', { publicKey, ...referrer }, this.#keyId(REGISTRAR_KEY));
    const keyId = this.#keyId(publicKey);
    this.#keys.push(keyId);
    for (const symbol of ['USDC', 'BTC', 'SOL', 'USDT']) if (this.#random.chance(60)) this.#deposit(keyId, symbol);
    if (person % 4 === 1) this.#openSubaccount(keyId, `desk${publicKey}`);
  }

  /** Somebody who is fifty times over in BTC, whom a large move ruins. */
  #gamble(side: 'Bid' | 'Ask', opposite: 'Bid' | 'Ask'): void {
    const [bank, gambler] = [`bank${side}`, `gambler${side}`].map((name) => {
      this.#ask('glassAccountCreate', { publicKey: fakePublicKey(name) }, this.#keyId(REGISTRAR_KEY));
      return this.#keyId(fakePublicKey(name));
    }) as [number, number];
    this.#keys.push(bank, gambler);
    this.#credit(bank, 'USDC', '500000');
    this.#credit(gambler, 'USDC', '1600');
    const order: Parameters = { symbol: 'BTC_USDC_PERP', orderType: 'Limit', quantity: '0.8' };
    const price = (this.prices['BTC'] ?? 1).toFixed(1);
    this.#ask('orderExecute', { ...order, side: opposite, price }, bank);
    this.#ask('orderExecute', { ...order, side, price }, gambler);
  }

  /** Somebody who takes over what is liquidated, up to a point. */
  enrolProvider(name: string, funds: string, offer: string): void {
    this.#ask('glassAccountCreate', { publicKey: fakePublicKey(name) }, this.#keyId(REGISTRAR_KEY));
    const keyId = this.#keyId(fakePublicKey(name));
    this.#credit(keyId, 'USDC', funds);
    const markets = ['BTC_USDC_PERP', 'ETH_USDC_PERP', 'SOL_USDC_PERP'].map((symbol) => `${symbol}:${offer}`);
    const assets = 'USDC:5000:5000,BTC:0.05:0.05,SOL:30:30';
    this.#ask('glassBackstopEnrol', { minimumEquity: '1000', markets: markets.join(','), assets }, keyId);
  }

  #openSubaccount(mainKeyId: number, name: string): void {
    const publicKey = fakePublicKey(name);
    this.#ask('glassSubaccountCreate', { publicKey, name: 'desk' }, mainKeyId);
    const keyId = this.#keyId(publicKey);
    this.#keys.push(keyId);
    this.#families.push([mainKeyId, keyId]);
  }

  #transfer(): void {
    const [mainKeyId, deskKeyId] = this.#random.pick(this.#families);
    const [from, to] = this.#random.chance(50) ? [mainKeyId, deskKeyId] : [deskKeyId, mainKeyId];
    const symbol = this.#random.pick(['USDC', 'USDT', 'SOL']);
    const quantity = (this.#random.between(1, 20_000) / (this.prices[symbol] ?? 1)).toFixed(4);
    this.#ask('glassTransfer', { toAccountId: this.#accountOf(to), symbol, quantity }, from);
  }

  /** Two operators give a pool another curve. */
  #changeTerms(): void {
    const { symbol, index, collateral, lending } = this.#random.pick(RISK_ASSETS.filter((asset) => asset.lending));
    if (lending === undefined) return;
    const terms = { ...lending, optimalRate: this.#random.between(1, 40) / 100, baseRate: 0.01 };
    this.#decide({ kind: 'setAssetTerms', asset: { symbol, index, collateral, lending: terms } });
  }

  setTrigger(trigger: LiquidationTrigger): void {
    const { risk } = this.state;
    this.#decide({ kind: 'setRisk', risk: { ...risk, liquidation: { ...risk.liquidation, trigger } } });
  }

  #decide(action: object): void {
    const [first, second] = OPERATOR_KEYS;
    this.#ask('glassOperatorPropose', { action: JSON.stringify(action) }, this.#keyId(first));
    this.#ask('glassOperatorApprove', { proposalId: this.state.lastProposalId }, this.#keyId(second));
  }

  #deposit(keyId: number, symbol: string): void {
    this.#credit(keyId, symbol, (this.#random.between(1_000, 60_000) / (this.prices[symbol] ?? 1)).toFixed(4));
  }

  #credit(keyId: number, symbol: string, quantity: string): void {
    this.#deposits += 1;
    const reference = `deposit${this.#deposits}`;
    const deposit = { accountId: this.#accountOf(keyId), symbol, quantity, blockchain: 'Sandbox', reference };
    this.#ask('glassDepositCredit', deposit, this.#keyId(CHAIN_KEY));
  }

  #withdraw(): void {
    const symbol = this.#random.pick(['USDC', 'BTC', 'SOL']);
    const quantity = (this.#random.between(1, 5_000) / (this.prices[symbol] ?? 1)).toFixed(4);
    this.#ask('withdraw', { symbol, quantity, blockchain: 'Sandbox', address: 'there' });
  }

  #changeSettings(): void {
    const name = this.#random.pick(['autoLend', 'autoRealizePnl', 'autoRepayBorrows', 'autoBorrowSettlements']);
    const limit: Parameters = this.#random.chance(30) ? { leverageLimit: this.#random.between(3, 60) } : {};
    this.#ask('accountUpdate', { [name]: this.#random.chance(60), ...limit });
  }

  #borrowLend(): void {
    const symbol = this.#random.pick(Object.keys(LENT_DECIMALS));
    const dollars = this.#random.between(1, 20_000);
    const quantity = (dollars / (this.prices[symbol] ?? 1)).toFixed(LENT_DECIMALS[symbol]);
    this.#ask('borrowLendExecute', { symbol, side: this.#random.pick(['Borrow', 'Lend']), quantity });
  }

  #order(): void {
    const random = this.#random;
    const { symbol, tick, step, dollars } = random.pick(MARKETS);
    const middle = this.prices[baseOf(symbol)] ?? 1;
    const price = middle * (1 + random.between(-40, 40) / 10_000);
    const quantity = ((dollars * random.between(1, 100)) / 100 / middle).toFixed(step);
    const side = random.pick(['Bid', 'Ask']);
    const flags: Parameters = random.chance(10) && symbol.endsWith('_PERP') ? { reduceOnly: true } : {};
    const loans: Parameters = random.chance(25) && !symbol.endsWith('_PERP') ? { autoBorrow: true } : {};
    const terms: Parameters = random.chance(75)
      ? { orderType: 'Limit', price: price.toFixed(tick) }
      : { orderType: 'Market' };
    const away = (points: number) => (middle * (1 + points / 10_000)).toFixed(tick);
    const waits: Parameters = random.chance(8)
      ? { triggerPrice: away(random.pick([-30, 30])), triggerQuantity: quantity, triggerBy: 'MarkPrice' }
      : { quantity };
    const exits: Parameters = random.chance(10)
      ? {
          takeProfitTriggerPrice: away(side === 'Bid' ? 80 : -80),
          stopLossTriggerPrice: away(side === 'Bid' ? -80 : 80),
        }
      : {};
    this.#ask('orderExecute', { symbol, side, ...waits, ...terms, ...flags, ...loans, ...exits });
  }

  /** Nobody trades while prices are what they are. */
  rest(seconds: number): void {
    for (let second = 0; second < seconds; second += 1) {
      this.#tellPrices();
      this.pass(1_000);
    }
  }

  /** After the prices have walked. */
  #report(): void {
    const random = this.#random;
    if (random.chance(4)) this.#drift = random.between(-45, 45);
    for (const symbol of Object.keys(this.prices)) {
      const move = symbol === 'USDT' ? random.between(-2, 2) : random.between(-20, 20) + this.#drift;
      this.prices[symbol] = (this.prices[symbol] ?? 1) * (1 + move / 10_000);
    }
    this.#tellPrices();
  }

  /** Every source shows every asset, a little apart. */
  #tellPrices(): void {
    this.#reportedMs = this.#maker.nowMs;
    for (const source of PRICE_SOURCES) {
      const prices = Object.entries(this.prices).map(([symbol, price]) => {
        const last = price * (1 + this.#random.between(-3, 3) / 10_000);
        return [symbol, last * 0.9999, last * 1.0001, last]
          .map((part) => (typeof part === 'string' ? part : part.toFixed(8)))
          .join(':');
      });
      this.#ask('glassPricesReport', { source, prices: prices.join(',') }, this.#keyId(PRICE_FEED_KEY));
    }
  }
}
