// Vaults from outside: listed by two operators, paid into and out of, looked at.
import type { VaultConfiguration } from '@glasshouse/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { perpOrder, RiskVenue } from './risk-venue.js';
import { fitting, type Trader } from './venue.js';

type Fields = Readonly<Record<string, unknown>>;

let risk: RiskVenue;
let manager: Trader;
let anna: Trader;
let ben: Trader;

async function decide(action: object): Promise<void> {
  const [first, second] = risk.venue.operators;
  const { proposalId } = await first.ask<{ proposalId: number }>('propose', { action: JSON.stringify(action) });
  await second.ask('approve', { proposalId });
}

const TERMS: VaultConfiguration = {
  accountId: 0,
  token: 'GLV',
  displayName: 'Glass vault',
  decimals: 6,
  tokenStepSize: '0.001',
  symbol: 'USDC',
  mintsEnabled: true,
  redeemsEnabled: true,
  minMintQuantity: '10',
  minRedeemTokens: '5',
  tokenCap: '100000',
  redeemDelayMs: 30_000,
  navSampleMs: 1_000,
  navWindowMs: 60_000,
};

beforeAll(async () => {
  risk = await RiskVenue.open();
  [manager, anna, ben] = await Promise.all([
    risk.trader({}),
    risk.trader({ USDC: '5000' }),
    risk.trader({ USDC: '100000' }),
  ]);
  await decide({ kind: 'listVault', vault: { ...TERMS, accountId: manager.accountId } });
});
afterAll(() => risk.close());

const standing = async () => (await risk.public<Fields[]>('/glass/v1/vaults'))[0];

describe('a vault', () => {
  it('is listed with its terms, and its token among the assets', async () => {
    const vaults = fitting<Fields[]>('vaults', await risk.venue.get('/api/v1/vaults'));
    expect(vaults).toEqual([
      {
        id: 1,
        minMintQuantity: '10',
        minRedeemTokens: '5',
        mintsEnabled: true,
        redeemDelayMs: 30_000,
        redeemsEnabled: true,
        remainingMintQuantity: '100000',
        symbol: 'USDC',
        tokenStepSize: '0.001',
        vaultToken: 'GLV',
      },
    ]);
    const assets = await risk.public<Fields[]>('/api/v1/assets');
    expect(assets).toContainEqual(expect.objectContaining({ symbol: 'GLV', tokens: [] }));
  });

  it('is paid into with an empty answer, for tokens that are among the balances', async () => {
    const reply = await anna.send('vaultMint', { vaultId: 1, symbol: 'USDC', quantity: '4000' });
    expect([reply.status, reply.text]).toEqual([200, '']);
    const balances = await anna.ask<Record<string, Fields>>('balances');
    expect(balances['GLV']).toEqual({ available: '4000', locked: '0', staked: '0' });
    const [vault] = await risk.public<Fields[]>('/api/v1/vaults');
    expect(vault).toMatchObject({ remainingMintQuantity: '96000' });
  });

  it('trades like any account, and its tokens are worth what it has', async () => {
    await ben.ask('placeOrder', perpOrder('Ask', '100000', '0.1'));
    await manager.ask('placeOrder', perpOrder('Bid', '100000', '0.1'));
    await risk.move({ BTC: '101000' }, 20);
    const nav = await manager.ask<Record<string, string>>('vaultNav');
    expect(Number(nav['nav'])).toBeGreaterThan(1);
    expect(Number(nav['mintNav'])).toBe(Math.max(Number(nav['nav']), Number(nav['twapNav'])));
    expect(Number(nav['redeemNav'])).toBe(Math.min(Number(nav['nav']), Number(nav['twapNav'])));
    expect(nav).toMatchObject({ tokenCirculatingSupply: '4000', lastCrankTimestamp: expect.any(Number) });
    expect(Number(nav['vaultEquity'])).toBeCloseTo(4000 * Number(nav['nav']), 2);
    expect(await standing()).toMatchObject({ id: 1, nav: nav['nav'], redeemingTokens: '0', vaultToken: 'GLV' });
  });

  it('pays out after its delay what its tokens are worth to who stays', async () => {
    expect((await anna.send('vaultRedeem', { vaultId: 1, vaultTokenQuantity: '1000' })).status).toBe(200);
    const expected = {
      id: '1',
      status: 'Requested',
      vaultToken: 'GLV',
      vaultTokenQuantity: '1000',
      quantity: null,
      nav: null,
    };
    expect(await anna.ask('vaultPendingRedeems', { vaultId: 1 })).toMatchObject([expected]);
    expect(await manager.ask('vaultPendingRedeems', { vaultId: 1 })).toMatchObject([expected]);
    expect(await ben.ask('vaultPendingRedeems', { vaultId: 1 })).toEqual([]);
    expect(await standing()).toMatchObject({ redeemingTokens: '1000', tokenCirculatingSupply: '4000' });
    const before = await anna.ask<{ symbol: string; netQuantity: string }[]>('borrowLendPositions');
    await risk.pass(31);
    await risk.pass(2);
    expect(await anna.ask('vaultPendingRedeems', { vaultId: 1 })).toEqual([]);
    expect(await standing()).toMatchObject({ redeemingTokens: '0', tokenCirculatingSupply: '3000' });
    const after = await anna.ask<{ symbol: string; netQuantity: string }[]>('borrowLendPositions');
    const lent = (rows: typeof after) => Number(rows.find(({ symbol }) => symbol === 'USDC')?.netQuantity ?? 0);
    expect(lent(after) - lent(before)).toBeGreaterThan(1000);
  });

  it('lets who waits take the tokens back', async () => {
    await anna.ask('vaultRedeem', { vaultId: 1 });
    const again = await anna.send('vaultRedeem', { vaultId: 1 });
    expect([again.status, again.json()]).toMatchObject([409, { code: 'PRECONDITION_FAILED' }]);
    expect((await anna.send('vaultRedeemCancel', { vaultId: 1 })).text).toBe('');
    const none = await anna.send('vaultRedeemCancel', { vaultId: 1 });
    expect([none.status, none.json()]).toMatchObject([404, { code: 'RESOURCE_NOT_FOUND' }]);
  });

  it('has a past, of all vaults or of one', async () => {
    for (const seconds of [3_600, 2, 3_600, 2, 2]) await risk.pass(seconds);
    const past = fitting<Fields[]>('vaultHistory', await risk.venue.get('/api/v1/vaults/history?interval=1d'));
    expect(past.length).toBeGreaterThanOrEqual(2);
    expect(past.at(-1)).toMatchObject({ vaultId: 1, tokenCirculatingSupply: '3000', nav: (await standing())?.['nav'] });
    expect(await risk.public('/api/v1/vaults/history?interval=1d&vaultId=1')).toEqual(past);
    expect(await risk.public('/api/v1/vaults/history?interval=1year&vaultId=2')).toEqual([]);
  });
});

describe('what is refused', () => {
  it.each<[string, () => Promise<{ status: number; json(): unknown }>, number, string]>([
    ['a withdrawal from a vault', () => manager.send('withdraw', WITHDRAWAL), 403, 'FORBIDDEN'],
    [
      'a mint into no vault',
      () => anna.send('vaultMint', { vaultId: 7, symbol: 'USDC', quantity: '10' }),
      404,
      'RESOURCE_NOT_FOUND',
    ],
    [
      'a mint of too little',
      () => anna.send('vaultMint', { vaultId: 1, symbol: 'USDC', quantity: '1' }),
      400,
      'INVALID_QUANTITY',
    ],
    [
      'a mint past the cap',
      () => ben.send('vaultMint', { vaultId: 1, symbol: 'USDC', quantity: '990000' }),
      400,
      'INVALID_QUANTITY',
    ],
    ['the net asset value for another account', () => anna.send('vaultNav'), 401, 'UNAUTHORIZED'],
    ['the queue of no vault', () => anna.send('vaultPendingRedeems', { vaultId: 7 }), 404, 'RESOURCE_NOT_FOUND'],
  ])('%s', async (_name, attempt, status, code) => {
    const reply = await attempt();
    expect([reply.status, reply.json()]).toMatchObject([status, { code }]);
  });

  it('any mint, while operators have closed them', async () => {
    const { accountId: _account, token: _token, displayName: _name, decimals: _decimals, ...terms } = TERMS;
    await decide({ kind: 'setVaultTerms', vault: { ...terms, vaultId: 1, mintsEnabled: false } });
    const reply = await anna.send('vaultMint', { vaultId: 1, symbol: 'USDC', quantity: '10' });
    expect([reply.status, reply.json()]).toMatchObject([400, { code: 'TRADING_PAUSED' }]);
    const [vault] = await risk.public<Fields[]>('/api/v1/vaults');
    expect(vault).toMatchObject({ mintsEnabled: false, remainingMintQuantity: '0' });
  });
});

const WITHDRAWAL = { symbol: 'USDC', quantity: '10', blockchain: 'Sandbox', address: 'somewhere' };
