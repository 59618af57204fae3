// Vaults: what is paid to get in and out, who waits, and what nobody may do. The examples of docs/vaults.md are among these.
import type { Event } from '@glasshouse/protocol';
import { RISK_GENESIS } from '@glasshouse/testkit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { marginView, maxWithdrawalAtoms, restore, snapshot } from '../../src/index.js';
import { hashOf } from '../hashing.js';
import { BTC } from '../liquidation/liquidation-venue.js';
import { summary } from '../venue.js';
import { SPOT, TOKEN, VAULT_TERMS, VaultVenue } from './vault-venue.js';

const LISTING = {
  ...VAULT_TERMS,
  token: 'NEW',
  displayName: 'New',
  decimals: 6,
  tokenStepSize: '0.001',
  symbol: 'USDC',
};

const refusal = (events: readonly Event[]) => {
  const rejected = events.find((event) => event.kind === 'rejected');
  return rejected?.kind === 'rejected' ? [rejected.reason, rejected.details] : undefined;
};

const paid = (events: readonly Event[]): readonly [number, number, number][] =>
  events.flatMap((event): [number, number, number][] => {
    if (event.kind !== 'vaultRedeemChanged' || event.redeem.status !== 'redeemed') return [];
    const { redeemId, quantityAtoms, nav } = event.redeem;
    return [[redeemId, quantityAtoms / 1e6, nav]];
  });

describe('a mint', () => {
  test('is at one when it is the first, and at what a token is worth after that', () => {
    const venue = new VaultVenue();
    const [anna, ben] = [venue.person('anna', '5000'), venue.person('ben', '5000')];
    expect(venue.mint(anna, '1000')).toContainEqual(
      expect.objectContaining({ kind: 'vaultMinted', quantityAtoms: 1000e6, tokenAtoms: 1000e6, nav: 1 }),
    );
    venue.manage(BTC, '100000', '0.01');
    venue.price(BTC, 110_000);
    expect(venue.nav()).toMatchObject({ nav: 1.1, vaultEquity: 1100, supplyAtoms: 1000e6 });
    venue.samples(11);
    venue.mint(ben, '1100');
    expect([venue.held(ben, TOKEN), venue.held(ben, 'USDC')]).toEqual([1000, 3900]);
    expect(venue.nav()).toMatchObject({ nav: 1.1, vaultEquity: 2200 });
  });

  test('is at the mean of the window while that is more than the moment says, and at the moment while that is more', () => {
    const venue = new VaultVenue();
    const [anna, ben] = [venue.person('anna', '1000'), venue.person('ben', '5000')];
    venue.mint(anna, '1000');
    venue.samples(11);
    venue.manage(BTC, '100000', '0.01');
    venue.price(BTC, 90_000);
    expect(venue.nav()).toMatchObject({ nav: 0.9, mintNav: 1 });
    venue.mint(ben, '100');
    expect(venue.held(ben, TOKEN)).toBe(100);
    venue.price(BTC, 120_000);
    const { nav = 0, twapNav = 0, mintNav, redeemNav } = venue.nav();
    expect(nav).toBeGreaterThan(twapNav);
    expect([mintNav, redeemNav]).toEqual([nav, twapNav]);
  });

  test('takes no more than its tokens cost, and gives whole steps', () => {
    const venue = new VaultVenue();
    const [anna, ben] = [venue.person('anna', '3000'), venue.person('ben', '5000')];
    venue.mint(anna, '3000');
    venue.deposit(venue.manager, 'USDC', '700');
    venue.samples(11);
    venue.mint(ben, '10');
    const tokens = venue.held(ben, TOKEN);
    expect(tokens).toBe(8.108);
    expect(venue.held(ben, 'USDC')).toBe(4990.000133);
    expect(venue.nav().nav).toBeGreaterThanOrEqual(3700 / 3000);
  });

  test('takes nothing for nothing: who comes after a gift to the vault loses no part of his money to it', () => {
    const venue = new VaultVenue({ minMintQuantity: '0.001' });
    const [first, second] = [venue.person('first', '10'), venue.person('second', '1000')];
    venue.mint(first, '0.001');
    venue.deposit(venue.manager, 'USDC', '400');
    venue.samples(12);
    expect(refusal(venue.mint(second, '300'))).toMatchObject(['quantityBelowMinimum', {}]);
    venue.mint(second, '900');
    expect(venue.held(second, TOKEN)).toBe(0.002);
    expect(venue.held(second, 'USDC')).toBeCloseTo(1000 - 800.002, 6);
  });

  test('redeems what is lent for it, unless it is told not to, and borrows when it is told to', () => {
    const venue = new VaultVenue();
    const anna = venue.trader('anna', { USDC: '500', BTC: '1' });
    venue.deposit(venue.other, 'USDC', '1000');
    venue.command(venue.other, 'borrowLendExecute', { symbol: 'USDC', side: 'Lend', quantity: '100000' });
    expect(venue.held(anna, 'USDC')).toBe(0);
    expect(refusal(venue.mint(anna, '500', { autoLendRedeem: false }))).toMatchObject(['insufficientFunds', {}]);
    venue.mint(anna, '500');
    expect(venue.held(anna, TOKEN)).toBe(500);
    expect(refusal(venue.mint(anna, '100'))).toMatchObject(['insufficientFunds', { required: '100', available: '0' }]);
    const events = venue.mint(anna, '100', { autoBorrow: true });
    expect(events).toContainEqual(expect.objectContaining({ kind: 'borrowLendChanged', change: 'borrow' }));
    expect(venue.held(anna, TOKEN)).toBe(600);
  });

  test('leaves the margin of who pays', () => {
    const venue = new VaultVenue();
    const anna = venue.person('anna', '2000');
    venue.trade(anna, venue.other, BTC, '100000', '0.1');
    const { availableUsd = 0 } = marginView(venue.state, venue.accountOf(anna)) ?? {};
    expect(refusal(venue.mint(anna, Math.ceil(availableUsd + 1).toString()))).toMatchObject(['insufficientMargin', {}]);
    expect(summary(venue.mint(anna, Math.floor(availableUsd - 1).toString()))).toContain('vaultMinted');
  });

  test.each<[string, (venue: VaultVenue, anna: number) => Event[], unknown]>([
    [
      'into a vault that is none',
      (venue, anna) => venue.command(anna, 'vaultMint', { vaultId: 2, symbol: 'USDC', quantity: '10' }),
      ['vaultUnknown', { vaultId: 2 }],
    ],
    [
      'of an asset that the vault does not take',
      (venue, anna) => venue.command(anna, 'vaultMint', { vaultId: 1, symbol: 'BTC', quantity: '10' }),
      ['parameterConflict', { problem: 'the vault takes USDC' }],
    ],
    [
      'below the minimum',
      (venue, anna) => venue.mint(anna, '9.999999'),
      ['quantityBelowMinimum', { quantity: '9.999999', minQuantity: '10' }],
    ],
    [
      'above the cap',
      (venue, anna) => venue.mint(anna, '1000000.001'),
      ['vaultCap', { vaultId: 1, available: '1000000', cap: '1000000' }],
    ],
    ['by the vault itself', (venue) => venue.mint(venue.manager, '10'), ['accountIsVault', { accountId: 1 }]],
  ])('is refused %s', (_name, attempt, expected) => {
    const venue = new VaultVenue();
    expect(refusal(attempt(venue, venue.person('anna', '3000000')))).toEqual(expected);
  });

  test('is refused while mints are closed, while a price is missing, and by who runs the venue', () => {
    const venue = new VaultVenue({ mintsEnabled: false });
    const anna = venue.person('anna', '1000');
    expect(refusal(venue.mint(anna, '10'))).toEqual(['vaultClosed', { vaultId: 1, problem: 'disabled' }]);
    const open = new VaultVenue();
    const ben = open.person('ben', '1000');
    open.mint(ben, '500');
    open.deposit(open.manager, 'BTC', '0.001');
    const price = open.state.assetPrices[(open.state.assets.bySymbol('BTC')?.assetId ?? 0) - 1];
    if (price !== undefined) price.liveSources = 0;
    expect(refusal(open.mint(ben, '10'))).toEqual(['priceUnknown', { symbol: 'USDC' }]);
    open.decide({
      kind: 'markOperatorCustomer',
      customerId: open.state.accounts.customerId[open.accountOf(ben)] as number,
    });
    expect(refusal(open.mint(ben, '10'))).toMatchObject(['accountIsOperators', {}]);
  });
});

describe('a redemption', () => {
  test('waits for its delay, is paid at the next sample, and burns its tokens', () => {
    const venue = new VaultVenue();
    const [anna, ben] = [venue.person('anna', '1000'), venue.person('ben', '1000')];
    venue.mint(anna, '1000');
    venue.mint(ben, '1000');
    venue.redeem(anna, '400');
    expect([venue.held(anna, TOKEN), venue.nav().redeemingAtoms]).toEqual([600, 400e6]);
    expect(venue.pending()).toMatchObject([{ redeemId: 1, status: 'requested', tokenAtoms: 400e6 }]);
    expect(paid(venue.samples(5))).toEqual([]);
    expect(paid(venue.samples(2))).toEqual([[1, 400, 1]]);
    expect(venue.held(anna, 'USDC')).toBe(400);
    expect(venue.nav()).toMatchObject({ supplyAtoms: 1600e6, redeemingAtoms: 0, nav: 1 });
    expect(venue.pending()).toEqual([]);
  });

  test('is paid at the smaller of the moment and the mean: a spike of the mark takes nothing from who stays', () => {
    const venue = new VaultVenue({ redeemDelayMs: 0 });
    const [anna, ben] = [venue.person('anna', '1000'), venue.person('ben', '1000')];
    venue.mint(anna, '1000');
    venue.mint(ben, '1000');
    venue.manage(BTC, '100000', '0.02');
    venue.samples(11);
    venue.redeem(anna, '500');
    venue.price(BTC, 110_000);
    const [[, quantity = 0, nav = 0] = []] = paid(venue.samples(1));
    expect(nav).toBeLessThan(1.02);
    expect(quantity).toBeCloseTo(500 * nav, 5);
    expect(venue.nav().nav).toBeGreaterThan(1.1);
  });

  test('waits while the vault has not got it free, and those behind it wait too', () => {
    const venue = new VaultVenue({ redeemDelayMs: 0 });
    const [anna, ben] = [venue.person('anna', '10000'), venue.person('ben', '100')];
    venue.mint(anna, '10000');
    venue.mint(ben, '100');
    venue.manage(BTC, '100000', '1');
    venue.redeem(anna);
    venue.redeem(ben);
    expect(paid(venue.samples(3))).toEqual([]);
    expect(venue.pending().map(({ accountId }) => accountId)).toEqual([venue.accountOf(anna), venue.accountOf(ben)]);
    venue.manage(BTC, '100000', '-1');
    expect(paid(venue.samples(1))).toEqual([
      [1, 10_000, 1],
      [2, 100, 1],
    ]);
  });

  test('is its owner’s to cancel until it is paid, and there is one at a time', () => {
    const venue = new VaultVenue();
    const anna = venue.person('anna', '1000');
    venue.mint(anna, '1000');
    expect(refusal(venue.cancel(anna))).toMatchObject(['redeemUnknown', { vaultId: 1 }]);
    venue.redeem(anna, '10');
    expect(refusal(venue.redeem(anna, '10'))).toEqual(['redeemPending', { vaultId: 1, redeemId: 1 }]);
    expect(summary(venue.cancel(anna))).toEqual(['vaultRedeemChanged']);
    expect([venue.held(anna, TOKEN), venue.pending(), venue.nav().supplyAtoms]).toEqual([1000, [], 1000e6]);
    venue.redeem(anna);
    expect(venue.pending()).toMatchObject([{ redeemId: 2, tokenAtoms: 1000e6 }]);
  });

  test('of the last tokens takes all that there is, so that nothing is left for who comes next', () => {
    const venue = new VaultVenue({ redeemDelayMs: 0 });
    const anna = venue.person('anna', '1000');
    venue.mint(anna, '1000');
    venue.samples(11);
    venue.deposit(venue.manager, 'USDC', '500');
    venue.redeem(anna);
    expect(paid(venue.samples(1))).toEqual([[1, 1500, 1.5]]);
    expect(venue.nav()).toMatchObject({ supplyAtoms: 0, vaultEquity: 0, nav: 1, twapNav: 1 });
    expect(summary(venue.mint(anna, '1000'))).toContain('vaultMinted');
  });

  test('is one of at most fifty that are paid at a sample: the rest are paid at the next', () => {
    const venue = new VaultVenue({ redeemDelayMs: 0 });
    const people = Array.from({ length: 55 }, (_, place) => venue.person(`person${100 + place}`, '20'));
    for (const keyId of people) {
      venue.mint(keyId, '20');
      venue.redeem(keyId);
    }
    expect(paid(venue.samples(1))).toHaveLength(50);
    expect(paid(venue.samples(1)).map(([redeemId]) => redeemId)).toEqual([51, 52, 53, 54, 55]);
  });

  test('pays nobody more than was paid in while prices stand still, whatever was given to the vault before', () => {
    const atoms = fc.integer({ min: 10_000_000, max: 3_000_000_000 });
    fc.assert(
      fc.property(atoms, atoms, fc.integer({ min: 1, max: 2_000_000_000 }), (first, second, gift) => {
        const venue = new VaultVenue({ redeemDelayMs: 0 });
        const [anna, ben] = [venue.person('anna', '3000'), venue.person('ben', '3000')];
        venue.mint(anna, String(first / 1e6));
        venue.deposit(venue.manager, 'USDC', String(gift / 1e6));
        venue.samples(11);
        venue.mint(ben, String(second / 1e6));
        const before = venue.nav().nav ?? 0;
        venue.redeem(ben);
        venue.samples(1);
        expect(venue.held(ben, 'USDC')).toBeLessThanOrEqual(3000);
        expect(venue.held(ben, 'USDC')).toBeGreaterThan(2999.99);
        expect(venue.nav().nav).toBeGreaterThanOrEqual(before);
      }),
      { numRuns: 30 },
    );
  });

  test.each<[string, string | undefined, unknown]>([
    [
      'below the minimum while more is held',
      '4.999',
      ['quantityBelowMinimum', { quantity: '4.999', minQuantity: '5' }],
    ],
    ['off the step', '10.0005', ['quantityNotOnStep', { quantity: '10.0005', stepSize: '0.001' }]],
    ['of more than is held', '101', ['insufficientFunds', { asset: TOKEN, required: '101', available: '100' }]],
  ])('is refused %s', (_name, tokens, expected) => {
    const venue = new VaultVenue();
    const anna = venue.person('anna', '100');
    venue.mint(anna, '100');
    expect(refusal(venue.redeem(anna, tokens))).toEqual(expected);
  });

  test('of nothing is refused, and of few tokens is taken when they are all', () => {
    const venue = new VaultVenue();
    const [anna, ben] = [venue.person('anna', '100'), venue.person('ben', '100')];
    expect(refusal(venue.redeem(ben))).toEqual(['insufficientFunds', { asset: TOKEN, required: '0', available: '0' }]);
    venue.mint(anna, '100');
    venue.redeem(anna, '97');
    venue.samples(7);
    expect(summary(venue.redeem(anna, '3'))).toEqual(['vaultRedeemChanged']);
  });

  test('waits while redemptions are closed, and none is taken', () => {
    const venue = new VaultVenue({ redeemDelayMs: 0 });
    const anna = venue.person('anna', '100');
    venue.mint(anna, '100');
    venue.redeem(anna, '50');
    venue.decide({ kind: 'setVaultTerms', vault: { ...VAULT_TERMS, vaultId: 1, redeemsEnabled: false } });
    expect(paid(venue.samples(2))).toEqual([]);
    venue.cancel(anna);
    expect(refusal(venue.redeem(anna))).toEqual(['vaultClosed', { vaultId: 1, problem: 'disabled' }]);
  });
});

describe('the account of a vault', () => {
  test('lets nothing out: no withdrawal, no transfer, however much it has', () => {
    const venue = new VaultVenue();
    const anna = venue.person('anna', '1000');
    venue.mint(anna, '1000');
    const terms = { symbol: 'USDC', quantity: '1', blockchain: 'Sandbox', address: 'address' };
    const accountId = venue.accountOf(venue.manager);
    expect(refusal(venue.command(venue.manager, 'withdraw', terms))).toEqual(['accountIsVault', { accountId }]);
    const away = { toAccountId: venue.accountOf(anna), symbol: 'USDC', quantity: '1' };
    expect(refusal(venue.command(venue.manager, 'glassTransfer', away))).toEqual(['accountIsVault', { accountId }]);
    expect(maxWithdrawalAtoms(venue.state, accountId, 1, true)).toBe(0);
  });

  test('agrees with nobody on a price away from the book, where what it has could leave it', () => {
    const venue = new VaultVenue();
    const accountId = venue.accountOf(venue.manager);
    const asked = { symbol: 'SOL_USDC_RFQ', side: 'Bid', quantity: '1', price: '150', executionMode: 'AwaitAccept' };
    expect(refusal(venue.command(venue.manager, 'rfqSubmit', asked))).toEqual(['accountIsVault', { accountId }]);
    const quote = { rfqId: 1, bidPrice: '1', askPrice: '1000' };
    expect(refusal(venue.command(venue.manager, 'quoteSubmit', quote))).toEqual(['accountIsVault', { accountId }]);
  });

  test('holds no tokens of its own: its manager’s other account cannot bring it any', () => {
    const venue = new VaultVenue();
    venue.command(venue.manager, 'glassSubaccountCreate', {
      publicKey: 'c3ViYWNjb3VudCBvZiB0aGUgbWFuYWdlci4uLi4uLi4=',
      name: '',
    });
    const sub = venue.keyId('c3ViYWNjb3VudCBvZiB0aGUgbWFuYWdlci4uLi4uLi4=');
    venue.command(sub, 'accountUpdate', { autoLend: false });
    venue.deposit(sub, 'USDC', '100');
    venue.mint(sub, '100');
    const toAccountId = venue.accountOf(venue.manager);
    const bring = (symbol: string) => venue.command(sub, 'glassTransfer', { toAccountId, symbol, quantity: '1' });
    expect(refusal(bring(TOKEN))).toEqual(['accountIsVault', { accountId: toAccountId }]);
  });

  test('is liquidated like any other; while it is, nobody gets in, and who waits goes on waiting', () => {
    const venue = new VaultVenue({ redeemDelayMs: 0 });
    const [anna, ben] = [venue.person('anna', '1000'), venue.person('ben', '100')];
    venue.mint(anna, '1000');
    venue.manage(BTC, '100000', '0.5');
    venue.redeem(anna, '10');
    venue.price(BTC, 98_600);
    expect(venue.of('liquidationStarted')).toHaveLength(1);
    expect(refusal(venue.mint(ben, '10'))).toEqual(['vaultClosed', { vaultId: 1, problem: 'liquidating' }]);
    expect(paid(venue.samples(1))).toEqual([]);
  });

  test('that has lost everything leaves its tokens worth nothing: nobody gets in or out, who waits may cancel', () => {
    const venue = new VaultVenue({ redeemDelayMs: 0 });
    const [anna, ben] = [venue.person('anna', '1000'), venue.person('ben', '100')];
    venue.mint(anna, '1000');
    venue.manage(BTC, '100000', '0.5');
    venue.redeem(anna, '10');
    venue.manage(BTC, '98000', '-0.5');
    expect(venue.nav().vaultEquity).toBe(0);
    expect(paid(venue.samples(20))).toEqual([]);
    expect(refusal(venue.mint(ben, '10'))).toMatchObject(['vaultWorthless', { vaultId: 1, nav: 0 }]);
    expect(summary(venue.cancel(anna))).toEqual(['vaultRedeemChanged']);
    expect(refusal(venue.redeem(anna))).toMatchObject(['vaultWorthless', { vaultId: 1 }]);
  });
});

describe('the token of a vault', () => {
  test('is no collateral, has no terms, and is traded in no market', () => {
    const venue = new VaultVenue();
    const anna = venue.person('anna', '1000');
    venue.mint(anna, '1000');
    expect(marginView(venue.state, venue.accountOf(anna))?.netEquityUsd).toBe(0);
    const terms = venue.decide({ kind: 'setAssetTerms', asset: { symbol: TOKEN, collateral: { weight: 1 } } });
    expect(refusal(terms)).toMatchObject(['actionInvalid', {}]);
    const market = { ...SPOT, symbol: `${TOKEN}_USDC`, base: TOKEN };
    expect(refusal(venue.decide({ kind: 'listMarket', market }))).toMatchObject(['actionInvalid', {}]);
  });
});

describe('a vault', () => {
  test.each<[string, (venue: VaultVenue) => Event[]]>([
    ['twice of one account', (venue) => venue.list()],
    [
      'of an account that holds something',
      (venue) => venue.decide({ kind: 'listVault', vault: { ...LISTING, accountId: venue.accountOf(venue.other) } }),
    ],
    [
      'that takes what is no collateral',
      (venue) => {
        const accountId = venue.accountOf(venue.trader('new'));
        return venue.decide({ kind: 'listVault', vault: { ...LISTING, accountId, symbol: 'GLV' } });
      },
    ],
    [
      'with a window of more samples than are kept',
      (venue) => {
        const accountId = venue.accountOf(venue.trader('new'));
        return venue.decide({ kind: 'listVault', vault: { ...LISTING, accountId, navWindowMs: 10_010_000 } });
      },
    ],
  ])('is not listed %s', (_name, list) => {
    const venue = new VaultVenue();
    expect(refusal(list(venue))).toMatchObject(['actionInvalid', {}]);
    expect(venue.state.vaults.list).toHaveLength(1);
  });

  test('is paid in an asset that stays collateral', () => {
    const venue = new VaultVenue();
    const accountId = venue.accountOf(venue.trader('new'));
    venue.decide({ kind: 'listVault', vault: { ...LISTING, accountId, symbol: 'SOL' } });
    const { symbol = '', index, lending } = RISK_GENESIS.assets.find((asset) => asset.symbol === 'SOL') ?? {};
    const asset = { symbol, ...(index && { index }), ...(lending && { lending }) };
    const [reason, details] = refusal(venue.decide({ kind: 'setAssetTerms', asset })) ?? [];
    expect([reason, details]).toMatchObject([
      'actionInvalid',
      { problem: expect.stringContaining('a vault is paid in it') },
    ]);
  });

  test('comes back from a snapshot as it was, with its samples and those who wait', () => {
    const venue = new VaultVenue();
    const anna = venue.person('anna', '1000');
    venue.mint(anna, '1000');
    venue.samples(4);
    venue.redeem(anna, '10');
    const restored = restore(snapshot(venue.state));
    expect(hashOf(restored)).toBe(hashOf(venue.state));
    expect(restored.vaults).toEqual(venue.state.vaults);
  });
});
