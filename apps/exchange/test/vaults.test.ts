// A vault on the real sandbox, over HTTP: listed by its two operators, paid into and out of, there again after a restart.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createKeyPair, ExchangeClient } from '@glasshouse/client';
import { expect, it } from 'vitest';
import { startExchange } from '../src/exchange.js';
import { verify } from '../src/replay/verify.js';
import { dataDirectory } from './data-directory.js';

const TERMS = {
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
  redeemDelayMs: 0,
  navSampleMs: 1_000,
  navWindowMs: 60_000,
};

it('a vault is listed, paid into and out of, and comes back after a restart with what it had', async () => {
  const directory = dataDirectory();
  let exchange = await startExchange({ dataDirectory: directory, port: 0 });
  const [managerKeys, ownerKeys] = [createKeyPair(), createKeyPair()];
  const open = async ({ apiKey }: { readonly apiKey: string }) => {
    const { accountId } = await new ExchangeClient({ url: exchange.url }).createAccount({ publicKey: apiKey });
    return accountId;
  };
  const [managerId, ownerId] = [await open(managerKeys), await open(ownerKeys)];
  const owner = () => new ExchangeClient({ url: exchange.url, ...ownerKeys });
  await owner().faucet({ accountId: ownerId, symbol: 'USDC', quantity: '1000' });
  const operator = (name: string) => {
    const key: unknown = JSON.parse(readFileSync(join(directory, 'keys', `${name}.json`), 'utf8'));
    const { publicKey, secretKey } = key as { readonly publicKey: string; readonly secretKey: string };
    return new ExchangeClient({ url: exchange.url, apiKey: publicKey, apiSecret: secretKey });
  };
  const action = JSON.stringify({ kind: 'listVault', vault: { ...TERMS, accountId: managerId } });
  const { proposalId } = await operator('operator-1').propose({ action });
  await operator('operator-2').approve({ proposalId });

  await owner().vaultMint({ vaultId: 1, symbol: 'USDC', quantity: '600' });
  await owner().vaultRedeem({ vaultId: 1, vaultTokenQuantity: '100' });
  await expect.poll(() => owner().vaultPendingRedeems({ vaultId: 1 }), { timeout: 10_000 }).toEqual([]);
  const standing = { id: 1, nav: '1', tokenCirculatingSupply: '500', vaultEquity: '500', vaultToken: 'GLV' };
  expect(await owner().vaultStandings()).toMatchObject([standing]);
  await exchange.close();

  exchange = await startExchange({ dataDirectory: directory, port: 0 });
  expect(await owner().vaultStandings()).toMatchObject([standing]);
  expect((await owner().balances())['GLV']).toMatchObject({ available: '500' });
  expect(await owner().vaultHistory({ interval: '1d' })).toMatchObject([{ vaultId: 1, nav: '1' }]);
  const manager = new ExchangeClient({ url: exchange.url, ...managerKeys });
  expect(await manager.vaultNav()).toMatchObject({ mintNav: '1', redeemNav: '1' });
  await expect(
    manager.withdraw({ symbol: 'USDC', quantity: '1', blockchain: 'Sandbox', address: 'mine' }),
  ).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await exchange.close();
  const { problem, audit } = await verify(directory, { audit: true });
  expect([problem, audit?.findings]).toEqual([undefined, []]);
}, 60_000);
