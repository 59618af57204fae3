import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newKey, openVenue, Trader, type Venue } from './venue.js';

let venue: Venue;
let alice: Trader;

beforeAll(async () => {
  venue = await openVenue();
  alice = await venue.trader({ USDC: '1000', SOL: '5' });
});
afterAll(() => venue.close());

type Fields = Readonly<Record<string, unknown>>;

const post = (path: string, body: object) =>
  venue.get(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

describe('an account', () => {
  it('lists only the assets it holds', async () => {
    expect(await alice.ask('balances')).toEqual({
      SOL: { available: '5', locked: '0', staked: '0' },
      USDC: { available: '1000', locked: '0', staked: '0' },
    });
    await alice.ask('placeOrder', {
      symbol: 'SOL_USDC',
      side: 'Ask',
      orderType: 'Limit',
      price: '500.5',
      quantity: '1.5',
    });
    expect(await alice.ask('balances')).toMatchObject({ SOL: { available: '3.5', locked: '1.5' } });
    expect(await (await venue.trader()).ask('balances')).toEqual({});
  });

  it('shows fees in basis points and changes its settings with an empty answer', async () => {
    expect(await alice.ask('account')).toMatchObject({
      spotMakerFee: '8',
      spotTakerFee: '10',
      limitOrders: 1,
      autoLend: true,
    });
    const reply = await alice.send('updateAccount', { autoLend: false, leverageLimit: '2.5' });
    expect([reply.status, reply.text]).toEqual([200, '']);
    expect(await alice.ask('account')).toMatchObject({ autoLend: false, leverageLimit: '2.5' });
  });

  it('withdraws, and finds the withdrawal by its id and client id', async () => {
    const asked = {
      symbol: 'USDC',
      blockchain: 'Sandbox',
      quantity: '10',
      address: 'somewhere-else',
      clientId: 'mine',
    };
    const withdrawal = await alice.ask<Fields>('withdraw', asked);
    expect(withdrawal).toMatchObject({
      quantity: '10',
      status: 'pending',
      clientId: 'mine',
      toAddress: 'somewhere-else',
    });
    expect(await alice.ask('withdrawals', { clientId: 'mine' })).toEqual([withdrawal]);
    expect(await alice.ask('withdrawals', { id: withdrawal['id'] })).toEqual([withdrawal]);
    expect(await alice.ask('withdrawals', { from: Date.now() + 1_000_000 })).toEqual([]);
  });

  it('sees its deposits and its deposit address', async () => {
    const deposits = await alice.ask<Fields[]>('deposits');
    expect(deposits).toMatchObject([
      { symbol: 'SOL', quantity: '5', status: 'confirmed', source: 'sandbox' },
      { symbol: 'USDC', quantity: '1000' },
    ]);
    expect(await alice.ask('depositAddress', { blockchain: 'Sandbox' })).toEqual({
      address: `sandbox:${alice.accountId}`,
    });
    expect((await alice.send('depositAddress', { blockchain: 'Bitcoin' })).status).toBe(400);
  });

  it('has keys with permissions; a revoked one is told so', async () => {
    const reader = newKey();
    const added = await alice.ask<Fields>('addKey', { publicKey: reader.publicKey, permissions: 'read' });
    expect(added).toEqual({
      accountId: alice.accountId,
      active: true,
      permissions: ['read'],
      publicKey: reader.publicKey,
    });
    const readOnly = new Trader(venue.url, reader, alice.accountId);
    expect(await readOnly.ask<Fields[]>('keys')).toHaveLength(2);
    const forbidden = await readOnly.send('cancelAllOrders', { symbol: 'SOL_USDC' });
    expect([forbidden.status, forbidden.json()]).toMatchObject([
      403,
      { code: 'FORBIDDEN', details: { permission: 'trade' } },
    ]);
    await alice.ask('revokeKey', { publicKey: reader.publicKey });
    const revoked = await readOnly.send('balances');
    expect([revoked.status, revoked.json()]).toMatchObject([
      401,
      { code: 'UNAUTHORIZED', message: expect.stringContaining('revoked') },
    ]);
  });

  it('opens subaccounts and moves assets to them', async () => {
    const key = newKey();
    const sub = await alice.ask<Fields>('createSubaccount', { publicKey: key.publicKey, name: 'second' });
    expect(sub).toMatchObject({
      mainAccountId: alice.accountId,
      name: 'second',
      permissions: ['read', 'trade', 'withdraw'],
    });
    const accounts = await alice.ask<Fields[]>('subaccounts');
    expect(accounts.map(({ accountId }) => accountId)).toEqual([alice.accountId, sub['accountId']]);
    const moved = await alice.ask('transfer', { toAccountId: sub['accountId'], symbol: 'USDC', quantity: '12.5' });
    expect(moved).toEqual({
      fromAccountId: alice.accountId,
      quantity: '12.5',
      symbol: 'USDC',
      toAccountId: sub['accountId'],
    });
    const second = new Trader(venue.url, key, Number(sub['accountId']));
    expect(await second.ask('balances')).toEqual({ USDC: { available: '12.5', locked: '0', staked: '0' } });
  });
});

describe('the sandbox', () => {
  it('refuses a second account for one key', async () => {
    const again = await post('/glass/v1/accounts', { publicKey: alice.key.publicKey });
    expect([again.status, again.json()]).toMatchObject([409, { code: 'PRECONDITION_FAILED' }]);
  });

  it('opens an account for whom another has brought, if that one exists', async () => {
    const opened = (referrerAccountId: number) =>
      post('/glass/v1/accounts', { publicKey: newKey().publicKey, referrerAccountId });
    expect((await opened(alice.accountId)).status).toBe(200);
    expect([(await opened(999_999)).status, (await opened(0)).status]).toEqual([404, 400]);
  });

  it('funds by public key as well, once for each call', async () => {
    const trader = await venue.trader();
    for (let call = 0; call < 2; call += 1) {
      expect(
        (await post('/glass/v1/faucet', { publicKey: trader.key.publicKey, symbol: 'BTC', quantity: '0.5' })).status,
      ).toBe(200);
    }
    expect(await trader.ask('balances')).toMatchObject({ BTC: { available: '1' } });
  });

  it.each([
    [{ symbol: 'USDC', quantity: '1' }, 400, 'INVALID_CLIENT_REQUEST'],
    [{ accountId: 1, publicKey: newKey().publicKey, symbol: 'USDC', quantity: '1' }, 400, 'INVALID_CLIENT_REQUEST'],
    [{ publicKey: newKey().publicKey, symbol: 'USDC', quantity: '1' }, 401, 'UNAUTHORIZED'],
    [{ accountId: 999_999, symbol: 'USDC', quantity: '1' }, 404, 'RESOURCE_NOT_FOUND'],
    [{ accountId: 1, symbol: 'DOGE', quantity: '1' }, 400, 'INVALID_ASSET'],
    [{ accountId: 1, symbol: 'USDC', quantity: '10000000.000001' }, 400, 'INVALID_QUANTITY'],
    [{ accountId: 1, symbol: 'USDC', quantity: '-1' }, 400, 'INVALID_CLIENT_REQUEST'],
  ])('refuses %j', async (body, status, code) => {
    const reply = await post('/glass/v1/faucet', body);
    expect([reply.status, reply.json()]).toMatchObject([status, { code }]);
  });

  it('is closed where the gateway has no service keys', async () => {
    const production = await openVenue({ withoutSigners: true });
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ publicKey: newKey().publicKey });
    const reply = await production.get('/glass/v1/accounts', { method: 'POST', headers, body });
    expect([reply.status, reply.json()]).toMatchObject([403, { code: 'FORBIDDEN' }]);
    await production.close();
  });
});

describe('transparency', () => {
  it('publishes every limit and where the log stands', async () => {
    const parameters = (await venue.get('/glass/v1/parameters')).json() as Fields;
    expect(parameters).toMatchObject({
      name: 'test venue',
      limits: { maxBatchOrders: 50 },
      settings: { maxKeysPerAccount: 20 },
    });
    const before = (await venue.get('/glass/v1/state')).json() as { nextSeq: number };
    await alice.ask('cancelAllOrders', { symbol: 'SOL_USDC' });
    expect((await venue.get('/glass/v1/state')).json()).toMatchObject({ nextSeq: before.nextSeq + 1, logHash: null });
  });
});

describe('operators', () => {
  const halt = { kind: 'setMarketState', symbol: 'ETH_USDC', state: 'CancelOnly' };
  const reopen = { kind: 'setMarketState', symbol: 'ETH_USDC', state: 'PostOnly' };

  it('restrict a market alone, and open it again together', async () => {
    const [first, second] = venue.operators;
    expect(await first.ask('propose', { action: halt })).toMatchObject({ status: 'executed', action: halt });
    expect((await venue.get('/api/v1/market?symbol=ETH_USDC')).json()).toMatchObject({ orderBookState: 'CancelOnly' });
    const proposal = await first.ask<Fields>('propose', { action: JSON.stringify(reopen) });
    expect(proposal).toMatchObject({ status: 'open', action: reopen, proposedBy: first.key.publicKey });
    expect((await venue.get('/glass/v1/operator/proposals')).json()).toEqual([proposal]);
    const alone = await first.send('approve', { proposalId: proposal['proposalId'] });
    expect([alone.status, alone.json()]).toMatchObject([403, { code: 'FORBIDDEN' }]);
    const approved = await second.ask('approve', { proposalId: proposal['proposalId'] });
    expect(approved).toEqual({ ...proposal, status: 'executed' });
    expect((await venue.get('/api/v1/market?symbol=ETH_USDC')).json()).toMatchObject({ orderBookState: 'PostOnly' });
  });
});
