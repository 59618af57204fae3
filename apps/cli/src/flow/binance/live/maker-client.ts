// The market maker as a client: an account of its own, and every change of a level as a signed request over HTTP.
import { createKeyPair, ExchangeClient, type KeyPair } from '@glasshouse/client';
import { MAX_BATCH_ORDERS, SIDE } from '@glasshouse/protocol';
import { formatDecimal } from '@glasshouse/units';
import type { Grid } from '../../grid.js';
import type { LimitOrder } from '../../request-text.js';
import { FLOW_CHAIN, type Pair, quoteDecimals, symbolOf, WHOLE_SUPPLY_ATOMS } from '../../venue-genesis.js';
import type { Shrink } from '../level-maker.js';
import type { LevelRequests } from './level-sync.js';

/** Generous, because a busy machine is not what is tested. */
const WINDOW_MS = 60_000;

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

export class MakerClient implements LevelRequests {
  requests = 0;
  readonly batchSize = MAX_BATCH_ORDERS;
  readonly #symbol: string;

  private constructor(
    private readonly client: ExchangeClient,
    private readonly grid: Grid,
    pair: Pair,
  ) {
    this.#symbol = symbolOf(pair);
  }

  static async open(venue: Venue): Promise<MakerClient> {
    return new MakerClient(await openAccount(venue), venue.grid, venue.pair);
  }

  async shrink({ orderId, lots, cancels }: Shrink): Promise<void> {
    this.requests += 1;
    const order = { symbol: this.#symbol, orderId: String(orderId) };
    if (cancels) await this.client.cancelOrder(order);
    else await this.client.reduceOrder({ ...order, quantity: formatDecimal(lots, this.grid.stepScale) });
  }

  async place(orders: readonly LimitOrder[]): Promise<readonly number[]> {
    this.requests += 1;
    const { tickScale, stepScale } = this.grid;
    const results = await this.client.placeOrders(
      orders.map(({ side, ticks, lots }) => ({
        symbol: this.#symbol,
        side: side === SIDE.bid ? ('Bid' as const) : ('Ask' as const),
        orderType: 'Limit' as const,
        price: formatDecimal(ticks, tickScale),
        quantity: formatDecimal(lots, stepScale),
        postOnly: true,
      })),
    );
    return results.map((result) => {
      if (!('id' in result)) throw new Error(`an order was refused: ${JSON.stringify(result)}`);
      return Number(result.id);
    });
  }
}
