// A signed API client that trades as fast as it is answered, and remembers what the exchange has acknowledged.
import { createKeyPair, ExchangeClient, ExchangeError } from '@glasshouse/client';
import type { Random } from '../flow/random.js';

export type Acknowledged = { readonly orderId: number; readonly clientId: number; readonly status: string };

const SYMBOL = 'SOL_USDC';
const MIDDLE_CENTS = 15_000;
const IN_FLIGHT = 4;

const cents = (price: number): string => (price / 100).toFixed(2);

export class Trader {
  accountId = 0;
  /** Orders placed and cancelled, as far as the exchange said so. */
  answered = 0;
  /** Every order whose placement was answered with success, by its id. */
  readonly acknowledged = new Map<number, Acknowledged>();
  /** Orders whose cancellation was answered with success. */
  readonly cancelled = new Set<number>();
  /** Client ids that were sent, answered or not. */
  readonly sent = new Set<number>();
  /** Answers other than success, by code: a test that was only refused proves nothing. */
  readonly refusals = new Map<string, number>();
  private readonly keys = createKeyPair();
  private lastClientId = 0;

  constructor(
    private readonly random: Random,
    private readonly batch = 3,
  ) {}

  client(url: string): ExchangeClient {
    return new ExchangeClient({ url, ...this.keys, retries: 0, timeoutMs: 5_000 });
  }

  async register(url: string): Promise<void> {
    const client = this.client(url);
    const publicKey = this.keys.apiKey;
    this.accountId = (await client.createAccount({ publicKey })).accountId;
    for (const symbol of ['USDC', 'SOL']) await client.faucet({ publicKey, symbol, quantity: '5000000' });
  }

  /** Trades until the signal; whatever is under way then stays unanswered or not, as it happens. */
  async trade(url: string, until: AbortSignal): Promise<void> {
    const client = this.client(url);
    if (this.random.chance(40)) await this.cautiously(() => this.cancelAll(client));
    await Promise.all(Array.from({ length: IN_FLIGHT }, () => this.tradeInTurn(client, until)));
  }

  private async tradeInTurn(client: ExchangeClient, until: AbortSignal): Promise<void> {
    while (!until.aborted) await this.cautiously(() => this.tradeOnce(client));
  }

  private tradeOnce(client: ExchangeClient): Promise<void> {
    const roll = this.random.below(100);
    if (roll < 20) return this.cancelOne(client);
    return roll < 36 ? this.placeSeveral(client) : this.placeOne(client);
  }

  private async cautiously(attempt: () => Promise<void>): Promise<void> {
    try {
      await attempt();
    } catch (error) {
      if (!(error instanceof ExchangeError)) throw error;
      this.refusals.set(error.code, (this.refusals.get(error.code) ?? 0) + 1);
    }
  }

  private order() {
    this.lastClientId += 1;
    this.sent.add(this.lastClientId);
    const bid = this.random.chance(50);
    const away = this.random.between(-20, 60);
    return {
      symbol: SYMBOL,
      side: bid ? ('Bid' as const) : ('Ask' as const),
      orderType: 'Limit' as const,
      price: cents(bid ? MIDDLE_CENTS - away : MIDDLE_CENTS + away),
      quantity: cents(this.random.between(1, 500)),
      clientId: this.lastClientId,
    };
  }

  private async placeOne(client: ExchangeClient): Promise<void> {
    const order = this.order();
    this.acknowledge(order.clientId, await client.call('placeOrder', order));
  }

  private async placeSeveral(client: ExchangeClient): Promise<void> {
    const orders = Array.from({ length: this.batch }, () => this.order());
    const answers = await client.placeOrders(orders);
    for (const [index, answer] of answers.entries()) {
      if ('id' in answer) this.acknowledge(orders[index]?.clientId ?? 0, answer);
    }
  }

  private acknowledge(clientId: number, { id, status }: { readonly id: string; readonly status: string }): void {
    this.answered += 1;
    this.acknowledged.set(Number(id), { orderId: Number(id), clientId, status });
  }

  private async cancelOne(client: ExchangeClient): Promise<void> {
    const [orderId] = [...this.acknowledged.keys()].slice(-this.random.between(1, 20));
    if (orderId === undefined) return;
    await client.cancelOrder({ symbol: SYMBOL, orderId: String(orderId) });
    this.answered += 1;
    this.cancelled.add(orderId);
  }

  /** So that an account does not come to its limit of open orders in a long run. */
  private async cancelAll(client: ExchangeClient): Promise<void> {
    for (const { id } of await client.cancelAllOrders({ symbol: SYMBOL })) this.cancelled.add(Number(id));
    this.answered += 1;
  }
}
