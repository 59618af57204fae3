// Positions that the book does not take: what providers, those who give way, and the account itself are told of it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PERP, until } from './liquidation-venue.js';
import { perpOrder, RiskVenue } from './risk-venue.js';
import { StreamClient } from './stream-client.js';
import { fitting, type Trader } from './venue.js';

type Fields = Readonly<Record<string, unknown>>;

async function trade(long: Trader, short: Trader, price: string, quantity: string): Promise<void> {
  await short.ask('placeOrder', perpOrder('Ask', price, quantity));
  await long.ask('placeOrder', perpOrder('Bid', price, quantity));
}

const sum = (rows: readonly Fields[], field: string): number =>
  rows.reduce((total, row) => total + Number(row[field]), 0);

describe('a provider', () => {
  let risk: RiskVenue;
  let victim: Trader;
  let provider: Trader;
  let heard: StreamClient;

  beforeAll(async () => {
    risk = await RiskVenue.open();
    const maker = await risk.trader({ USDC: '10000000' });
    victim = await risk.trader({ USDC: '2000' });
    provider = await risk.trader({ USDC: '1000000' });
    await trade(victim, maker, '100000', '1');
    heard = await StreamClient.connect(risk.venue.streamUrl);
    await heard.subscribeSignedAt(provider.nowMs(), provider.key, 'account.orderUpdate', 'account.positionUpdate');
  }, 30_000);
  afterAll(async () => {
    heard.close();
    await risk.close();
  });

  it('enrols, changes its terms and reads them back; everyone sees what all offer together', async () => {
    const terms = { minimumEquity: '1000', markets: `${PERP}:10:5`, assets: 'USDC:5000:2500' };
    expect(await provider.ask('enrolBackstop', { ...terms, markets: `${PERP}:2:1` })).toMatchObject({
      minimumEquity: '1000',
      markets: [{ symbol: PERP, capacity: '2', hourly: '1' }],
    });
    const offer = await provider.ask<Fields>('enrolBackstop', terms);
    expect(offer).toEqual({
      minimumEquity: '1000',
      markets: [{ symbol: PERP, capacity: '10', hourly: '5', takenThisHour: '0' }],
      assets: [{ symbol: 'USDC', capacity: '5000', hourly: '2500', takenThisHour: '0' }],
    });
    expect(await provider.ask('ownBackstop')).toEqual(offer);
    const other = await risk.trader({ USDC: '10' });
    await other.ask('enrolBackstop', { minimumEquity: '20', markets: `${PERP}:0.5:0.25` });
    const reply = await risk.venue.get('/glass/v1/backstop');
    expect(fitting('backstop', reply)).toEqual([
      { symbol: PERP, capacity: '10.5', hourly: '5.25', takenThisHour: '0', providers: 2 },
      { symbol: 'USDC', capacity: '5000', hourly: '2500', takenThisHour: '0', providers: 1 },
    ]);
    expect(reply.text).not.toMatch(/accountId/);
  });

  it('that leaves is held to its terms until its notice has run', async () => {
    const other = await risk.trader({ USDC: '10' });
    await other.ask('enrolBackstop', { minimumEquity: '20', markets: `${PERP}:0.5:0.25` });
    await other.ask('leaveBackstop', {});
    expect(fitting('ownBackstop', await other.send('ownBackstop'))).toMatchObject({
      markets: [],
      bound: { minimumEquity: '20', markets: [{ symbol: PERP, capacity: '0.5' }] },
    });
    const reply = await risk.venue.get('/glass/v1/backstop');
    expect(fitting('backstop', reply)).toMatchObject([
      { capacity: '11', providers: 3 },
      { capacity: '5000', providers: 1 },
    ]);
    expect((await other.send('leaveBackstop', {})).json()).toMatchObject({ code: 'RESOURCE_NOT_FOUND' });
  });

  it.each([
    ['a market of spot', 'SOL_USDC:1:1', 'INVALID_CLIENT_REQUEST'],
    ['a market that does not exist', 'DOGE_USDC_PERP:1:1', 'INVALID_MARKET'],
    ['half a lot', `${PERP}:0.000001:1`, 'INVALID_QUANTITY'],
    ['no terms', 'x', 'INVALID_CLIENT_REQUEST'],
  ])('cannot offer for %s', async (_name, markets, code) => {
    const reply = await provider.send('enrolBackstop', { minimumEquity: '1', markets });
    expect([reply.status, (reply.json() as Fields)['code']]).toEqual([400, code]);
  });

  it('takes over at the mark for a fee, as a fill and a position of its own', async () => {
    await risk.jump(98_250);
    await until(risk, async () =>
      (await victim.ask<Fields[]>('ownLiquidations')).some(({ reason }) => reason !== null),
    );
    const taken = await provider.ask<Fields[]>('fillHistory', { fillType: 'Backstop' });
    const given = await victim.ask<Fields[]>('fillHistory', { fillType: 'Liquidation' });
    expect(taken.length).toBeGreaterThan(0);
    for (const fill of taken) {
      expect(fill).toMatchObject({ systemOrderType: 'LiquidatePositionOnBackstop', side: 'Bid', tradeId: null });
      expect(Number(fill['fee'])).toBeLessThan(0);
    }
    expect(given.map(({ side, price, quantity }) => [side, price, quantity])).toEqual(
      taken.map(({ price, quantity }) => ['Ask', price, quantity]),
    );
    const [position] = await provider.ask<Fields[]>('positions');
    expect(Number(position?.['netQuantity'])).toBeCloseTo(sum(taken, 'quantity'), 9);
    const [offer] = fitting<Fields[]>('backstop', await risk.venue.get('/glass/v1/backstop'));
    expect(Number(offer?.['takenThisHour'])).toBeCloseTo(sum(taken, 'quantity'), 9);
  });

  it('is paid by the account, and the fund too, as settlements of both tell', async () => {
    const received = await provider.ask<Fields[]>('settlementHistory', { source: 'BackstopLiquidation' });
    const paid = await victim.ask<Fields[]>('settlementHistory', { source: 'BackstopLiquidation' });
    expect(new Set(received.map(({ source }) => source))).toEqual(new Set(['BackstopProviderLiquidation']));
    const toProvider = paid.filter(({ source }) => source === 'BackstopProviderLiquidation');
    expect(sum(toProvider, 'quantity')).toBeCloseTo(-sum(received, 'quantity'), 6);
    const [report] = await victim.ask<{ totals: Fields; steps: Fields[] }[]>('ownLiquidations');
    expect(Number(report?.totals['providerFee'])).toBeCloseTo(sum(received, 'quantity'), 6);
    expect(Number(report?.totals['fundFee'])).toBeCloseTo(-sum(paid, 'quantity') - sum(received, 'quantity'), 6);
    expect(
      report?.steps.every(({ stage, slippage }) => stage === 'Backstop' && Math.abs(Number(slippage)) < 1e-6),
    ).toBe(true);
  });

  it('hears of it as of an order that fills, and of the position that it opens', async () => {
    const taken = await provider.ask<Fields[]>('fillHistory', { fillType: 'Backstop', sortDirection: 'Asc' });
    const fills = heard.dataOf('account.orderUpdate');
    expect(fills.map(({ O, e, X, l, n }) => [O, e, X, Number(l), n])).toEqual(
      taken.map(({ quantity, fee }) => ['BACKSTOP_LIQUIDITY_PROVIDER', 'orderFill', 'Filled', Number(quantity), fee]),
    );
    expect(heard.dataOf('account.positionUpdate')[0]).toMatchObject({ e: 'positionOpened', s: PERP });
  });
});

describe('who stands opposite', () => {
  let risk: RiskVenue;
  let long: Trader;
  let early: Trader;
  let late: Trader;
  let heard: StreamClient;

  beforeAll(async () => {
    risk = await RiskVenue.open();
    long = await risk.trader({ USDC: '2000' });
    early = await risk.trader({ USDC: '100000' });
    late = await risk.trader({ USDC: '100000' });
    await trade(long, early, '100000', '1');
    await trade(early, late, '97100', '1');
    heard = await StreamClient.connect(risk.venue.streamUrl);
    await heard.subscribeSignedAt(late.nowMs(), late.key, 'account.orderUpdate', 'account.positionUpdate');
  }, 30_000);
  afterAll(async () => {
    heard.close();
    await risk.close();
  });

  it('knows how near it is to giving way, by the rule that everyone sees', async () => {
    const reply = await risk.venue.get('/glass/v1/deleverage');
    const queues = fitting<{ symbol: string; policy: string; short: Fields; long: Fields }[]>(
      'deleverageQueues',
      reply,
    );
    const [own] = await late.ask<Fields[]>('deleverageIndicators');
    expect(own).toMatchObject({ symbol: PERP, lights: 5, policy: 'queue' });
    const btc = queues.find(({ symbol }) => symbol === PERP);
    expect(btc?.short).toEqual({ positions: 1, lightsFrom: Array(4).fill(own?.['score']) });
    expect(btc?.long).toMatchObject({ positions: 1 });
    expect(queues.find(({ symbol }) => symbol === 'ETH_USDC_PERP')).toMatchObject({
      long: { positions: 0, lightsFrom: [] },
    });
    expect(await early.ask('deleverageIndicators')).toEqual([]);
  });

  it('gives way at the price that pays the deficit, out of its profit', async () => {
    await risk.jump(97_000);
    await until(risk, async () => (await long.ask<Fields[]>('ownLiquidations')).some(({ reason }) => reason !== null));
    const [gave] = await late.ask<Fields[]>('fillHistory', { fillType: 'Adl' });
    expect(gave).toMatchObject({ side: 'Bid', systemOrderType: 'LiquidatePositionOnAdl', fee: '0', orderId: '0' });
    const [taken] = await late.ask<Fields[]>('settlementHistory', { source: 'BackstopLiquidation' });
    expect(taken).toMatchObject({ source: 'BackstopAdlLiquidation' });
    expect(Number(taken?.['quantity'])).toBeCloseTo(97_000 - Number(gave?.['price']), 2);
    expect(await late.ask('positions')).toEqual([]);
  });

  it('hears of it, and of what its position had earned when it was closed', async () => {
    const [gave] = await late.ask<Fields[]>('fillHistory', { fillType: 'Adl' });
    await heard.until(() => heard.dataOf('account.positionUpdate').some(({ e }) => e === 'positionClosed'));
    expect(heard.dataOf('account.orderUpdate')).toMatchObject([
      { O: 'ADL_AUTOCLOSE', S: 'Bid', r: true, i: '0', t: null },
    ]);
    const closed = heard.dataOf('account.positionUpdate').find(({ e }) => e === 'positionClosed');
    expect(Number(closed?.['p'])).toBeCloseTo(97_100 - Number(gave?.['price']), 2);
  });

  it('or the fund has not paid what is left: it is on record, with no name, and its owner’s', async () => {
    const [own] = await long.ask<Fields[]>('ownNegativeBalances');
    expect(own).toMatchObject({ symbol: 'USDC' });
    const reply = await risk.venue.get('/glass/v1/negativeBalances');
    expect(fitting('negativeBalances', reply)).toEqual([own]);
    expect(reply.text).not.toMatch(/accountId/);
    expect(await late.ask('ownNegativeBalances')).toEqual([]);
    const settled = await long.ask<Fields[]>('settlementHistory', {});
    const recorded = settled.find(({ source }) => source === 'SystemLiabilityTransfer');
    expect(recorded?.['quantity']).toBe(own?.['quantity']);
    const [report] = await long.ask<{ reason: string; totals: Fields; steps: Fields[] }[]>('ownLiquidations');
    expect(report?.reason).toBe('Bankrupt');
    expect(Number(report?.totals['unpaid'])).toBeCloseTo(Number(own?.['quantity']), 4);
    expect(report?.steps.map(({ stage }) => stage)).toEqual(expect.arrayContaining(['Deleverage', 'Recorded']));
  });

  it('statistics count who gave way and what was recorded', async () => {
    const statistics = fitting<{ sinceGenesis: { deleverage: Fields; taken: string; recorded: string } }>(
      'liquidationStatistics',
      await risk.venue.get('/glass/v1/liquidations/statistics'),
    );
    expect(statistics.sinceGenesis.deleverage['count']).toBe(1);
    expect(Number(statistics.sinceGenesis.taken)).toBeGreaterThan(0);
    expect(Number(statistics.sinceGenesis.recorded)).toBeGreaterThan(0);
  });

  it('a debt on record is paid when its owner says so, and at most what it is', async () => {
    const [own] = await long.ask<Fields[]>('ownNegativeBalances');
    const owed = Number(own?.['quantity']);
    const post = { accountId: long.accountId, symbol: 'USDC', quantity: '5000' };
    await risk.venue.get('/glass/v1/faucet', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(post),
    });
    await risk.pass(30);
    expect(await long.ask('ownNegativeBalances')).toEqual([own]);
    const accepted = await long.ask<Fields>('acceptNegativeBalance', { symbol: 'USDC', quantity: '100' });
    expect(accepted).toMatchObject({ symbol: 'USDC', paid: '100' });
    expect(Number(accepted['left'])).toBeCloseTo(owed - 100, 6);
    expect(await long.ask('acceptNegativeBalance', { symbol: 'USDC', quantity: '4000' })).toMatchObject({ left: '0' });
    expect(await risk.public('/glass/v1/negativeBalances')).toEqual([]);
    const refused = await long.send('acceptNegativeBalance', { symbol: 'USDC', quantity: '1' });
    expect([refused.status, refused.json()]).toMatchObject([404, { code: 'RESOURCE_NOT_FOUND' }]);
  });
});

describe('the answer of a command', () => {
  it('holds nothing of others, though time that passed with it took their orders away', async () => {
    const risk = await RiskVenue.open();
    const maker = await risk.trader({ USDC: '10000000' });
    const victim = await risk.trader({ USDC: '2000' });
    await trade(victim, maker, '100000', '1');
    const resting = await victim.ask<Fields>('placeOrder', perpOrder('Ask', '110000', '0.1'));
    await maker.ask('placeOrder', { ...perpOrder('Ask', '160', '1'), symbol: 'SOL_USDC_PERP' });
    await risk.jump(98_000);
    risk.venue.exchange.skewUs += 1_000_000;
    const cancelled = await maker.ask<Fields[]>('cancelAllOrders', { symbol: 'SOL_USDC_PERP' });
    const past = await victim.ask<Fields[]>('orderHistory', { orderId: String(resting['id']) });
    expect(past).toMatchObject([{ expiryReason: 'Liquidation' }]);
    expect(cancelled.map(({ symbol, price }) => [symbol, price])).toEqual([['SOL_USDC_PERP', '160']]);
    await risk.close();
  });
});
