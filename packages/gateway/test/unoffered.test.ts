// Clients of the reference look up what this exchange does not offer, and find none.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fitting, openVenue, type Venue } from './venue.js';

let venue: Venue;

beforeAll(async () => {
  venue = await openVenue();
});
afterAll(() => venue.close());

const PAGE_HEADERS = ['x-page-count', 'x-current-page', 'x-page-size', 'x-total'];

describe('what this exchange does not offer', () => {
  it.each([
    ['marketSessions', '/api/v1/market-sessions'],
    ['predictionTags', '/api/v1/prediction/tags'],
    ['securities', '/api/v1/securities'],
  ] as const)('%s is an empty list without pages', async (name, path) => {
    const reply = await venue.get(path);
    expect(fitting(name, reply)).toEqual([]);
    expect(PAGE_HEADERS.filter((header) => reply.headers.has(header))).toEqual([]);
  });

  it.each([
    ['', ['1', '1', '100', '0']],
    ['?limit=1000&offset=2000', ['1', '3', '1000', '0']],
    ['?symbol=SOL_USDC&tagSlug=crypto&eventSlug=btc&seriesSlug=daily&resolved=True', ['1', '1', '100', '0']],
  ])('prediction events are an empty page, whatever is asked for: %s', async (query, headers) => {
    const reply = await venue.get(`/api/v1/prediction${query}`);
    expect(fitting('predictionEvents', reply)).toEqual([]);
    expect(PAGE_HEADERS.map((header) => reply.headers.get(header))).toEqual(headers);
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=1001', 'limit'],
    ['offset=-1', 'offset'],
    ['resolved=perhaps', 'resolved'],
    ['symbol=', 'symbol'],
  ])('%s is refused as anywhere else', async (query, parameter) => {
    const reply = await venue.get(`/api/v1/prediction?${query}`);
    expect([reply.status, reply.json()]).toMatchObject([
      400,
      { code: 'INVALID_CLIENT_REQUEST', message: expect.stringContaining(`\`${parameter}\``) },
    ]);
  });

  it('markets and marks of prediction are empty lists, too', async () => {
    for (const name of ['markets', 'markPrices'] as const) {
      expect(fitting(name, await venue.get(`/api/v1/${name}?marketType=PREDICTION`))).toEqual([]);
    }
  });
});
