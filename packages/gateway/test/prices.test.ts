// Price reports: a service key of its own, one source a request.
import { RISK_GENESIS } from '@glasshouse/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newKey, openVenue, Trader, type Venue } from './venue.js';

const feedKey = newKey();
const registrar = newKey();
let venue: Venue;
let feed: Trader;

beforeAll(async () => {
  const { assets, markets, spotFeeTiers } = RISK_GENESIS;
  venue = await openVenue({
    withoutSigners: true,
    genesis: {
      assets,
      markets,
      spotFeeTiers,
      keys: [
        { publicKey: feedKey.publicKey, role: 'priceFeed' },
        { publicKey: registrar.publicKey, role: 'registrar' },
      ],
    },
  });
  feed = new Trader(venue.url, feedKey, 0);
});
afterAll(() => venue.close());

const PRICES = 'BTC:99999.5:100000.5:100000,kBONK:0.0199:0.0201:0.02';

describe('POST /glass/v1/prices', () => {
  it('takes what a price feed signs, and the venue knows the median of bid, ask and last', async () => {
    const answer = await feed.ask<{ timestamp: number }>('reportPrices', { source: 'alpha', prices: PRICES });
    expect(answer).toEqual({ source: 'alpha', count: 2, timestamp: expect.any(Number) });
    const { state } = venue.exchange;
    const heard = ['BTC', 'kBONK'].map((symbol) => {
      const asset = state.assets.bySymbol(symbol);
      return state.assetPrices[(asset?.assetId ?? 0) - 1]?.sources.find(({ name }) => name === 'alpha')?.price;
    });
    expect(heard).toEqual([100_000, 0.02]);
  });

  it('refuses a source that no index names, and says which price it was', async () => {
    const reply = await feed.send('reportPrices', { source: 'stranger', prices: PRICES });
    expect(reply.status).toBe(400);
    expect(reply.json()).toMatchObject({ details: { source: 'stranger', symbol: 'BTC' } });
  });

  it('refuses an asset that no index prices', async () => {
    const reply = await feed.send('reportPrices', { source: 'alpha', prices: 'USDC:1:1:1' });
    expect(reply.json()).toMatchObject({ details: { symbol: 'USDC' } });
  });

  it.each(['', 'BTC', 'BTC:1:2', 'BTC:1:2:3:4', 'BTC:-1:2:3', 'BTC:1e3:2:3', 'BTC:1:2:3,', 'B C:1:2:3', 'BTC:0:0:0'])(
    'refuses the list %j',
    async (prices) => {
      expect((await feed.send('reportPrices', { source: 'alpha', prices })).status).toBe(400);
    },
  );

  it('takes a hundred prices and not one more', async () => {
    const list = (count: number) => Array.from({ length: count }, () => 'BTC:1:2:3').join(',');
    expect((await feed.send('reportPrices', { source: 'alpha', prices: list(100) })).status).toBe(200);
    expect((await feed.send('reportPrices', { source: 'alpha', prices: list(101) })).status).toBe(400);
  });

  it('takes them from no other kind of key', async () => {
    const other = new Trader(venue.url, registrar, 0);
    const reply = await other.send('reportPrices', { source: 'alpha', prices: PRICES });
    expect([reply.status, reply.json()]).toMatchObject([403, { code: 'FORBIDDEN' }]);
  });
});
