import type { OperatorAction, ServiceKeyConfiguration } from '@glasshouse/protocol';
import { fakePublicKey, OPERATOR_KEYS, TEST_GENESIS } from '@glasshouse/testkit';
import { describe, expect, test } from 'vitest';
import { assetBySymbol, marketBySymbol, nextTimerUs, openProposalViews, settingsView } from '../src/index.js';
import { summary, Venue } from './venue.js';

const DAY_MS = TEST_GENESIS.settings.proposalLifetimeMs;
const SETTINGS: OperatorAction = {
  kind: 'setSettings',
  settings: { ...TEST_GENESIS.settings, maxKeysPerAccount: 5 },
};
const thirdOperator: ServiceKeyConfiguration = { publicKey: fakePublicKey('operatorThree'), role: 'operator' };

describe('two people for what is dangerous', () => {
  test('one proposes, another approves, and only then it happens', () => {
    const venue = new Venue();
    expect(venue.propose(SETTINGS)).toMatchObject([
      { kind: 'proposed', proposal: { proposalId: 1, proposedByKeyId: 3, status: 'open' } },
    ]);
    expect(settingsView(venue.state).maxKeysPerAccount).toBe(20);
    expect(venue.approve()).toMatchObject([
      { kind: 'settingsChanged', settings: { maxKeysPerAccount: 5 } },
      { kind: 'approved', proposal: { proposalId: 1, status: 'executed' }, approvedByKeyId: 4 },
    ]);
    expect(settingsView(venue.state).maxKeysPerAccount).toBe(5);
    expect(summary(venue.approve(1))).toEqual(['rejected proposalNotOpen']);
  });

  test('either may begin, neither may do both', () => {
    const venue = new Venue();
    venue.propose(SETTINGS, 1);
    expect(summary(venue.approve(1, 1))).toEqual(['rejected approvalBySameKey']);
    expect(summary(venue.approve(1, 0))).toEqual(['settingsChanged', 'approved']);
  });

  test('proposals are approved in any order', () => {
    const venue = new Venue();
    for (let count = 0; count < 3; count += 1) venue.propose(SETTINGS);
    expect(summary(venue.approve(2))).toContain('approved');
    expect(openProposalViews(venue.state).map(({ proposalId }) => proposalId)).toEqual([1, 3]);
    expect(summary(venue.approve(4))).toEqual(['rejected proposalUnknown']);
  });

  test('what cannot be done stays open, and can be approved when it can', () => {
    const venue = new Venue();
    venue.propose({ kind: 'setMarketState', symbol: 'SOL_USDC', state: 'Open' });
    venue.setMarketState('CancelOnly');
    expect(summary(venue.approve(1))).toEqual(['rejected actionInvalid']);
    venue.setMarketState('PostOnly');
    expect(summary(venue.approve(1))).toEqual(['marketChanged', 'approved']);
  });

  test('halting a market takes one, even when a hundred proposals wait', () => {
    const venue = new Venue({ checked: false });
    for (let count = 0; count < 100; count += 1) venue.propose(SETTINGS);
    expect(summary(venue.propose(SETTINGS))).toEqual(['rejected proposalLimit']);
    const halt = venue.propose({ kind: 'setMarketState', symbol: 'SOL_USDC', state: 'Closed' });
    expect(halt).toMatchObject([{ kind: 'marketChanged', market: { symbol: 'SOL_USDC', state: 4 } }]);
    venue.approve(50);
    expect(summary(venue.propose(SETTINGS))).toEqual(['proposed']);
  });
});

describe('proposals lapse', () => {
  test('exactly at the end of their lifetime, before whatever comes then', () => {
    const venue = new Venue();
    venue.propose(SETTINGS);
    expect(nextTimerUs(venue.state)).toBe((venue.maker.nowMs + DAY_MS) * 1000);
    expect(venue.pass(DAY_MS - 1)).toEqual([]);
    venue.maker.nowMs += 1;
    expect(summary(venue.approve(1))).toEqual(['proposalExpired', 'rejected proposalNotOpen']);
    expect(nextTimerUs(venue.state)).toBe(Number.POSITIVE_INFINITY);
  });

  test('one microsecond of life is enough to be approved', () => {
    const venue = new Venue();
    venue.propose(SETTINGS);
    venue.pass(DAY_MS - 1);
    expect(summary(venue.approve(1))).toContain('approved');
  });

  test('oldest first, each told, and all at once when time has jumped', () => {
    const venue = new Venue();
    for (let count = 0; count < 3; count += 1) {
      venue.propose(SETTINGS);
      venue.pass(1000);
    }
    expect(venue.pass(DAY_MS - 3000)).toMatchObject([
      { kind: 'proposalExpired', proposal: { proposalId: 1, status: 'expired' } },
    ]);
    expect(summary(venue.pass(DAY_MS))).toEqual(['proposalExpired', 'proposalExpired']);
  });

  test('a shorter lifetime holds for those that are waiting', () => {
    const venue = new Venue();
    venue.propose(SETTINGS);
    venue.pass(120_000);
    venue.decide({ kind: 'setSettings', settings: { ...TEST_GENESIS.settings, proposalLifetimeMs: 60_000 } });
    expect(summary(venue.pass(1))).toEqual(['proposalExpired']);
  });
});

test("a customer marked as the operator's has no order left and can place none", () => {
  const venue = new Venue();
  const house = venue.trader('house', { USDC: '1000' });
  venue.limit(house, 'Bid', '100', '1');
  expect(summary(venue.decide({ kind: 'markOperatorCustomer', customerId: 1 }))).toEqual([
    'orderCancelled',
    'approved',
  ]);
  expect(venue.book()).toBe(' | ');
  expect(venue.balances(house)).toEqual(['USDC 1000/0']);
  expect(summary(venue.limit(house, 'Bid', '100', '1'))).toEqual(['rejected accountIsOperators']);
});

describe('service keys', () => {
  test('a third operator may approve, and a revoked one signs nothing', () => {
    const venue = new Venue();
    expect(summary(venue.decide({ kind: 'addServiceKey', key: thirdOperator }))).toEqual(['keyAdded', 'approved']);
    const third = venue.keyId(thirdOperator.publicKey);
    venue.decide({ kind: 'revokeServiceKey', publicKey: OPERATOR_KEYS[0] });
    expect(summary(venue.propose(SETTINGS, 0))).toEqual(['rejected keyRevoked']);
    venue.propose(SETTINGS, 1);
    const approval = venue.command(third, 'glassOperatorApprove', { proposalId: venue.state.lastProposalId });
    expect(summary(approval)).toContain('approved');
  });

  test('what a revoked operator proposed before cannot be approved any more', () => {
    const venue = new Venue();
    venue.decide({ kind: 'addServiceKey', key: thirdOperator });
    venue.propose(SETTINGS, 0);
    const proposalId = venue.state.lastProposalId;
    venue.propose({ kind: 'revokeServiceKey', publicKey: OPERATOR_KEYS[0] }, 1);
    const third = venue.keyId(thirdOperator.publicKey);
    venue.command(third, 'glassOperatorApprove', { proposalId: venue.state.lastProposalId });
    expect(summary(venue.approve(proposalId))).toEqual(['rejected proposalNotOpen']);
  });

  test('two operators remain, for nothing could be approved by one', () => {
    const venue = new Venue();
    const revoke: OperatorAction = { kind: 'revokeServiceKey', publicKey: OPERATOR_KEYS[0] };
    expect(venue.decide(revoke)[0]).toMatchObject({
      reason: 'actionInvalid',
      details: { problem: 'action.publicKey: two operators must remain' },
    });
    venue.decide({ kind: 'addServiceKey', key: thirdOperator });
    expect(summary(venue.decide(revoke))).toEqual(['keyRevoked', 'approved']);
  });

  test('keys of accounts are not for operators to revoke', () => {
    const venue = new Venue();
    venue.trader('alice');
    expect(summary(venue.decide({ kind: 'revokeServiceKey', publicKey: fakePublicKey('alice') }))).toEqual([
      'rejected actionInvalid',
    ]);
  });
});

describe('listing', () => {
  const asset = { symbol: 'DOGE', displayName: 'Doge', decimals: 5, tokens: [] };
  const [, , sol] = TEST_GENESIS.markets;
  if (sol === undefined) throw new Error('no market to copy');
  const market = { ...sol, symbol: 'DOGE_USDC', base: 'DOGE', tickSize: '0.0001', minPrice: '0.0001', maxPrice: '100' };

  test('an asset, then a market of it, which trades at once', () => {
    const venue = new Venue();
    const alice = venue.trader('alice', { USDC: '1000' });
    expect(venue.decide({ kind: 'listAsset', asset })[0]).toMatchObject({
      kind: 'assetListed',
      asset: { assetId: 5, symbol: 'DOGE', decimals: 5 },
    });
    expect(venue.decide({ kind: 'listMarket', market })[0]).toMatchObject({
      kind: 'marketListed',
      market: { marketId: 4, symbol: 'DOGE_USDC', atomsPerTickLot: 1, baseAtomsPerLot: 1000 },
    });
    const order = { symbol: 'DOGE_USDC', price: '0.1', quantity: '10' };
    expect(summary(venue.order(alice, 'Bid', order))).toEqual(['orderAccepted']);
    expect(assetBySymbol(venue.state, 'DOGE')?.assetId).toBe(5);
    expect(marketBySymbol(venue.state, 'DOGE_USDC')?.marketId).toBe(4);
  });

  test.each<[string, OperatorAction, string]>([
    [
      'an asset twice',
      { kind: 'listAsset', asset: { ...asset, symbol: 'SOL' } },
      'action.asset.symbol: listed already',
    ],
    ['a market twice', { kind: 'listMarket', market: sol }, 'action.market.symbol: listed already'],
    ['a market of nothing', { kind: 'listMarket', market }, 'action.market.base: no such asset'],
    ['a tier that is none', { kind: 'setCustomerTier', customerId: 1, tier: 3 }, 'action.tier: not an integer in 0..2'],
    [
      'a customer who is none',
      { kind: 'setCustomerTier', customerId: 2, tier: 0 },
      'action.customerId: not an integer in 1..1',
    ],
    [
      'filters of no market',
      { kind: 'setMarketFilters', market: { ...sol, symbol: 'USDC_SOL', base: 'USDC', quote: 'SOL' } },
      'action.market.symbol: no such market',
    ],
  ])('%s is refused', (_name, action, problem) => {
    const venue = new Venue();
    venue.trader('alice');
    expect(venue.decide(action)).toMatchObject([{ reason: 'actionInvalid', details: { problem } }]);
  });

  test.each([
    ['not JSON', 'action: not JSON'],
    ['[]', 'action: not an object'],
    ['{}', 'action.kind: not a text of 1..256 characters'],
    ['{"kind":"abolish"}', 'action.kind: not one of setMarketState,'],
    ['{"kind":"setMarketState","symbol":"SOL_USDC","state":"Ajar"}', 'action.state: not one of Open,'],
  ])('%s is no action', (action, problem) => {
    const [event] = new Venue().propose(action);
    expect(event).toMatchObject({ reason: 'actionInvalid', details: { problem: expect.stringContaining(problem) } });
  });
});
