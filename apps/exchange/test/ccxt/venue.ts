// A running exchange and a ccxt client on it, with nothing of ccxt changed but its addresses.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createKeyPair, ExchangeClient } from '@glasshouse/client';
import ccxt from 'ccxt';
import { temporaryDirectory } from '../data-directory.js';
import { ServerProcess } from '../process/server-process.js';
import { PriceReporter } from './price-reporter.js';

const JUMPING_CLOCK = new URL('./jumping-clock.mjs', import.meta.url).href;

export type Funds = Readonly<Record<string, string>>;
export type CcxtClient = InstanceType<typeof ccxt.pro.backpack>;

export class CcxtVenue {
  readonly #server: ServerProcess;
  readonly directory: string;
  readonly #clients: CcxtClient[] = [];
  readonly url: string;

  private constructor(server: ServerProcess, directory: string, url: string) {
    this.#server = server;
    this.directory = directory;
    this.url = url;
  }

  /** The sandbox, or what the genesis says instead. */
  static async start(genesis?: object): Promise<CcxtVenue> {
    const directory = temporaryDirectory();
    const file = join(directory, 'genesis.json');
    if (genesis !== undefined) writeFileSync(file, JSON.stringify(genesis));
    const options = genesis === undefined ? {} : { genesis: file };
    const server = new ServerProcess({ directory, preload: JUMPING_CLOCK, ...options });
    return new CcxtVenue(server, directory, await server.url());
  }

  /** Outside prices from now on, several sources each second. */
  prices(quotes: Readonly<Record<string, number>>): Promise<PriceReporter> {
    return PriceReporter.start(this.url, this.directory, quotes);
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

  /** The exchange's clock jumps a minute ahead; clients date their requests by it from then on. */
  jumpAMinute(): void {
    this.#server.signal('SIGUSR2');
    for (const client of this.#clients) client.options['timeDifference'] -= 60_000;
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) await client.close();
    await this.#server.kill('SIGTERM');
  }
}
