// Reports the same prices from three sources, again and again, with the sandbox's own price-feed key.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExchangeClient, ExchangeError } from '@glasshouse/client';

const SOURCES = ['synthetic-a', 'synthetic-b', 'synthetic-c'];
const PERIOD_MS = 250;

type KeyFile = { readonly publicKey: string; readonly secretKey: string };

/** A report that is under way while the exchange's clock jumps is too old when it comes. */
function passOverJump(problem: unknown): void {
  if (!(problem instanceof ExchangeError) || !problem.message.includes('Request has expired')) throw problem;
}

export class PriceReporter {
  private stopped = false;
  private rounds: Promise<void> = Promise.resolve();

  private constructor(
    private readonly client: ExchangeClient,
    private quotes: Readonly<Record<string, number>>,
  ) {}

  /** Resolves once the exchange has heard every source. */
  static async start(url: string, directory: string, quotes: Readonly<Record<string, number>>): Promise<PriceReporter> {
    const key = JSON.parse(readFileSync(join(directory, 'keys', 'price-feed.json'), 'utf8')) as KeyFile;
    const client = new ExchangeClient({ url, apiKey: key.publicKey, apiSecret: key.secretKey });
    const reporter = new PriceReporter(client, quotes);
    await reporter.report();
    reporter.rounds = reporter.goOn();
    return reporter;
  }

  private async report(): Promise<void> {
    const prices = Object.entries(this.quotes)
      .map(([symbol, price]) => `${symbol}:${price}:${price}:${price}`)
      .join(',');
    for (const source of SOURCES) await this.client.reportPrices({ source, prices });
  }

  private async goOn(): Promise<void> {
    while (!this.stopped) {
      await new Promise((resolve) => setTimeout(resolve, PERIOD_MS));
      await this.report().catch(passOverJump);
    }
  }

  move(quotes: Readonly<Record<string, number>>): void {
    this.quotes = { ...this.quotes, ...quotes };
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.rounds;
  }
}
