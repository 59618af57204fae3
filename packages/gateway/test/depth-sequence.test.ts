// A client that follows the reference's rule — subscribe, buffer, snapshot, apply `U = previous u + 1` — ends with the book itself.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Data, StreamClient } from './stream-client.js';
import { openVenue, type Trader, type Venue } from './venue.js';

let venue: Venue;
let traders: Trader[];

beforeAll(async () => {
  venue = await openVenue();
  traders = [
    await venue.trader({ USDC: '9000000', SOL: '90000' }),
    await venue.trader({ USDC: '9000000', SOL: '90000' }),
  ];
});
afterAll(() => venue.close());

type Snapshot = { readonly asks: string[][]; readonly bids: string[][]; readonly lastUpdateId: string };
type Levels = Map<number, number>;
type Book = { readonly asks: Levels; readonly bids: Levels };

const getDepth = async () => (await venue.get('/api/v1/depth?symbol=SOL_USDC')).json() as Snapshot;

function bookOf({ asks, bids }: Snapshot): Book {
  const levels = (rows: string[][]): Levels =>
    new Map(rows.map(([price, quantity]) => [Number(price), Number(quantity)]));
  return { asks: levels(asks), bids: levels(bids) };
}

function apply(book: Book, frame: Data): void {
  for (const [side, levels] of [
    ['a', book.asks],
    ['b', book.bids],
  ] as const) {
    for (const [price, quantity] of frame[side] as [string, string][]) {
      if (Number(quantity) === 0) levels.delete(Number(price));
      else levels.set(Number(price), Number(quantity));
    }
  }
}

const sorted = (levels: Levels) => [...levels].sort(([a], [b]) => a - b);

/** The official sample's bootstrap; it gives up on a frame that the snapshot lies inside of. */
function followed(snapshot: Snapshot, frames: readonly Data[], straddling: 'never' | 'applied'): Book {
  const book = bookOf(snapshot);
  const lastUpdateId = Number(snapshot.lastUpdateId);
  let previous: number | undefined;
  for (const frame of frames) {
    const [first, last] = [Number(frame['U']), Number(frame['u'])];
    if (previous !== undefined) expect(first).toBe(previous + 1);
    previous = last;
    if (last <= lastUpdateId) continue;
    if (straddling === 'never') expect(first).toBeGreaterThan(lastUpdateId);
    apply(book, frame);
  }
  return book;
}

const step = fc.record({
  trader: fc.integer({ min: 0, max: 1 }),
  kind: fc.constantFrom('order', 'order', 'order', 'batch', 'cancelAll'),
  side: fc.constantFrom('Bid', 'Ask'),
  price: fc.integer({ min: 95, max: 105 }),
  quantity: fc.integer({ min: 1, max: 9 }),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

async function perform({ trader, kind, side, price, quantity }: Step): Promise<void> {
  const one = traders[trader] as Trader;
  const order = { symbol: 'SOL_USDC', side, orderType: 'Limit', price: String(price), quantity: String(quantity) };
  if (kind === 'cancelAll') await one.send('cancelAllOrders', { symbol: 'SOL_USDC' });
  else if (kind === 'order') await one.send('placeOrder', order);
  else
    await one.send('placeOrders', [
      order,
      { ...order, price: String(price - 3) },
      { ...order, side: 'Ask', price: '104' },
    ]);
}

describe('a client that follows the depth stream', () => {
  it('ends with the identical book, whenever it took its snapshot, and is never inside a realtime frame', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), fc.nat(), async (steps, when) => {
        const client = await StreamClient.connect(venue.streamUrl);
        await client.subscribe('depth.SOL_USDC', 'depth.200ms.SOL_USDC');
        const snapshots: Promise<Snapshot>[] = [];
        const work = steps.map((one, index) => {
          if (index === when % steps.length) snapshots.push(getDepth());
          return perform(one);
        });
        await Promise.all(work);
        const snapshot = await (snapshots[0] as Promise<Snapshot>);
        const end = await getDepth();
        const reached = (stream: string) => () =>
          end.lastUpdateId === snapshot.lastUpdateId ||
          String(client.dataOf(stream).at(-1)?.['u']) === end.lastUpdateId;
        const book = bookOf(end);
        for (const [stream, straddling] of [
          ['depth.SOL_USDC', 'never'],
          ['depth.200ms.SOL_USDC', 'applied'],
        ] as const) {
          await client.until(reached(stream));
          const mine = followed(snapshot, client.dataOf(stream), straddling);
          expect([sorted(mine.bids), sorted(mine.asks)]).toEqual([sorted(book.bids), sorted(book.asks)]);
        }
        client.close();
      }),
      { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 12) },
    );
  });
});
