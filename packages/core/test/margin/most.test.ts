// The largest order, loan and withdrawal: taken as asked, refused with the smallest step more, whatever the account holds.
import { SIDE } from '@glasshouse/protocol';
import { formatDecimal } from '@glasshouse/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxBorrowAtoms, maxOrderLots, maxWithdrawalAtoms } from '../../src/index.js';
import { LendingVenue, rejection } from '../lending/lending-venue.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 40);

/** What an account has been through before it asks. */
const accounts = fc.record({
  usdc: fc.integer({ min: 10, max: 200_000 }),
  btc: fc.integer({ min: 0, max: 300 }),
  positionLots: fc.integer({ min: -20_000, max: 20_000 }),
  restingLots: fc.integer({ min: 0, max: 10_000 }),
  lends: fc.boolean(),
  leverage: fc.constantFrom('', '3', '20'),
});
type Account = typeof accounts extends fc.Arbitrary<infer Value> ? Value : never;

const PERP = 'BTC_USDC_PERP';
const btc = (lots: number): string => formatDecimal(lots, 5, 0);

function venueOf(account: Account): { venue: LendingVenue; keyId: number; accountId: number } {
  const venue = new LendingVenue({ checked: false, fees: true });
  venue.trader('lender', { USDC: '50000', BTC: '5' });
  const rich = venue.trader('rich', { USDC: '100000000' });
  const keyId = venue.trader('asker', { USDC: String(account.usdc) });
  if (account.btc > 0) venue.deposit(keyId, 'BTC', formatDecimal(account.btc, 2, 0));
  if (!account.lends) venue.settings(keyId, { autoLend: false });
  const { positionLots: size, restingLots } = account;
  if (size > 0) venue.trade(keyId, rich, PERP, '100000', btc(size));
  if (size < 0) venue.trade(rich, keyId, PERP, '100000', btc(-size));
  venue.command(rich, 'orderCancelAll', { symbol: PERP });
  if (restingLots > 0) venue.limit(keyId, 'Bid', '99000', btc(restingLots), { symbol: PERP });
  if (account.leverage !== '') venue.command(keyId, 'accountUpdate', { leverageLimit: account.leverage });
  return { venue, keyId, accountId: venue.accountOf(keyId) };
}

const orders = fc.record({
  symbol: fc.constantFrom(PERP, 'BTC_USDC'),
  side: fc.constantFrom('Bid', 'Ask'),
  autoBorrow: fc.boolean(),
});

describe('the largest', () => {
  it('order is taken, and one lot more is not', () => {
    fc.assert(
      fc.property(accounts, orders, (account, { symbol, side, autoBorrow }) => {
        const { venue, keyId, accountId } = venueOf(account);
        const market = venue.state.markets.bySymbol(symbol);
        const price = side === 'Bid' ? '98000' : '102000';
        const asked = {
          side: side === 'Bid' ? SIDE.bid : SIDE.ask,
          priceTicks: Number(price) * 10,
          reduceOnly: false,
          autoBorrow,
        };
        const before = venue.hash();
        const most = maxOrderLots(venue.state, accountId, market?.marketId ?? 0, asked);
        expect(venue.hash()).toBe(before);
        const place = (lots: number) => venue.limit(keyId, side, price, btc(lots), { symbol, autoBorrow });
        expect(rejection(place(most + 1))).toBeDefined();
        if (most > 0) expect(rejection(place(most))).toBeUndefined();
      }),
      { numRuns: RUNS },
    );
  });

  it('withdrawal is paid, and one atom more is not', () => {
    fc.assert(
      fc.property(accounts, fc.constantFrom('USDC', 'BTC'), (account, symbol) => {
        const { venue, keyId, accountId } = venueOf(account);
        const asset = venue.state.assets.bySymbol(symbol);
        const most = maxWithdrawalAtoms(venue.state, accountId, asset?.assetId ?? 0, true);
        const withdraw = (atoms: number) =>
          rejection(
            venue.command(keyId, 'withdraw', {
              address: 'elsewhere',
              blockchain: 'Sandbox',
              quantity: formatDecimal(atoms, asset?.decimals ?? 0, 0),
              symbol,
            }),
          );
        expect(withdraw(most + 1)).toBeDefined();
        if (most > 0) expect(['withdrawalBelowMinimum', undefined]).toContain(withdraw(most)?.reason);
      }),
      { numRuns: RUNS },
    );
  });

  it('loan is given, and one atom more is not', () => {
    fc.assert(
      fc.property(accounts, fc.constantFrom('USDC', 'BTC', 'ETH'), (account, symbol) => {
        const { venue, keyId, accountId } = venueOf(account);
        const asset = venue.state.assets.bySymbol(symbol);
        const most = maxBorrowAtoms(venue.state, accountId, asset?.assetId ?? 0);
        const borrow = (atoms: number) =>
          rejection(venue.borrow(keyId, symbol, formatDecimal(atoms, asset?.decimals ?? 0, 0)));
        expect(borrow(most + 1)).toBeDefined();
        if (most > 0) expect(borrow(most)).toBeUndefined();
      }),
      { numRuns: RUNS },
    );
  });

  it('of what nobody has heard of is nothing', () => {
    const { venue, accountId } = venueOf({
      usdc: 10,
      btc: 0,
      positionLots: 0,
      restingLots: 0,
      lends: true,
      leverage: '',
    });
    const asked = { side: SIDE.bid, priceTicks: 0, reduceOnly: false, autoBorrow: false };
    expect(maxOrderLots(venue.state, accountId, 99, asked)).toBe(0);
    expect(maxOrderLots(venue.state, 99, 1, asked)).toBe(0);
    expect(maxOrderLots(venue.state, accountId, 1, asked)).toBe(0);
    expect(maxBorrowAtoms(venue.state, accountId, 99)).toBe(0);
    expect(maxWithdrawalAtoms(venue.state, accountId, 99, true)).toBe(0);
  });
});
