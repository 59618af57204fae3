// Requests for quotes from the question to the histories, over REST and streams.
import type { Quote, RequestForQuote, RfqWithQuotes } from '@glasshouse/api';
import { RFQ_MARKET, TEST_GENESIS } from '@glasshouse/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Data, StreamClient } from './stream-client.js';
import { openVenue, type Trader, type Venue } from './venue.js';

const RFQ = RFQ_MARKET.symbol;
const STREAM = 'account.rfqUpdate';

let venue: Venue;
let alice: Trader;
let bob: Trader;
const clients: StreamClient[] = [];

beforeAll(async () => {
  const rfq = { maxRequestsPerAccount: 50, maxQuotesPerAccount: 50 };
  venue = await openVenue({ genesis: { markets: [...TEST_GENESIS.markets, { ...RFQ_MARKET, rfq }] } });
});
beforeEach(async () => {
  alice = await venue.trader({ USDC: '10000', SOL: '100' });
  bob = await venue.trader({ USDC: '10000', SOL: '100' });
});
/** Whoever begins to listen hears of what is open: each test has requests of its own. */
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  for (const { rfq } of await alice.ask<RfqWithQuotes[]>('rfqs')) await alice.ask('cancelRfq', { rfqId: rfq.rfqId });
});
afterAll(() => venue.close());

async function listener(trader: Trader, stream = STREAM): Promise<StreamClient> {
  const client = await StreamClient.connect(venue.streamUrl);
  clients.push(client);
  await client.subscribeSigned(trader.key, stream);
  return client;
}

const ask = (trader: Trader, terms: Readonly<Record<string, unknown>>): Promise<RequestForQuote> =>
  trader.ask('submitRfq', { symbol: RFQ, ...terms });

const quote = (trader: Trader, rfqId: string, bidPrice: string, askPrice: string, more = {}): Promise<Quote> =>
  trader.ask('submitQuote', { rfqId, bidPrice, askPrice, ...more });

/** Without the moments at which they were sent. */
const seen = (client: StreamClient, stream = STREAM): Data[] =>
  client.dataOf(stream).map(({ E: _emitted, T: _time, w: _w, W: _until, ...rest }) => rest);

describe('a request that is quoted and accepted', () => {
  it('is answered, told to both sides with what each may know, and settles', async () => {
    const [asker, quoter] = [await listener(alice), await listener(bob, `${STREAM}.${RFQ}`)];
    const rfq = await ask(alice, { side: 'Bid', quantity: '2', clientId: 7 });
    expect(rfq).toMatchObject({ clientId: 7, executionMode: 'AwaitAccept', quantity: '2', side: 'Bid', status: 'New' });
    expect([rfq.submissionTime - rfq.createdAt, rfq.expiryTime - rfq.createdAt]).toEqual([60_000, 120_000]);
    const given = await quote(bob, rfq.rfqId, '149', '151', { clientId: 9 });
    expect(given).toMatchObject({ askPrice: '151', bidPrice: '149', clientId: 9, status: 'New' });
    const open = await alice.ask('rfqs', { symbol: RFQ });
    expect(open).toMatchObject([{ quotes: [{ quoteId: given.quoteId, clientId: null }], rfq: { rfqId: rfq.rfqId } }]);
    expect(await bob.ask('rfqs')).toEqual([]);
    const filled = await alice.ask('acceptQuote', { clientId: 7, quoteId: given.quoteId });
    expect(filled).toMatchObject({ rfqId: rfq.rfqId, status: 'Filled' });
    const [R, u] = [Number(rfq.rfqId), Number(given.quoteId)];
    await asker.until(() => seen(asker).length === 3);
    expect(seen(asker)).toEqual([
      { C: '7', R, S: 'Bid', X: 'New', e: 'rfqAccepted', q: '2.00', s: RFQ },
      { C: '7', R, S: 'Bid', X: 'New', e: 'rfqCandidate', p: '151.0000', q: '2.00', s: RFQ, u },
      { C: '7', Q: '302.000000', R, S: 'Bid', X: 'Filled', e: 'rfqFilled', p: '151.0000', q: '2.00', s: RFQ, u },
    ]);
    await quoter.until(() => seen(quoter, `${STREAM}.${RFQ}`).length === 3);
    expect(seen(quoter, `${STREAM}.${RFQ}`)).toEqual([
      { R, X: 'New', e: 'rfqActive', q: '2.00', s: RFQ },
      { C: '9', R, X: 'New', e: 'quoteAccepted', s: RFQ, u },
      { C: '9', Q: '302.000000', R, S: 'Bid', X: 'Filled', e: 'rfqFilled', p: '151.0000', q: '2.00', s: RFQ, u },
    ]);
    expect(await alice.ask('balances')).toMatchObject({ SOL: { available: '102' }, USDC: { available: '9698' } });
    expect(await bob.ask('balances')).toMatchObject({ SOL: { available: '98' }, USDC: { available: '10301.7584' } });
  });

  it('is in the histories of both, with the headers of a page', async () => {
    const rfq = await ask(alice, { side: 'Ask', quoteQuantity: '300' });
    const { quoteId } = await quote(bob, rfq.rfqId, '149', '151');
    await alice.ask('acceptQuote', { rfqId: rfq.rfqId, quoteId });
    const fill = { fillPrice: '149', quantity: '2.01', quoteId, rfqId: rfq.rfqId, symbol: RFQ };
    expect(await alice.ask('rfqHistory', { status: 'Filled' })).toMatchObject([
      { deferredSettlementQuoteId: null, quoteQuantity: '300', rfqId: rfq.rfqId, status: 'Filled' },
    ]);
    expect(await alice.ask('rfqFillHistory', { side: 'Ask' })).toMatchObject([
      { ...fill, quoteQuantity: '299.49', side: 'Ask' },
    ]);
    expect(await bob.ask('quoteHistory', { quoteId })).toMatchObject([
      { askPrice: '151', bidPrice: '149', deferredSettlement: false, status: 'Filled' },
    ]);
    expect(await bob.ask('quoteFillHistory', { side: 'Bid' })).toMatchObject([
      { ...fill, fee: '0.239592', feeSymbol: 'USDC', side: 'Bid' },
    ]);
    expect(await bob.ask('quoteFillHistory', { side: 'Ask' })).toEqual([]);
    expect(await alice.ask('rfqFillHistory', { fillType: 'CollateralConversion' })).toEqual([]);
    expect(await alice.ask('rfqHistory', { deferredSettlement: true })).toEqual([]);
    expect(await alice.ask('fillHistory', { marketType: 'RFQ' })).toMatchObject([
      { fee: '0', isMaker: false, orderId: rfq.rfqId, price: '149', quantity: '2.01', side: 'Ask', symbol: RFQ },
    ]);
    expect(await alice.ask('fillHistory', { marketType: 'SPOT' })).toEqual([]);
    const { headers } = await alice.send('rfqHistory', { limit: 1 });
    expect(['x-page-count', 'x-current-page', 'x-page-size', 'x-total'].map((name) => headers.get(name))).toEqual([
      '1',
      '1',
      '1',
      '1',
    ]);
  });
});

describe('an immediate request', () => {
  it('is filled by the first quote that is good enough, whose answer says so', async () => {
    const rfq = await ask(alice, { side: 'Bid', quantity: '1', price: '150', executionMode: 'Immediate' });
    expect(rfq).toMatchObject({ executionMode: 'Immediate', price: '150' });
    expect(await quote(bob, rfq.rfqId, '149', '150.5')).toMatchObject({ status: 'New' });
    expect(await quote(bob, rfq.rfqId, '149', '150')).toMatchObject({ status: 'Filled' });
    expect(await alice.ask('rfqs')).toEqual([]);
  });
});

describe('what ends otherwise', () => {
  it('a cancelled request takes its quotes along, and tells each side of its own', async () => {
    const [asker, quoter] = [await listener(alice), await listener(bob)];
    const rfq = await ask(alice, { side: 'Bid', quantity: '1' });
    await quote(bob, rfq.rfqId, '149', '151');
    expect(await alice.ask('cancelRfq', { rfqId: rfq.rfqId })).toMatchObject({ status: 'Cancelled' });
    await quoter.until(() => seen(quoter).length === 3);
    await asker.until(() => seen(asker).length === 3);
    expect(seen(quoter).map(({ e, X }) => [e, X])).toEqual([
      ['rfqActive', 'New'],
      ['quoteAccepted', 'New'],
      ['quoteCancelled', 'Cancelled'],
    ]);
    expect(seen(asker).map(({ e, X }) => [e, X])).toEqual([
      ['rfqAccepted', 'New'],
      ['rfqCandidate', 'New'],
      ['rfqCancelled', 'Cancelled'],
    ]);
    expect(await bob.ask('quoteHistory')).toMatchObject([{ status: 'Cancelled' }]);
  });

  it('a refreshed request is told with its new times, to quoters as one to quote', async () => {
    const quoter = await listener(bob);
    const rfq = await ask(alice, { side: 'Bid', quantity: '1' });
    const refreshed = await alice.ask<RequestForQuote>('refreshRfq', { rfqId: rfq.rfqId });
    expect(refreshed.expiryTime).toBeGreaterThanOrEqual(rfq.expiryTime);
    await quoter.until(() => seen(quoter).length === 2);
    expect(quoter.dataOf(STREAM)[1]).toMatchObject({
      W: refreshed.expiryTime,
      e: 'rfqActive',
      w: refreshed.submissionTime,
    });
  });

  it('whoever begins to listen is told of what can still be quoted, not of their own', async () => {
    const rfq = await ask(alice, { side: 'Bid', quantity: '1' });
    const [quoter, asker] = [await listener(bob), await listener(alice)];
    const told = (client: StreamClient) => client.dataOf(STREAM).filter(({ R }) => R === Number(rfq.rfqId));
    expect(told(quoter)).toMatchObject([{ W: rfq.expiryTime, X: 'New', e: 'rfqActive', w: rfq.submissionTime }]);
    expect(told(asker)).toEqual([]);
    await alice.ask('cancelRfq', { rfqId: rfq.rfqId });
    expect(told(await listener(bob))).toEqual([]);
  });

  it('an acceptance that the quoter cannot settle is refused without the quoter’s numbers, and the request stays', async () => {
    const asker = await listener(alice);
    const rfq = await ask(alice, { side: 'Bid', quantity: '1' });
    const { quoteId } = await quote(bob, rfq.rfqId, '149', '151');
    await bob.ask('withdraw', { symbol: 'SOL', quantity: '99.5', blockchain: 'Sandbox', address: 'away' });
    const reply = await alice.send('acceptQuote', { rfqId: rfq.rfqId, quoteId });
    expect([reply.status, reply.json()]).toMatchObject([
      409,
      { code: 'PRECONDITION_FAILED', details: { quoteId, reason: 'InsufficientFunds' } },
    ]);
    expect(await alice.ask('rfqs')).toMatchObject([{ quotes: [], rfq: { status: 'New' } }]);
    await asker.until(() => seen(asker).length === 3);
    expect(seen(asker)[2]).toEqual({
      R: Number(rfq.rfqId),
      X: 'Cancelled',
      e: 'quoteCancelled',
      s: RFQ,
      u: Number(quoteId),
    });
  });

  it.each([
    ['a request of somebody else', 404, (rfqId: string) => bob.send('cancelRfq', { rfqId })],
    [
      'a quote for one’s own',
      400,
      (rfqId: string) => alice.send('submitQuote', { rfqId, bidPrice: '1', askPrice: '2' }),
    ],
    ['no request', 400, () => alice.send('cancelRfq', {})],
    ['an id that is no number', 400, () => alice.send('refreshRfq', { rfqId: 'mine' })],
    ['a market with a book', 400, () => alice.send('submitRfq', { symbol: 'SOL_USDC', side: 'Bid', quantity: '1' })],
  ])('%s is refused with %i', async (_, status, send) => {
    const { rfqId } = await ask(alice, { side: 'Bid', quantity: '1' });
    expect((await send(rfqId)).status).toBe(status);
  });
});

describe('a market of requests', () => {
  it('is listed for who asks for its type, and not among those with a book', async () => {
    const symbols = async (query: string) =>
      ((await (await venue.get(`/api/v1/markets${query}`)).json()) as { symbol: string }[]).map(({ symbol }) => symbol);
    expect(await symbols('')).not.toContain(RFQ);
    expect(await symbols('?marketType=RFQ')).toEqual([RFQ]);
    const market = (await venue.get(`/api/v1/market?symbol=${RFQ}`)).json();
    expect(market).toMatchObject({ baseSymbol: 'SOL', marketType: 'RFQ', symbol: RFQ });
  });
});

describe('dust', () => {
  it('is sold with an empty answer and has a row in its history', async () => {
    const rfq = await ask(alice, { side: 'Bid', quantity: '10' });
    const { quoteId } = await quote(bob, rfq.rfqId, '149', '151');
    await alice.ask('acceptQuote', { rfqId: rfq.rfqId, quoteId });
    const carol = await venue.trader({ SOL: '0.005' });
    expect((await carol.send('convertDust', { symbol: 'SOL' })).text).toBe('');
    expect(await carol.ask('dustHistory', { symbol: 'SOL' })).toMatchObject([
      { quantity: '0.005', symbol: 'SOL', usdcReceived: '0.004995' },
    ]);
    expect(await carol.ask('dustHistory', { symbol: 'BTC' })).toEqual([]);
    expect((await carol.send('convertDust')).status).toBe(400);
  });
});
