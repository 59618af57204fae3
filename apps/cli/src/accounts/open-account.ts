import { createKeyPair, ExchangeClient } from '@glasshouse/client';

export type Fund = { readonly symbol: string; readonly quantity: string };

/** Makes a key, registers an account with it at a running sandbox and funds it. */
export async function openAccount(url: string, funds: readonly Fund[]) {
  const keys = createKeyPair();
  const client = new ExchangeClient({ url });
  const { accountId } = await client.createAccount({ publicKey: keys.apiKey });
  for (const { symbol, quantity } of funds) await client.faucet({ accountId, symbol, quantity });
  return { accountId, ...keys };
}
