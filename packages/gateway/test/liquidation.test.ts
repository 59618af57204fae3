// One account is liquidated on the book: what its owner, its counterparties and everyone else are told.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LiquidationScene, openScene, PERP, until } from './liquidation-venue.js';
import { perpOrder } from './risk-venue.js';
import { StreamClient } from './stream-client.js';
import { fitting, type Reply } from './venue.js';

type Fields = Readonly<Record<string, unknown>>;
type Step = Readonly<Record<string, string | null>> & { readonly before: Fields; readonly after: Fields };
type Report = Fields & { readonly steps: readonly Step[]; readonly atStart: Fields; readonly left: Fields };

let scene: LiquidationScene;
let everyone: StreamClient;
let owner: StreamClient;
let foreseen: number;
let whileLiquidating: { readonly account: Fields; readonly refusal: Reply };

const triggerOrder = {
  symbol: PERP,
  orderType: 'Limit',
  side: 'Ask',
  price: '97000',
  triggerPrice: '97500',
  triggerQuantity: '0.1',
  reduceOnly: true,
};

/** The account is looked at while it is being liquidated. */
async function liquidate({ risk, victim }: LiquidationScene): Promise<void> {
  const account = () => victim.ask<Fields>('account');
  const [position] = await victim.ask<Fields[]>('positions');
  foreseen = Number(position?.['estLiquidationPrice']);
  await risk.move({ BTC: '98650' }, 7);
  await risk.move({ BTC: '98400' }, 1);
  await until(risk, async () => (await account())['liquidating'] === true);
  const refusal = await victim.send('placeOrder', perpOrder('Ask', '99000', '0.01'));
  whileLiquidating = { account: await account(), refusal };
  await until(risk, async () => (await account())['liquidating'] === false);
}

beforeAll(async () => {
  scene = await openScene();
  const { risk, victim } = scene;
  everyone = await StreamClient.connect(risk.venue.streamUrl);
  owner = await StreamClient.connect(risk.venue.streamUrl);
  await everyone.subscribe('liquidation', `liquidation.${PERP}`, 'glass.liquidations', 'glass.liquidationStatistics');
  const own = ['account.liquidation', 'account.orderUpdate', 'account.positionUpdate'];
  await owner.subscribeSignedAt(victim.nowMs(), victim.key, ...own);
  await victim.ask('placeOrder', perpOrder('Ask', '110000', '0.1'));
  await victim.ask('placeOrder', triggerOrder);
  await liquidate(scene);
}, 60_000);
afterAll(async () => {
  everyone.close();
  owner.close();
  await scene.risk.close();
});

describe('an account in liquidation', () => {
  it('says so, and takes no orders of its owner', () => {
    expect(whileLiquidating.account).toMatchObject({ liquidating: true, limitOrders: 0, triggerOrders: 0 });
    expect([whileLiquidating.refusal.status, whileLiquidating.refusal.json()]).toEqual([
      400,
      expect.objectContaining({ code: 'ACCOUNT_LIQUIDATING', details: { accountId: scene.victim.accountId } }),
    ]);
  });

  it('was liquidated where its position had said', async () => {
    const { risk, victim } = scene;
    const [report] = await victim.ask<Report[]>('ownLiquidations');
    const cap = 0.0025;
    const markAtStart = Number(report?.steps[0]?.['markPrice']);
    expect(markAtStart).toBeLessThanOrEqual(foreseen);
    expect(markAtStart).toBeGreaterThan(foreseen * (1 - cap) ** 2);
    expect(Number(report?.atStart['maintenanceRatio'])).toBeGreaterThanOrEqual(1);
    expect(Number(report?.atStart['maintenanceRatioAtIndex'])).toBeGreaterThanOrEqual(1);
    const margin = await victim.ask<Fields>('margin');
    expect(Math.min(Number(margin['maintenanceRatio']), Number(margin['maintenanceRatioAtIndex']))).toBeLessThan(1);
    const [position] = await victim.ask<Fields[]>('positions');
    const [mark] = await risk.public<Fields[]>(`/api/v1/markPrices?symbol=${PERP}`);
    expect(Number(position?.['estLiquidationPrice'])).toBeLessThan(Number(mark?.['markPrice']));
  });
});

describe('its orders', () => {
  it('were taken away for that reason', async () => {
    const orders = await scene.victim.ask<Fields[]>('orderHistory');
    const own = orders.filter(({ systemOrderType, price }) => systemOrderType === null && price !== '100000');
    expect(own.map(({ status, expiryReason }) => [status, expiryReason])).toEqual([
      ['Cancelled', 'Liquidation'],
      ['Cancelled', 'Liquidation'],
    ]);
    const gone = owner.dataOf('account.orderUpdate').filter(({ e }) => e === 'orderCancelled');
    expect(gone.map(({ R, O }) => [R, O])).toEqual([
      ['Liquidation', 'USER'],
      ['Liquidation', 'USER'],
    ]);
  });

  it('by the exchange are told apart in history and on the stream, and so are their fees', async () => {
    const { victim, maker } = scene;
    const fills = await victim.ask<Fields[]>('fillHistory', { fillType: 'BookLiquidation' });
    expect(fills.length).toBeGreaterThan(0);
    for (const fill of fills) expect(fill).toMatchObject({ systemOrderType: 'LiquidatePositionOnBook', side: 'Ask' });
    const closing = owner.dataOf('account.orderUpdate').filter(({ O }) => O === 'LIQUIDATION_AUTOCLOSE');
    expect(closing.filter(({ e }) => e === 'orderFill')).toHaveLength(fills.length);
    expect(closing.every(({ r, f }) => r === true && f === 'IOC')).toBe(true);
    expect(await victim.ask('fillHistory', { fillType: 'AllLiquidation' })).toEqual(fills);
    expect(await victim.ask('fillHistory', { fillType: 'Adl' })).toEqual([]);
    expect(await victim.ask('fillHistory', { fillType: 'CollateralConversionAndSpotLiquidation' })).toEqual([]);
    expect(await maker.ask('fillHistory', { fillType: 'BookLiquidation' })).toEqual([]);
    const system = await victim.ask<Fields[]>('settlementHistory', { source: 'TradingFeesSystem' });
    expect(system).toHaveLength(fills.length);
    const toFund = await victim.ask<Fields[]>('settlementHistory', { source: 'BackstopLiquidation' });
    expect(toFund.every(({ source }) => source === 'BackstopLiquidityFundProceeds')).toBe(true);
  });

  it('leave no trace in candles, but are trades', async () => {
    const fills = await scene.victim.ask<Fields[]>('fillHistory', { fillType: 'BookLiquidation' });
    const trades = await scene.risk.public<Fields[]>(`/api/v1/trades?symbol=${PERP}`);
    const ids = trades.map(({ id }) => id);
    for (const { tradeId } of fills) expect(ids).toContain(tradeId);
    const startTime = Math.floor(scene.victim.nowMs() / 1000) - 3600;
    const candles = await scene.risk.public<Fields[]>(
      `/api/v1/klines?symbol=${PERP}&interval=1h&startTime=${startTime}`,
    );
    expect(candles.reduce((sum, { trades: count }) => sum + Number(count), 0)).toBe(trades.length - fills.length);
    expect(candles.some(({ low }) => low !== null && Number(low) < 100_000)).toBe(false);
  });
});

describe('a liquidation report', () => {
  it('tells the owner in full: why, each step against the mark, its fees, what was left', async () => {
    const { victim } = scene;
    const [report, ...others] = await victim.ask<Report[]>('ownLiquidations');
    expect(others).toEqual([]);
    expect(report).toMatchObject({ accountId: victim.accountId, reason: 'Recovered', stepsLeftOut: 0 });
    const steps = report?.steps ?? [];
    expect(steps.length).toBeGreaterThan(0);
    for (const step of steps) {
      expect(step).toMatchObject({ stage: 'Book', symbol: PERP, side: 'Ask', policy: null, taken: '0' });
      const slippage = 1 - Number(step['price']) / Number(step['markPrice']);
      expect(Number(step['slippage'])).toBeCloseTo(slippage, 7);
      expect(Number(step['fundFee'])).toBeLessThanOrEqual(Number(step['notional']) * 0.01);
      expect(Number(step.after['maintenanceRatio'])).toBeLessThanOrEqual(
        Number(step.before['maintenanceRatio']) + 1e-6,
      );
    }
    const left = (name: string): number => Number(report?.left[name]);
    const beyond = [
      left('netEquity') - left('maintenanceMargin'),
      left('netEquityAtIndex') - left('maintenanceMarginAtIndex'),
    ];
    expect(Math.max(...beyond)).toBeGreaterThan(0);
    const booked = steps.reduce((sum, { notional }) => sum + Number(notional), 0);
    const { book } = (report?.['totals'] ?? {}) as Fields;
    expect(Number(book)).toBeCloseTo(booked, 5);
  });

  it('tells everyone the same without a name and without equity', async () => {
    const { risk, victim } = scene;
    const reply = await risk.venue.get('/glass/v1/liquidations');
    const all = fitting<Report[]>('liquidations', reply);
    const [own] = await victim.ask<Report[]>('ownLiquidations');
    const same = all.find(({ liquidationId }) => liquidationId === own?.['liquidationId']);
    expect(same?.steps.map(({ price, quantity }) => [price, quantity])).toEqual(
      own?.steps.map(({ price, quantity }) => [price, quantity]),
    );
    expect(reply.text).not.toMatch(/accountId|netEquity/);
    expect(Number(reply.headers.get('x-total'))).toBe(all.length);
    const oldest = fitting<Report[]>(
      'liquidations',
      await risk.venue.get('/glass/v1/liquidations?sortDirection=Asc&limit=1'),
    );
    expect(oldest.map(({ liquidationId }) => liquidationId)).toEqual([1]);
  });

  it('of others is nobody’s', async () => {
    expect(await scene.maker.ask('ownLiquidations')).toEqual([]);
  });
});

describe('statistics', () => {
  it('say which stage did how much, since genesis and by day', async () => {
    type Period = { book: Fields; backstop: Fields; deleverage: Fields; liquidations: number };
    type Statistics = { sinceGenesis: Period; days: (Period & { date: string })[]; fund: Fields; liquidating: number };
    const reply = await scene.risk.venue.get('/glass/v1/liquidations/statistics');
    const statistics = fitting<Statistics>('liquidationStatistics', reply);
    expect(statistics.sinceGenesis.liquidations).toBeGreaterThan(0);
    expect(statistics.sinceGenesis.book).toMatchObject({ shareByCount: '1', shareByNotional: '1' });
    expect(statistics.sinceGenesis.backstop).toEqual({
      count: 0,
      notional: '0',
      shareByCount: '0',
      shareByNotional: '0',
    });
    expect(statistics.days.reduce((sum, { liquidations }) => sum + liquidations, 0)).toBe(
      statistics.sinceGenesis.liquidations,
    );
    expect(statistics.days[0]?.date).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(statistics.fund['symbol']).toBe('USDC');
    expect(Number(statistics.fund['quantity'])).toBeGreaterThanOrEqual(0);
  });
});

describe('streams', () => {
  it('show everyone each part that is liquidated, with its mean price', async () => {
    const [own] = await scene.victim.ask<Report[]>('ownLiquidations');
    const frames = everyone.dataOf('liquidation');
    expect(frames.slice(0, own?.steps.length).map(({ s, S, p }) => [s, S, Number(p)])).toEqual(
      own?.steps.map(({ symbol, side, price }) => [symbol, side, Number(price)]),
    );
    expect(everyone.dataOf(`liquidation.${PERP}`)).toEqual(frames);
  });

  it('tell the owner from beginning to end, with its equity, and everyone the same without', async () => {
    const [own] = await scene.victim.ask<Report[]>('ownLiquidations');
    const count = (own?.steps.length ?? 0) + 2;
    const told = owner.dataOf('account.liquidation').filter(({ e }) => e !== 'marginWarning');
    const middle = told.slice(1, -1);
    expect(told[0]).toMatchObject({ e: 'liquidationStarted', netEquity: own?.atStart['netEquity'] });
    expect(middle.every(({ e, stage }) => e === 'liquidationStep' && stage === 'Book')).toBe(true);
    expect(told.at(-1)).toMatchObject({ e: 'liquidationEnded', reason: 'Recovered' });
    expect(told).toHaveLength(count);
    const all = everyone.dataOf('glass.liquidations').slice(0, count);
    expect(all.map(({ e, price }) => [e, price])).toEqual(told.map(({ e, price }) => [e, price]));
    for (const frame of all) expect(Object.keys(frame)).not.toContain('netEquity');
  });

  it('give the frames of a liquidation the number of its report, and no account', async () => {
    const [own] = await scene.victim.ask<Report[]>('ownLiquidations');
    const ofReport = everyone
      .dataOf('glass.liquidations')
      .filter(({ liquidationId }) => liquidationId === own?.['liquidationId']);
    expect(ofReport.map(({ e }) => e)).toEqual([
      'liquidationStarted',
      ...(own?.steps ?? []).map(() => 'liquidationStep'),
      'liquidationEnded',
    ]);
    for (const frame of ofReport) expect(Object.keys(frame)).not.toContain('accountId');
    const told = owner.dataOf('account.liquidation').filter(({ e }) => e !== 'marginWarning');
    expect(new Set(told.map(({ liquidationId }) => liquidationId))).toEqual(new Set([own?.['liquidationId']]));
  });

  it('warn the owner, and nobody else, as the margin ratio comes to 80, 90 and 95 %', () => {
    const told = owner.dataOf('account.liquidation');
    const warnings = told.slice(
      0,
      told.findIndex(({ e }) => e === 'liquidationStarted'),
    );
    const levels = warnings.map(({ level }) => Number(level));
    expect(levels.length).toBeGreaterThan(0);
    expect(levels).toEqual(levels.toSorted((a, b) => a - b));
    for (const { e, level, maintenanceRatio } of warnings) {
      expect([e, Number(maintenanceRatio) >= Number(level)]).toEqual(['marginWarning', true]);
    }
    expect(everyone.dataOf('glass.liquidations').some(({ e }) => e === 'marginWarning')).toBe(false);
  });

  it('tell the position as it shrinks', () => {
    const sizes = owner.dataOf('account.positionUpdate').map(({ q }) => Number(q));
    expect(sizes.length).toBeGreaterThan(1);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  });

  it('tell how statistics stand to who begins to listen, and again when they have changed', async () => {
    const frames = () => everyone.dataOf('glass.liquidationStatistics');
    await everyone.until(() => frames().length > 1);
    const started = frames().map(({ sinceGenesis }) => (sinceGenesis as Fields)['liquidations']);
    expect(started[0]).toBe(0);
    expect(Number(started.at(-1))).toBeGreaterThan(0);
    expect(frames()[0]).toMatchObject({ today: null, fund: { symbol: 'USDC' } });
  });

  it.each(['liquidation.DOGE_USDC', 'glass.liquidations.BTC_USDC', 'liquidations'])('%s is none', async (name) => {
    const client = await StreamClient.connect(scene.risk.venue.streamUrl);
    client.send({ method: 'SUBSCRIBE', params: [name] });
    await client.until(() => client.errors().length === 1);
    expect(client.errors()).toMatchObject([{ code: 4006 }]);
    client.close();
  });
});
