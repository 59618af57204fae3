// Delays, saved addresses and codes from outside.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeAt, stepAt } from '../src/second-factor/totp.js';
import { openVenue, type Trader, type Venue } from './venue.js';

type Fields = Readonly<Record<string, unknown>>;

const HOUR_US = 3_600_000_000;
const WITHDRAWAL = { symbol: 'USDC', quantity: '10', blockchain: 'Sandbox', address: 'somewhere' } as const;

let venue: Venue;
let trader: Trader;

beforeAll(async () => {
  venue = await openVenue({ vault: new MemoryVault() });
});
afterAll(() => venue.close());

class MemoryVault {
  readonly secrets = new Map<string, Uint8Array>();

  async obtain(customerId: number, secretNumber: number): Promise<Uint8Array> {
    const name = `${customerId}-${secretNumber}`;
    const secret = this.secrets.get(name) ?? randomBytes(20);
    this.secrets.set(name, secret);
    return secret;
  }

  async find(customerId: number, secretNumber: number): Promise<Uint8Array | undefined> {
    return this.secrets.get(`${customerId}-${secretNumber}`);
  }
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function bytesOf(base32: string): Uint8Array {
  const bits = [...base32].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

/** Time goes on by a step, so that there is a code which has not been used. */
function nextCode(secret: Uint8Array): string {
  venue.exchange.skewUs += 30_000_000;
  return codeAt(secret, stepAt(trader.nowMs()));
}

const codeOf = async (name: Parameters<Trader['send']>[0], body: Fields): Promise<unknown[]> => {
  const reply = await trader.send(name, body);
  return [reply.status, reply.text === '' ? undefined : (reply.json() as Fields)['code']];
};

describe('a withdrawal delay', () => {
  beforeAll(async () => {
    trader = await venue.trader({ USDC: '1000' });
  });

  it('is not there at first, created once, and changed', async () => {
    expect((await trader.send('withdrawalDelay')).status).toBe(204);
    const body = { withdrawalDelayHours: 24, twoFactorToken: '' };
    expect(await codeOf('updateWithdrawalDelay', body)).toEqual([404, 'RESOURCE_NOT_FOUND']);
    await trader.ask('createWithdrawalDelay', body);
    expect(await codeOf('createWithdrawalDelay', body)).toEqual([409, 'PRECONDITION_FAILED']);
    expect(await trader.ask('withdrawalDelay')).toEqual({
      currentWithdrawalDelayHours: 24,
      pendingWithdrawalDelayHours: null,
      pendingWithdrawalDelayHoursEnabledAt: null,
    });
    expect(await trader.ask('updateWithdrawalDelay', { ...body, withdrawalDelayHours: 12 })).toMatchObject({
      currentWithdrawalDelayHours: 24,
      pendingWithdrawalDelayHours: 12,
      pendingWithdrawalDelayHoursEnabledAt: expect.stringMatching(/^\d{4}-/),
    });
  });

  it('shows when a withdrawal will leave, which can be taken back until then', async () => {
    const asked = await trader.ask<Fields>('withdraw', WITHDRAWAL);
    expect(asked).toMatchObject({ status: 'pending', triggerAt: expect.stringMatching(/^\d{4}-/) });
    expect(await trader.ask('cancelWithdrawal', { withdrawalId: asked['id'] })).toMatchObject({ status: 'cancelled' });
    const [row] = await trader.ask<Fields[]>('withdrawals', { id: asked['id'] });
    expect(row).toMatchObject({ id: asked['id'], status: 'cancelled' });
    const late = await trader.ask<Fields>('withdraw', WITHDRAWAL);
    venue.exchange.skewUs += 24 * HOUR_US;
    expect(await codeOf('cancelWithdrawal', { withdrawalId: late['id'] })).toEqual([409, 'PRECONDITION_FAILED']);
    expect(await trader.ask('withdrawalDelay')).toMatchObject({ currentWithdrawalDelayHours: 12 });
  });
});

describe('an address book', () => {
  beforeAll(async () => {
    trader = await venue.trader({ USDC: '1000' });
  });

  it('is kept, switched on, and lets withdrawals go nowhere else', async () => {
    expect(await trader.ask('addressBook')).toEqual({ addresses: [], enabled: false, offAt: null });
    const saved = await trader.ask<Fields>('saveAddress', {
      address: 'home-1',
      blockchain: 'Sandbox',
      name: 'cold store',
    });
    expect(saved['addresses']).toMatchObject([
      { addressId: 1, address: 'home-1', blockchain: 'Sandbox', name: 'cold store' },
    ]);
    expect(await trader.ask('setAddressBook', { enabled: true })).toMatchObject({ enabled: true });
    expect(await codeOf('withdraw', WITHDRAWAL)).toEqual([403, 'FORBIDDEN']);
    await trader.ask('withdraw', { ...WITHDRAWAL, address: 'home-1' });
    await trader.ask('saveAddress', { address: WITHDRAWAL.address, blockchain: 'Sandbox' });
    expect(await codeOf('withdraw', WITHDRAWAL)).toEqual([425, 'TOO_EARLY']);
    expect(await trader.ask('setAddressBook', { enabled: false })).toMatchObject({
      enabled: true,
      offAt: expect.stringMatching(/^\d{4}-/),
    });
    expect(await trader.ask('removeAddress', { addressId: 1 })).toMatchObject({ addresses: [{ addressId: 2 }] });
  });
});

describe('two-factor codes', () => {
  let secret: Uint8Array;

  beforeAll(async () => {
    trader = await venue.trader({ USDC: '1000' });
  });

  it('are offered, and switched on with the first one', async () => {
    expect(await trader.ask('twoFactor')).toEqual({ enabled: false, offered: true });
    const shown = await trader.ask<{ secret: string; uri: string }>('twoFactorSecret');
    const again = await trader.send('twoFactorSecret');
    expect([again.json(), again.headers.get('cache-control')]).toEqual([shown, 'no-store']);
    secret = bytesOf(shown.secret);
    expect(await codeOf('enableTwoFactor', { twoFactorToken: '000' })).toEqual([400, 'INVALID_TWO_FACTOR_CODE']);
    const code = nextCode(secret);
    expect(await trader.ask('enableTwoFactor', { twoFactorToken: code })).toEqual({ enabled: true, offered: true });
    expect(await trader.ask('twoFactor')).toEqual({ enabled: true, offered: true });
    expect(await codeOf('enableTwoFactor', { twoFactorToken: code })).toEqual([409, 'PRECONDITION_FAILED']);
  });

  it('then go with every withdrawal, each good once; the secret is shown no more', async () => {
    expect((await trader.send('twoFactorSecret')).status).toBe(409);
    expect(await codeOf('withdraw', WITHDRAWAL)).toEqual([400, 'INVALID_TWO_FACTOR_CODE']);
    const twoFactorToken = nextCode(secret);
    await trader.ask('withdraw', { ...WITHDRAWAL, twoFactorToken });
    expect(await codeOf('withdraw', { ...WITHDRAWAL, twoFactorToken })).toEqual([400, 'INVALID_TWO_FACTOR_CODE']);
  });

  it('are not in the log in a form that says the secret, and never needed to read or to trade', async () => {
    expect(await trader.ask('balances')).toHaveProperty('USDC');
    const events = JSON.stringify(venue.exchange.state.securities.get(3)?.view());
    expect(events).not.toContain(Buffer.from(secret).toString('hex'));
  });

  it('are guessed five times and no more for a while', async () => {
    const wrong = { ...WITHDRAWAL, twoFactorToken: '12345x' };
    for (let guess = 0; guess < 4; guess += 1) {
      expect(await codeOf('withdraw', wrong)).toEqual([400, 'INVALID_TWO_FACTOR_CODE']);
    }
    const locked = await trader.send('withdraw', { ...WITHDRAWAL, twoFactorToken: nextCode(secret) });
    expect([locked.status, locked.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^\d+$/)]);
    venue.exchange.skewUs += 300_000_000;
    await trader.ask('withdraw', { ...WITHDRAWAL, twoFactorToken: nextCode(secret) });
  });

  it('are switched off with one, after which there is another secret', async () => {
    await trader.ask('disableTwoFactor', { twoFactorToken: nextCode(secret) });
    await trader.ask('withdraw', WITHDRAWAL);
    const { secret: another } = await trader.ask<{ secret: string }>('twoFactorSecret');
    expect(bytesOf(another)).not.toEqual(secret);
    expect(await codeOf('disableTwoFactor', { twoFactorToken: '123456' })).toEqual([409, 'PRECONDITION_FAILED']);
  });
});

describe('a venue without a two-factor service', () => {
  it('says so', async () => {
    const plain = await openVenue();
    const stranger = await plain.trader();
    expect(await stranger.ask('twoFactor')).toEqual({ enabled: false, offered: false });
    expect((await stranger.send('twoFactorSecret')).status).toBe(501);
    expect((await stranger.send('enableTwoFactor', { twoFactorToken: '123456' })).status).toBe(501);
    await plain.close();
  });
});
