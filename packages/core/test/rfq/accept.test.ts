import { fakePublicKey, RFQ_MARKET } from '@glasshouse/testkit';
import { describe, expect, test } from 'vitest';
import { rfqViews } from '../../src/index.js';
import { queueDue } from '../../src/liquidation/rotation.js';
import { rejection } from '../lending/lending-venue.js';
import { opened, quoted, RFQ, RfqVenue, story } from './rfq-venue.js';

const MINUTE_MS = 60_000;

/** alice asks, bob and carol quote; nothing is lent by itself. */
function desk(options: { readonly fees?: boolean } = {}) {
  const venue = new RfqVenue(options);
  const alice = venue.manual('alice', { USDC: '10000', SOL: '100' });
  const bob = venue.manual('bob', { USDC: '10000', SOL: '100' });
  const carol = venue.manual('carol', { USDC: '10000', SOL: '100' });
  return { venue, alice, bob, carol };
}

describe('a quote that is accepted', () => {
  test.each([
    ['Bid', '9847/0/0/0', '110/0/0/0', '10153/0/0/0', '90/0/0/0'],
    ['Ask', '10148/0/0/0', '90/0/0/0', '9852/0/0/0', '110/0/0/0'],
  ] as const)('settles a %s at the price of its other side, once and for both', (side, ...balances) => {
    const { venue, alice, bob } = desk();
    const { rfqId } = opened(venue.ask(alice, side, { quantity: '10' }));
    const { quoteId } = quoted(venue.quote(bob, rfqId, '14.8', '15.3'));
    expect(story(venue.accept(alice, rfqId, quoteId))).toEqual(['rfqFilled']);
    const holdings = [alice, bob].flatMap((keyId) => ['USDC', 'SOL'].map((symbol) => venue.holding(keyId, symbol)));
    expect(holdings).toEqual(balances);
    expect(story(venue.accept(alice, rfqId, quoteId))).toEqual(['rejected rfqUnknown']);
  });

  test('costs who asked no fee, and its quoter the maker fee, rounded up, on either side', () => {
    const { venue, alice, bob } = desk({ fees: true });
    for (const side of ['Bid', 'Ask'] as const) {
      const { rfqId } = opened(venue.ask(alice, side, { quantity: '0.01' }));
      const { quoteId } = quoted(venue.quote(bob, rfqId, '150.0001', '150.0001'));
      const [filled] = venue.accept(alice, rfqId, quoteId).filter(({ kind }) => kind === 'rfqFilled');
      expect(filled).toMatchObject({ fill: { quoteAtoms: 1_500_001, feeAtoms: 1201 } });
    }
    expect([venue.holding(alice, 'USDC'), venue.holding(bob, 'USDC')]).toEqual(['10000/0/0/0', '9999.997598/0/0/0']);
  });

  test('counts for both customers’ fee tiers and is no trade of a book', () => {
    const { venue, alice, bob } = desk();
    const { rfqId } = opened(venue.ask(alice, 'Bid', { quantity: '10' }));
    const { quoteId } = quoted(venue.quote(bob, rfqId, '149', '151'));
    const events = venue.accept(alice, rfqId, quoteId);
    expect(events.map(({ kind }) => kind)).not.toContain('traded');
    const customers = [alice, bob].map((keyId) => venue.state.accounts.customerId[venue.accountOf(keyId)] as number);
    expect(customers.map((customerId) => venue.state.volumes.traders.has(customerId))).toEqual([true, true]);
  });

  test('ends all others with the request', () => {
    const { venue, alice, bob, carol } = desk();
    const { rfqId } = opened(venue.ask(alice, 'Bid', { quantity: '10' }));
    const { quoteId } = quoted(venue.quote(bob, rfqId, '149', '151'));
    venue.quote(carol, rfqId, '148', '152');
    expect(story(venue.accept(alice, rfqId, quoteId))).toEqual(['rfqFilled', 'quoteClosed requestEnded']);
    expect(rfqViews(venue.state, venue.accountOf(alice))).toEqual([]);
  });

  test('of a quote quantity moves as many whole lots as it buys', () => {
    const { venue, alice, bob } = desk();
    const { rfqId } = opened(venue.ask(alice, 'Bid', { quoteQuantity: '1000' }));
    const { quoteId } = quoted(venue.quote(bob, rfqId, '149', '151.3'));
    venue.accept(alice, rfqId, quoteId);
    // 1000 / 151.3 = 6.609… → 6.6 SOL for 998.58.
    expect([venue.holding(alice, 'USDC'), venue.holding(alice, 'SOL')]).toEqual(['9001.42/0/0/0', '106.6/0/0/0']);
  });
});

describe('whoever cannot pay', () => {
  test('when they asked, is told the numbers and keeps request and quote', () => {
    const { venue, alice, bob } = desk();
    const { rfqId } = opened(venue.ask(alice, 'Bid', { quantity: '70' }));
    const { quoteId } = quoted(venue.quote(bob, rfqId, '140', '150'));
    expect(rejection(venue.accept(alice, rfqId, quoteId))).toEqual({
      reason: 'insufficientFunds',
      details: { asset: 'USDC', required: '10500', available: '10000' },
    });
    venue.deposit(alice, 'USDC', '500');
    expect(story(venue.accept(alice, rfqId, quoteId))).toEqual(['rfqFilled']);
  });

  test('when they quoted, loses the quote; who asked is not told their numbers and keeps the request', () => {
    const { venue, alice, bob, carol } = desk();
    const { rfqId } = opened(venue.ask(alice, 'Bid', { quantity: '10' }));
    const mine = quoted(venue.quote(bob, rfqId, '149', '151'));
    const other = quoted(venue.quote(carol, rfqId, '148', '152'));
    venue.command(bob, 'withdraw', { symbol: 'SOL', quantity: '95', blockchain: 'Sandbox', address: 'away' });
    const before = venue.balances(alice);
    const events = venue.accept(alice, rfqId, mine.quoteId);
    expect(story(events)).toEqual(['quoteClosed InsufficientFunds']);
    expect(venue.balances(alice)).toEqual(before);
    expect(story(venue.accept(alice, rfqId, other.quoteId))).toEqual(['rfqFilled']);
  });

  test('when they quote, is refused, the bid looked at before the ask whichever side is asked for', () => {
    const { venue, alice } = desk();
    const poor = venue.manual('poor', { USDC: '100', SOL: '1' });
    for (const side of ['Bid', 'Ask'] as const) {
      const { rfqId } = opened(venue.ask(alice, side, { quantity: '10' }));
      const { reason, details } = rejection(venue.quote(poor, rfqId, '149', '151')) ?? {};
      expect([reason, details]).toEqual(['insufficientFunds', { asset: 'USDC', required: '1490', available: '100' }]);
    }
  });

  test('borrows what is missing when the request or the quote says so', () => {
    const { venue } = desk();
    venue.trader('lender', { USDC: '1000000', SOL: '10000' });
    const asker = venue.trader('asker', { USDC: '1000' });
    const quoter = venue.trader('quoter', { USDC: '5000' });
    const { rfqId } = opened(venue.ask(asker, 'Bid', { quantity: '10', autoBorrow: true }));
    expect(rejection(venue.quote(quoter, rfqId, '149', '151'))?.reason).toBe('insufficientFunds');
    const { quoteId } = quoted(venue.quote(quoter, rfqId, '149', '151', { autoBorrow: true }));
    const events = venue.accept(asker, rfqId, quoteId);
    const moved = events.filter((event) => event.kind === 'borrowLendChanged' && event.source === 'rfq');
    expect(moved).toMatchObject([
      { change: 'redeem', quantityAtoms: 1_000_000_000 },
      { change: 'borrow', quantityAtoms: 510_000_000 },
      { change: 'borrow', quantityAtoms: 10_000_000 },
    ]);
    expect([venue.holding(asker, 'USDC'), venue.holding(quoter, 'SOL')]).toEqual(['0/0/0/510', '0/0/0/10']);
  });

  test('gives no collateral away that its loans need', () => {
    const { venue, bob } = desk();
    venue.trader('lender', { USDC: '1000000' });
    const asker = venue.trader('asker', { SOL: '10' });
    venue.borrow(asker, 'USDC', '1000');
    venue.command(asker, 'withdraw', { symbol: 'USDC', quantity: '1000', blockchain: 'Sandbox', address: 'away' });
    const { rfqId } = opened(venue.ask(asker, 'Ask', { quantity: '10' }));
    const { quoteId } = quoted(venue.quote(bob, rfqId, '90', '150'));
    expect(rejection(venue.accept(asker, rfqId, quoteId))?.reason).toBe('insufficientMargin');
  });
});

describe('the price of a request', () => {
  test('is the worst at which it can be accepted', () => {
    const { venue, alice, bob } = desk();
    const { rfqId } = opened(venue.ask(alice, 'Bid', { quantity: '10', price: '151' }));
    const worse = quoted(venue.quote(bob, rfqId, '149', '151.0001'));
    expect(rejection(venue.accept(alice, rfqId, worse.quoteId))).toEqual({
      reason: 'quoteWorseThanPrice',
      details: { price: '151', quote: '151.0001' },
    });
    const { quoteId } = quoted(venue.quote(bob, rfqId, '149', '151'));
    expect(story(venue.accept(alice, rfqId, quoteId))).toEqual(['rfqFilled']);
  });
});

describe('an immediate request', () => {
  const IMMEDIATE = { quantity: '10', executionMode: 'Immediate' };

  test('is filled by the first quote that is as good as its price; worse ones wait to be accepted', () => {
    const { venue, alice, bob, carol } = desk();
    const { rfqId } = opened(venue.ask(alice, 'Ask', { ...IMMEDIATE, price: '149' }));
    expect(story(venue.quote(bob, rfqId, '148.9999', '151'))).toEqual(['quoteOpened']);
    expect(story(venue.quote(carol, rfqId, '149', '151'))).toEqual([
      'quoteOpened',
      'rfqFilled',
      'quoteClosed requestEnded',
    ]);
    expect(venue.holding(alice, 'USDC')).toBe('11490/0/0/0');
  });

  test('without a price takes nothing outside the market’s impact band around the index', () => {
    const { venue, alice, bob } = desk();
    const { rfqId } = opened(venue.ask(alice, 'Bid', IMMEDIATE));
    expect(story(venue.quote(bob, rfqId, '140', '151.5001'))).toEqual(['quoteOpened']);
    expect(story(venue.quote(bob, rfqId, '140', '151.5'))).toEqual([
      'quoteClosed replaced',
      'quoteOpened',
      'rfqFilled',
    ]);
  });

  test('without a price is refused while nobody knows what the asset is worth, and waits when that is forgotten', () => {
    const { venue, alice, bob } = desk();
    const { rfqId } = opened(venue.ask(alice, 'Bid', IMMEDIATE));
    venue.index('SOL', 150, 1);
    expect(rejection(venue.ask(alice, 'Bid', IMMEDIATE))?.reason).toBe('priceMissing');
    expect(story(venue.quote(bob, rfqId, '149', '150'))).toEqual(['quoteOpened']);
  });

  test('ends when its owner has nothing left to pay with', () => {
    const { venue, alice, bob } = desk();
    const { rfqId } = opened(venue.ask(alice, 'Bid', IMMEDIATE));
    venue.command(alice, 'withdraw', { symbol: 'USDC', quantity: '9000', blockchain: 'Sandbox', address: 'away' });
    expect(story(venue.quote(bob, rfqId, '149', '150'))).toEqual([
      'quoteOpened',
      'rfqClosed InsufficientFunds',
      'quoteClosed requestEnded',
    ]);
  });
});

describe('time', () => {
  test('lets quote for one minute and accept for two, in the order in which things end', () => {
    const { venue, alice, bob, carol } = desk();
    const { rfqId } = opened(venue.ask(alice, 'Bid', { quantity: '1' }));
    venue.pass(MINUTE_MS - 1);
    venue.quote(bob, rfqId, '149', '151');
    venue.pass(1);
    expect(rejection(venue.quote(carol, rfqId, '149', '151'))?.reason).toBe('quoteTooLate');
    venue.pass(MINUTE_MS - 1);
    expect(rfqViews(venue.state, venue.accountOf(alice))).toHaveLength(1);
    expect(story(venue.pass(1))).toEqual(['rfqClosed', 'quoteClosed requestEnded']);
  });

  test('begins anew with a refresh, but binds no quoter longer than when it quoted', () => {
    const { venue, alice, bob, carol } = desk();
    const { rfqId } = opened(venue.ask(alice, 'Bid', { quantity: '1' }));
    const early = quoted(venue.quote(bob, rfqId, '149', '151'));
    venue.pass(MINUTE_MS + 1000);
    expect(story(venue.command(alice, 'rfqRefresh', { rfqId }))).toEqual(['rfqRefreshed']);
    const late = quoted(venue.quote(carol, rfqId, '149', '152'));
    expect(story(venue.pass(MINUTE_MS))).toEqual(['quoteClosed']);
    expect(rejection(venue.accept(alice, rfqId, early.quoteId))?.reason).toBe('quoteUnknown');
    expect(story(venue.accept(alice, rfqId, late.quoteId))).toEqual(['rfqFilled']);
  });

  test('is the market’s to set', () => {
    const { venue, alice, bob } = desk();
    const market = { ...RFQ_MARKET, rfq: { submissionMs: 1000, expiryMs: 2000 } };
    venue.decide({ kind: 'setMarketFilters', market });
    const { rfqId } = opened(venue.ask(alice, 'Bid', { quantity: '1' }));
    venue.pass(1000);
    expect(rejection(venue.quote(bob, rfqId, '149', '151'))?.reason).toBe('quoteTooLate');
    expect(story(venue.pass(1000))).toEqual(['rfqClosed']);
  });
});

describe('quotes', () => {
  test('are one an account: the next replaces it', () => {
    const { venue, alice, bob } = desk();
    const { rfqId } = opened(venue.ask(alice, 'Bid', { quantity: '1' }));
    venue.quote(bob, rfqId, '149', '151');
    expect(story(venue.quote(bob, rfqId, '149', '150'))).toEqual(['quoteClosed replaced', 'quoteOpened']);
    expect(rfqViews(venue.state, venue.accountOf(alice))[0]?.quotes).toMatchObject([{ askTicks: 1_500_000 }]);
  });

  test('are as many a request as it keeps: only better ones push out the worst', () => {
    const { venue, alice, bob, carol } = desk();
    const dave = venue.manual('dave', { USDC: '10000', SOL: '100' });
    const { rfqId } = opened(venue.ask(alice, 'Bid', { quantity: '1' }));
    venue.quote(bob, rfqId, '149', '151');
    venue.quote(carol, rfqId, '149', '152');
    expect(rejection(venue.quote(dave, rfqId, '151', '152'))?.reason).toBe('quoteLimit');
    expect(story(venue.quote(dave, rfqId, '100', '151.9'))).toEqual(['quoteClosed outquoted', 'quoteOpened']);
  });

  test('go with all that their account asked for when it comes to be the operator’s', () => {
    const { venue, alice, bob } = desk();
    const { rfqId } = opened(venue.ask(alice, 'Bid', { quantity: '1' }));
    venue.quote(bob, rfqId, '149', '151');
    venue.ask(bob, 'Ask', { quantity: '1' });
    const customerId = venue.state.accounts.customerId[venue.accountOf(bob)] as number;
    const events = venue.decide({ kind: 'markOperatorCustomer', customerId });
    expect(story(events)).toEqual(['rfqClosed', 'quoteClosed withdrawn']);
  });
});

test('a request is not quoted by another account of the same customer', () => {
  const { venue, alice } = desk();
  const publicKey = fakePublicKey('alice desk');
  venue.command(alice, 'glassSubaccountCreate', { publicKey });
  const subaccount = venue.keyId(publicKey);
  for (const [symbol, quantity] of Object.entries({ USDC: '1000', SOL: '10' }))
    venue.deposit(subaccount, symbol, quantity);
  const { rfqId } = opened(venue.ask(alice, 'Bid', { quantity: '1' }));
  expect(rejection(venue.quote(subaccount, rfqId, '149', '151'))?.reason).toBe('quoteToSelf');
});

test('an account that comes to be liquidated neither asks nor quotes any more', () => {
  const { venue, alice, bob } = desk();
  venue.trader('lender', { USDC: '1000000' });
  const risky = venue.manual('risky', { SOL: '100' });
  venue.borrow(risky, 'USDC', '9000');
  venue.command(risky, 'withdraw', { symbol: 'USDC', quantity: '8500', blockchain: 'Sandbox', address: 'away' });
  const { rfqId } = opened(venue.ask(alice, 'Bid', { quantity: '1' }));
  venue.quote(risky, rfqId, '149', '151');
  const own = opened(venue.ask(risky, 'Ask', { quantity: '1' }));
  venue.quote(bob, own.rfqId, '149', '151');
  venue.index('SOL', 98);
  queueDue(venue.state);
  const told = story([...venue.pass(1000), ...venue.pass(1000)]);
  expect(told).toEqual(['rfqClosed', 'quoteClosed requestEnded', 'quoteClosed withdrawn']);
  expect(rejection(venue.ask(risky, 'Ask', { quantity: '1' }))?.reason).toBe('accountLiquidating');
});

test('a market of requests has no book: orders for it are refused', () => {
  const { venue, alice } = desk();
  expect(rejection(venue.limit(alice, 'Bid', '150', '1', { symbol: RFQ }))).toEqual({
    reason: 'parameterConflict',
    details: { problem: 'this market has no book: ask for quotes' },
  });
  expect(rejection(venue.command(alice, 'rfqSubmit', { symbol: 'SOL_USDC', side: 'Bid', quantity: '1' }))).toEqual({
    reason: 'parameterConflict',
    details: { problem: 'quotes are asked for in a market of type RFQ' },
  });
});
