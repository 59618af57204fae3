// What a loan would do, told before it is taken: the same as what it has done afterwards.
import { formatDecimal } from '@glasshouse/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLiquidatable, liquidationIndexAfter, marginExplanation, maxBorrowAtoms } from '../../src/index.js';
import { LendingVenue, rejection } from './lending-venue.js';

const RUNS = 100;
const STEPS_OF_PRICE = 100_000_000;
const PERP = 'ETH_USDC_PERP';

const cases = fc.record({
  usdc: fc.integer({ min: 1_000, max: 100_000 }),
  btc: fc.integer({ min: 0, max: 2 }),
  ethLots: fc.integer({ min: -5_000, max: 5_000 }),
  symbol: fc.constantFrom('BTC', 'ETH', 'SOL'),
  lends: fc.boolean(),
  /** Of what could be borrowed at most: what is owed before, and the loan that is asked about. */
  owedPercent: fc.constantFrom(0, 0, 30, 60),
  askedPercent: fc.integer({ min: 1, max: 100 }),
  side: fc.constantFrom('Borrow', 'Lend'),
});
type Case = typeof cases extends fc.Arbitrary<infer Value> ? Value : never;

function venueOf({ usdc, btc, ethLots, lends }: Case): { venue: LendingVenue; keyId: number; accountId: number } {
  const venue = new LendingVenue({ checked: false });
  venue.trader('lender', { BTC: '50', ETH: '1000', SOL: '10000' });
  const rich = venue.trader('rich', { USDC: '100000000' });
  const keyId = venue.manual('asker', { USDC: String(usdc) });
  if (btc > 0) venue.deposit(keyId, 'BTC', String(btc));
  const size = formatDecimal(Math.abs(ethLots), 3, 0);
  if (ethLots > 0) venue.trade(keyId, rich, PERP, '4000', size);
  if (ethLots < 0) venue.trade(rich, keyId, PERP, '4000', size);
  venue.command(keyId, 'orderCancelAll', { symbol: PERP });
  venue.command(rich, 'orderCancelAll', { symbol: PERP });
  if (lends) venue.lend(keyId, 'BTC', String(btc));
  return { venue, keyId, accountId: venue.accountOf(keyId) };
}

class Asker {
  readonly venue: LendingVenue;
  readonly accountId: number;
  readonly assetId: number;
  private readonly keyId: number;
  private readonly decimals: number;

  constructor(private readonly drawn: Case) {
    const { venue, keyId, accountId } = venueOf(drawn);
    const asset = venue.state.assets.bySymbol(drawn.symbol);
    if (asset === undefined) throw new Error(`no asset ${drawn.symbol}`);
    this.venue = venue;
    this.keyId = keyId;
    this.accountId = accountId;
    this.assetId = asset.assetId;
    this.decimals = asset.decimals;
  }

  share(percent: number): number {
    return Math.floor((maxBorrowAtoms(this.venue.state, this.accountId, this.assetId) * percent) / 100);
  }

  execute(side: 'Borrow' | 'Lend', atoms: number): boolean {
    const quantity = formatDecimal(atoms, this.decimals, 0);
    const { symbol } = this.drawn;
    const events =
      side === 'Borrow'
        ? this.venue.borrow(this.keyId, symbol, quantity)
        : this.venue.lend(this.keyId, symbol, quantity);
    return rejection(events) === undefined;
  }

  available(): number {
    return this.venue.state.balances.of(this.assetId).availableAtoms[this.accountId] as number;
  }

  estimate(atoms: number): number | undefined {
    return liquidationIndexAfter(this.venue.state, { accountId: this.accountId, assetId: this.assetId, atoms });
  }

  term() {
    const explained = marginExplanation(this.venue.state, this.accountId);
    return explained?.assets.find(({ assetId }) => assetId === this.assetId);
  }

  liquidatedAt(price: number): boolean {
    const before = this.venue.state.assetPrices[this.assetId - 1]?.indexPrice ?? 0;
    this.venue.index(this.drawn.symbol, price);
    const answer = isLiquidatable(this.venue.state, this.accountId);
    this.venue.index(this.drawn.symbol, before);
    return answer;
  }
}

describe('the liquidation price after a loan', () => {
  it('is the very index at which the engine liquidates once the loan is taken: one step better and it does not', () => {
    const checked = { Borrow: 0, Lend: 0 };
    fc.assert(
      fc.property(cases, (drawn) => {
        const asker = new Asker(drawn);
        const owed = asker.share(drawn.owedPercent);
        if (owed > 0) asker.execute('Borrow', owed);
        const most = drawn.side === 'Borrow' ? asker.share(100) : asker.available();
        const atoms = Math.floor((most * drawn.askedPercent) / 100);
        fc.pre(atoms > 0);
        const before = asker.venue.hash();
        const price = asker.estimate(drawn.side === 'Borrow' ? atoms : -atoms);
        expect(asker.venue.hash()).toBe(before);
        if (!asker.execute(drawn.side, atoms)) return;
        const term = asker.term();
        expect(price).toBe(term?.liquidationPriceUsd);
        if (price === undefined || term === undefined) return;
        const step = term.priceUsd / STEPS_OF_PRICE;
        const better = Math.round(price / step) + (term.borrowedAtoms > 0 ? -1 : 1);
        expect(asker.liquidatedAt(price)).toBe(true);
        expect(asker.liquidatedAt(better * step)).toBe(false);
        checked[drawn.side] += 1;
      }),
      { numRuns: RUNS },
    );
    expect(Math.min(checked.Borrow, checked.Lend)).toBeGreaterThan(3);
  });

  it('falls with every coin more that is owed', () => {
    const venue = new LendingVenue();
    venue.trader('lender', { BTC: '10' });
    const accountId = venue.accountOf(venue.manual('asker', { USDC: '100000' }));
    const { assetId } = venue.asset('BTC');
    const prices = [1, 2, 3].map((part) =>
      liquidationIndexAfter(venue.state, { accountId, assetId, atoms: part * 10_000_000 }),
    );
    expect(prices).toEqual([...prices].sort((a = 0, b = 0) => b - a));
    expect(new Set(prices).size).toBe(3);
  });

  it('is none of an account or a pool that does not exist', () => {
    const venue = new LendingVenue();
    const accountId = venue.accountOf(venue.manual('asker', { USDC: '100' }));
    const { assetId } = venue.asset('BTC');
    expect(liquidationIndexAfter(venue.state, { accountId: 99, assetId, atoms: 1 })).toBeUndefined();
    expect(liquidationIndexAfter(venue.state, { accountId, assetId: 99, atoms: 1 })).toBeUndefined();
  });
});
