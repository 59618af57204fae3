// An ordinary API client with its own key: it registers like everyone else and asks the faucet when it runs low.
import { ExchangeClient, ExchangeError, type KeyPair } from '@glasshouse/client';
import { MARKET_PROFILES, type MarketProfile, QUOTE, QUOTE_STOCK } from '../market/profile.js';

export type TraderOptions = {
  readonly name: string;
  readonly url: string;
  readonly keys: KeyPair;
  /** Part of the standard stock that this trader works with. */
  readonly stockShare: number;
};

/**
 * Trouble is met by the trader's own pace, so that stopping does not wait for repetitions; an order whose reply is lost is
 * looked for until its window ends.
 */
const CONNECTION = { timeoutMs: 3_000, windowMs: 2_000, retries: 0 };

/** A stock is filled up when less than this share of it is left. */
const LOW = 0.4;

const stockOf = ({ base, baseStock }: MarketProfile): [string, number] => [base, baseStock];

const STOCKS: ReadonlyMap<string, number> = new Map([
  [QUOTE, QUOTE_STOCK],
  ...MARKET_PROFILES.filter(({ baseStock }) => baseStock > 0).map(stockOf),
]);

export class Trader {
  readonly name: string;
  readonly client: ExchangeClient;
  private readonly publicKey: string;
  private readonly stockShare: number;
  private registering: Promise<void> | undefined;

  constructor(options: TraderOptions) {
    this.name = options.name;
    this.stockShare = options.stockShare;
    this.publicKey = options.keys.apiKey;
    this.client = new ExchangeClient({ url: options.url, ...options.keys, ...CONNECTION });
  }

  /** Opens the account unless the exchange already knows the key; for all who act for it at once. */
  register(): Promise<void> {
    this.registering ??= this.open().finally(() => {
      this.registering = undefined;
    });
    return this.registering;
  }

  private async open(): Promise<void> {
    try {
      await this.client.account();
    } catch (error) {
      if (!(error instanceof ExchangeError) || error.code !== 'UNAUTHORIZED') throw error;
      await this.client.createAccount({ publicKey: this.publicKey });
    }
  }

  /** Fills up what has run low; says what it asked for. */
  async topUp(assets: readonly string[]): Promise<readonly string[]> {
    const holdings = await this.holdings();
    const asked: string[] = [];
    for (const symbol of new Set(assets)) {
      const target = (STOCKS.get(symbol) ?? 0) * this.stockShare;
      const held = holdings.get(symbol) ?? 0;
      if (held >= target * LOW) continue;
      const quantity = (target - held).toFixed(4);
      await this.client.faucet({ publicKey: this.publicKey, symbol, quantity });
      asked.push(`${quantity} ${symbol}`);
    }
    return asked;
  }

  /** What is lent is held too: it comes back when it is needed. */
  private async holdings(): Promise<ReadonlyMap<string, number>> {
    const holdings = new Map<string, number>();
    for (const [symbol, { available, locked }] of Object.entries(await this.client.balances())) {
      holdings.set(symbol, Number(available) + Number(locked));
    }
    for (const { symbol, totalQuantity } of (await this.client.call('collateral')).collateral) {
      holdings.set(symbol, Math.max(holdings.get(symbol) ?? 0, Number(totalQuantity)));
    }
    return holdings;
  }
}
