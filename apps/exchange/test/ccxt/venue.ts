// A running exchange and a ccxt client on it, with nothing of ccxt changed but its addresses.
import { createKeyPair, ExchangeClient } from '@glasshouse/client';
import ccxt from 'ccxt';
import { temporaryDirectory } from '../data-directory.js';
import { ServerProcess } from '../process/server-process.js';

export type Funds = Readonly<Record<string, string>>;
export type CcxtClient = InstanceType<typeof ccxt.pro.backpack>;

export class CcxtVenue {
  readonly #server: ServerProcess;
  readonly #clients: CcxtClient[] = [];
  readonly url: string;

  private constructor(server: ServerProcess, url: string) {
    this.#server = server;
    this.url = url;
  }

  static async start(): Promise<CcxtVenue> {
    const server = new ServerProcess({ directory: temporaryDirectory() });
    return new CcxtVenue(server, await server.url());
  }

  async trader(funds: Funds): Promise<CcxtClient> {
    const keys = createKeyPair();
    const sandbox = new ExchangeClient({ url: this.url });
    await sandbox.createAccount({ publicKey: keys.apiKey });
    // What is lent is in none of the numbers that ccxt shows as a balance.
    await new ExchangeClient({ url: this.url, ...keys }).updateAccount({ autoLend: false });
    for (const [symbol, quantity] of Object.entries(funds)) {
      await sandbox.faucet({ publicKey: keys.apiKey, symbol, quantity });
    }
    return this.client({ apiKey: keys.apiKey, secret: keys.apiSecret });
  }

  async client(credentials: { readonly apiKey?: string; readonly secret?: string } = {}): Promise<CcxtClient> {
    const client = new ccxt.pro.backpack({ ...credentials, enableRateLimit: false });
    const stream = this.url.replace('http', 'ws');
    client.urls['api'] = { public: this.url, private: this.url, ws: { public: stream, private: stream } };
    await client.loadHttpProxyAgent();
    this.#clients.push(client);
    return client;
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) await client.close();
    await this.#server.kill('SIGTERM');
  }
}
