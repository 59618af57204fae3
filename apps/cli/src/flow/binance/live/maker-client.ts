// The market maker as a client: an account of its own, and every change of a level as a signed request over HTTP.
import { createKeyPair, ExchangeClient, type KeyPair } from '@glasshouse/client';
import { MAX_BATCH_ORDERS, SIDE } from '@glasshouse/protocol';
import { formatDecimal } from '@glasshouse/units';
import type { Grid } from '../../grid.js';
import type { LimitOrder } from '../../request-text.js';
import { FLOW_CHAIN, type Pair, quoteDecimals, symbolOf, WHOLE_SUPPLY_ATOMS } from '../../venue-genesis.js';
import type { LevelMaker, LevelTarget, Shrink } from '../level-maker.js';
import type { RecordedBook } from '../recorded-book.js';

/** Generous, because a busy machine is not what is tested. */
const WINDOW_MS = 60_000;
const MOST_IN_FLIGHT = 64;

type Venue = { readonly url: string; readonly chain: KeyPair; readonly pair: Pair; readonly grid: Grid };

async function openAccount({ url, chain, pair, grid }: Venue): Promise<ExchangeClient> {
  const keys = createKeyPair();
  const { accountId } = await new ExchangeClient({ url }).createAccount({ publicKey: keys.apiKey });
  const bank = new ExchangeClient({ url, ...chain });
  for (const [symbol, decimals] of [
    [pair.base, grid.stepScale],
    [pair.quote, quoteDecimals(grid)],
  ] as const) {
    const quantity = formatDecimal(WHOLE_SUPPLY_ATOMS, decimals, 0);
    await bank.call('creditDeposit', { accountId, symbol, quantity, blockchain: FLOW_CHAIN, reference: symbol });
  }
  return new ExchangeClient({ url, ...keys, windowMs: WINDOW_MS });
}

/** Runs `send` on every item, so many at a time as the exchange should have to hold. */
async function inParallel<Item>(items: readonly Item[], send: (item: Item) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await send(item);
  };
  await Promise.all(Array.from({ length: Math.min(MOST_IN_FLIGHT, items.length) }, lane));
}

function batches<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, batch) =>
    items.slice(batch * size, (batch + 1) * size),
  );
}

function crosses(orders: readonly LimitOrder[], book: RecordedBook): boolean {
  const bid = book.best(SIDE.bid) ?? Number.NEGATIVE_INFINITY;
  const ask = book.best(SIDE.ask) ?? Number.POSITIVE_INFINITY;
  return orders.some(({ side, ticks }) => (side === SIDE.bid ? ticks >= ask : ticks <= bid));
}

export class MakerClient {
  requests = 0;
  readonly #symbol: string;

  private constructor(
    private readonly client: ExchangeClient,
    private readonly maker: LevelMaker,
    private readonly venue: Venue,
  ) {
    this.#symbol = symbolOf(venue.pair);
  }

  static async open(venue: Venue, maker: LevelMaker): Promise<MakerClient> {
    return new MakerClient(await openAccount(venue), maker, venue);
  }

  /** Brings the levels to their targets. Additions wait for what must leave before they can rest beside `before`. */
  async apply(targets: readonly LevelTarget[], before: RecordedBook): Promise<void> {
    const shrinks = this.maker.shrinks(targets);
    const additions = this.maker.additions(targets);
    const shrunk = inParallel(shrinks, (shrink) => this.#shrink(shrink));
    if (crosses(additions, before)) await shrunk;
    const added = inParallel(batches(additions, MAX_BATCH_ORDERS), (batch) => this.#place(batch));
    await Promise.all([shrunk, added]);
  }

  async #shrink({ orderId, lots, cancels }: Shrink): Promise<void> {
    this.requests += 1;
    const order = { symbol: this.#symbol, orderId: String(orderId) };
    if (cancels) await this.client.cancelOrder(order);
    else await this.client.reduceOrder({ ...order, quantity: formatDecimal(lots, this.venue.grid.stepScale) });
  }

  async #place(batch: readonly LimitOrder[]): Promise<void> {
    this.requests += 1;
    const { tickScale, stepScale } = this.venue.grid;
    const results = await this.client.placeOrders(
      batch.map(({ side, ticks, lots }) => ({
        symbol: this.#symbol,
        side: side === SIDE.bid ? ('Bid' as const) : ('Ask' as const),
        orderType: 'Limit' as const,
        price: formatDecimal(ticks, tickScale),
        quantity: formatDecimal(lots, stepScale),
        postOnly: true,
      })),
    );
    for (const [index, result] of results.entries()) {
      if (!('id' in result)) throw new Error(`an order was refused: ${JSON.stringify(result)}`);
      this.maker.rested(batch[index] as LimitOrder, Number(result.id));
    }
  }
}
