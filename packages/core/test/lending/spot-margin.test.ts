import type { Event } from '@glasshouse/protocol';
import { describe, expect, test } from 'vitest';
import { summary } from '../venue.js';
import { LendingVenue, rejection } from './lending-venue.js';

const SOL = { symbol: 'SOL_USDC' };
const borrowing = { ...SOL, autoBorrow: true };

/** Deep pools of USDC and SOL, and a maker on both sides of SOL at 150. */
function market() {
  const venue = new LendingVenue();
  venue.trader('lender', { USDC: '1000000', SOL: '10000' });
  const maker = venue.manual('maker', { USDC: '1000000', SOL: '10000' });
  venue.limit(maker, 'Ask', '150', '100', SOL);
  venue.limit(maker, 'Bid', '149', '100', SOL);
  return { venue, maker };
}

const kinds = (events: readonly Event[]) => summary(events).filter((kind) => /^(order|rejected)/.test(kind));

describe('autoBorrow', () => {
  test('buys with what is lent, then with a loan for the rest', () => {
    const { venue } = market();
    const alice = venue.trader('alice', { USDC: '1000' });
    expect(rejection(venue.order(alice, 'Bid', { ...SOL, quantity: '10' }))?.reason).toBe('insufficientFunds');
    const events = venue.order(alice, 'Bid', { ...borrowing, quantity: '10' });
    const moved = events.filter(({ kind }) => kind === 'borrowLendChanged');
    expect(moved).toMatchObject([
      { change: 'redeem', quantityAtoms: 1_000_000_000, source: 'order' },
      { change: 'borrow', quantityAtoms: 500_000_000, source: 'order' },
      { change: 'lend', quantityAtoms: 10_000_000, source: 'autoLend' },
    ]);
    expect([venue.holding(alice, 'USDC'), venue.holding(alice, 'SOL')]).toEqual(['0/0/0/500', '0/0/10/0']);
  });

  test('sells what is not held: a spot short, which buying back repays', () => {
    const { venue } = market();
    const alice = venue.trader('alice', { USDC: '10000' });
    expect(kinds(venue.order(alice, 'Ask', { ...borrowing, quantity: '10' }))).not.toContain('rejected');
    expect([venue.holding(alice, 'USDC'), venue.holding(alice, 'SOL')]).toEqual(['0/0/11490/0', '0/0/0/10']);
    venue.order(alice, 'Bid', { ...SOL, quantity: '10' });
    expect([venue.holding(alice, 'USDC'), venue.holding(alice, 'SOL')]).toEqual(['0/0/9990/0', '0/0/0/0']);
    expect(venue.state.accounts.loanCount[venue.accountOf(alice)]).toBe(0);
  });

  test('fills a market order as far as the margin bears, and the rest expires', () => {
    const { venue } = market();
    const alice = venue.trader('alice', { USDC: '1000' });
    const events = venue.order(alice, 'Ask', { ...borrowing, quantity: '90' });
    expect(kinds(events).at(-1)).toBe('orderExpired InsufficientMargin');
    const size = -venue.raw(alice, 'SOL').loan;
    // 1,000 − 1 a SOL against a fifth of 150 a SOL: 32.25.
    expect(size).toBe(32.25);
    expect(rejection(venue.borrow(alice, 'SOL', '0.5'))?.reason).toBe('insufficientMargin');
  });

  test.each([
    ['FOK', '60', 'orderExpired FillOrKill'],
    ['FOK', '30', 'orderFilled'],
  ])('%s market order of %s ends as %s', (timeInForce, quantity, end) => {
    const { venue } = market();
    const alice = venue.trader('alice', { USDC: '1000' });
    const events = venue.order(alice, 'Ask', { ...borrowing, quantity, timeInForce });
    expect(kinds(events).at(-1)).toBe(end);
  });

  test('rests only when all of it is backed: the loan begins with the rest and ends with the cancel', () => {
    const { venue } = market();
    const alice = venue.trader('alice', { USDC: '1000' });
    venue.settings(alice, { autoRepayBorrows: false });
    expect(kinds(venue.limit(alice, 'Bid', '140', '10', borrowing))).toEqual(['orderAccepted']);
    expect(venue.holding(alice, 'USDC')).toBe('0/1400/0/400');
    venue.command(alice, 'orderCancelAll', SOL);
    expect(venue.holding(alice, 'USDC')).toBe('0/0/1000/0');
  });

  test('rests in part and shrinks with what it owes', () => {
    const { venue } = market();
    const alice = venue.trader('alice', { USDC: '1000' });
    venue.limit(alice, 'Bid', '150', '110', { ...borrowing });
    expect(rejection(venue.limit(alice, 'Bid', '150', '110', borrowing))?.reason).toBe('insufficientMargin');
    const [order] = venue.limit(alice, 'Bid', '140', '20', borrowing);
    const orderId = order?.kind === 'orderAccepted' ? order.order.orderId : 0;
    expect(venue.holding(alice, 'USDC')).toBe('0/2800/0/1800');
    venue.command(alice, 'glassOrderReduce', { ...SOL, orderId, quantity: '5' });
    expect(venue.holding(alice, 'USDC')).toBe('0/2100/0/1100');
  });
});

describe('the other flags of an order', () => {
  test('lend and repay for an account that does neither by itself', () => {
    const { venue } = market();
    const alice = venue.manual('alice', { USDC: '2000' });
    venue.borrow(alice, 'SOL', '4');
    venue.order(alice, 'Bid', { ...SOL, quantity: '6', autoBorrowRepay: true, autoLend: true });
    expect([venue.holding(alice, 'USDC'), venue.holding(alice, 'SOL')]).toEqual(['1100/0/0/0', '0/0/6/0']);
  });

  test('do the same when the order fills as a maker', () => {
    const { venue, maker } = market();
    const alice = venue.manual('alice', { USDC: '2000' });
    venue.borrow(alice, 'SOL', '4');
    venue.limit(alice, 'Bid', '149.5', '6', { ...SOL, autoBorrowRepay: true, autoLend: true });
    venue.limit(maker, 'Ask', '149.5', '6', SOL);
    expect([venue.holding(alice, 'USDC'), venue.holding(alice, 'SOL')]).toEqual(['1103/0/0/0', '0/0/6/0']);
  });

  test('left out leave it to the account', () => {
    const { venue } = market();
    const alice = venue.manual('alice', { USDC: '2000' });
    venue.borrow(alice, 'SOL', '4');
    venue.order(alice, 'Bid', { ...SOL, quantity: '6' });
    expect(venue.holding(alice, 'SOL')).toBe('10/0/0/4');
  });
});

describe('spot orders of an account with something at stake', () => {
  /** 1,000 USDC and 20 SOL against a loan of 0.5 ETH: equity 1,000 + 2,700 + 1,900 − 2,000, initial margin 400. */
  function indebted() {
    const { venue, maker } = market();
    venue.trader('ethLender', { ETH: '100' });
    const alice = venue.trader('alice', { USDC: '1000', SOL: '20' });
    venue.borrow(alice, 'ETH', '0.5');
    return { venue, maker, alice };
  }

  test('are refused when a fill at their limit would cost too much', () => {
    const { venue, alice } = indebted();
    venue.index('ETH', 26_000);
    // ETH 12,350 held and 13,000 owed: equity 3,050, initial margin 2,600.
    expect(venue.equity(alice)).toBeCloseTo(3050, 9);
    expect(rejection(venue.limit(alice, 'Ask', '100', '20', SOL))).toEqual({
      reason: 'insufficientMargin',
      details: { required: 2600, equity: 2350 },
    });
    expect(rejection(venue.limit(alice, 'Ask', '149', '20', SOL))).toBeUndefined();
  });

  test('may always make things better, even below the initial margin', () => {
    const { venue, alice } = indebted();
    venue.index('ETH', 40_000);
    expect(rejection(venue.borrow(alice, 'USDC', '1001'))?.reason).toBe('insufficientMargin');
    expect(kinds(venue.order(alice, 'Ask', { ...SOL, quantity: '10' })).at(-1)).toBe('orderFilled');
  });

  /** Four asks at 100 for what counts as 135: each costs 175 of the 450 that stand over the initial margin. */
  function givingAway() {
    const { venue, maker, alice } = indebted();
    venue.command(maker, 'orderCancelAll', SOL);
    venue.index('ETH', 26_000);
    const friend = venue.manual('friend', { USDC: '10000' });
    for (let order = 0; order < 4; order += 1) venue.limit(alice, 'Ask', '100', '5', SOL);
    return { venue, alice, friend };
  }

  test('leave the book when they are met and their owner can bear no more of them', () => {
    const { venue, alice, friend } = givingAway();
    venue.limit(friend, 'Bid', '100', '20', { ...SOL, timeInForce: 'IOC' });
    expect(venue.raw(friend, 'SOL').available).toBe(10);
    expect(venue.holding(alice, 'SOL')).toBe('0/0/10/0');
    expect(venue.equity(alice)).toBeCloseTo(2700, 9);
  });

  test.each([
    ['20', 'orderExpired FillOrKill'],
    ['5', 'orderFilled'],
  ])('are foreseen by fill-or-kill for %s as %s', (quantity, end) => {
    const { venue, friend } = givingAway();
    const events = venue.limit(friend, 'Bid', '100', quantity, { ...SOL, timeInForce: 'FOK' });
    expect(kinds(events).at(-1)).toBe(end);
  });
});
