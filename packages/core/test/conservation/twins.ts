// Two venues to which the same happens, but that the traders of one take their profits and losses in cash and those of the other
// let them stay virtual.
import type { Event, FillView } from '@glasshouse/protocol';
import type { Random } from '@glasshouse/testkit';
import { LendingVenue } from '../lending/lending-venue.js';
import { QUIET_DAY } from '../perps/priced-venue.js';
import { type Claims, claimsOf } from './claims.js';

const TRADERS = 8;
const PERPS = [
  { symbol: 'BTC_USDC_PERP', base: 'BTC', tick: 1, step: 5 },
  { symbol: 'SOL_USDC_PERP', base: 'SOL', tick: 2, step: 2 },
  { symbol: 'kBONK_USDC_PERP', base: 'kBONK', tick: 6, step: 0 },
] as const;

class Twin extends LendingVenue {
  readonly traders: readonly number[];
  readonly fills: FillView[] = [];
  /** Interest posted on unsettled PnL, by account. */
  readonly interestAtoms = new Map<number, number>();

  constructor(autoRealizePnl: boolean) {
    super({ fees: true });
    const lender = this.manual('lender', { USDC: '3000000' });
    const borrower = this.manual('borrower', { BTC: '20' });
    this.lend(lender, 'USDC', '3000000');
    this.borrow(borrower, 'USDC', '1000000');
    this.traders = Array.from({ length: TRADERS }, (_, place) => this.manual(`trader${place}`, { USDC: '20000000' }));
    for (const trader of this.traders) this.settings(trader, { autoRealizePnl });
  }

  claims(trader: number): Claims {
    return claimsOf(this.state, this.accountOf(trader));
  }

  note(events: readonly Event[]): void {
    for (const event of events) {
      if (event.kind === 'orderFilled') this.fills.push(event.fill);
      if (event.kind !== 'interestPosted' || event.source !== 'unsettledPnl') continue;
      const { accountId, interestAtoms } = event;
      this.interestAtoms.set(accountId, (this.interestAtoms.get(accountId) ?? 0) + interestAtoms);
    }
  }
}

export class Twins {
  readonly real = new Twin(true);
  readonly virtual = new Twin(false);
  readonly #prices = new Map<string, number>(Object.entries(QUIET_DAY));

  constructor(private readonly random: Random) {}

  step(): void {
    const kind = this.random.below(100);
    if (kind < 60) this.#order();
    else if (kind < 85) this.#move();
    else if (kind < 99) this.#pass(this.random.between(1000, 20_000));
    else this.#pass(3_600_000);
  }

  #both(act: (twin: Twin) => readonly Event[]): void {
    for (const twin of [this.real, this.virtual]) twin.note(act(twin));
  }

  #pass(milliseconds: number): void {
    this.#both((twin) => twin.pass(milliseconds));
    for (let slice = 0; slice < 6; slice += 1) this.#both((twin) => twin.pass(2));
  }

  #move(): void {
    const { symbol, base } = this.random.pick(PERPS);
    const price = (this.#prices.get(base) ?? 0) * (1 + this.random.between(-200, 200) / 10_000);
    this.#prices.set(base, price);
    for (const twin of [this.real, this.virtual]) twin.mark(symbol, price);
  }

  #order(): void {
    const { random } = this;
    const { symbol, base, tick, step } = random.pick(PERPS);
    const trader = random.below(TRADERS);
    const side = random.pick(['Bid', 'Ask'] as const);
    const fair = this.#prices.get(base) ?? 0;
    const price = (fair * (1 + random.between(-30, 30) / 10_000)).toFixed(tick);
    const quantity = (random.between(100, 40_000) / fair).toFixed(step);
    const terms = { symbol, timeInForce: random.pick(['GTC', 'IOC']), selfTradePrevention: 'RejectMaker' };
    this.#both((twin) => twin.limit(twin.traders[trader] ?? 0, side, price, quantity, terms));
  }
}
