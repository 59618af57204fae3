// Perpetuals from outside: what they publish, positions, margin, limits, funding and settlement.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PERP, perpOrder, RiskVenue } from './risk-venue.js';
import { StreamClient } from './stream-client.js';
import { fitting, type Trader } from './venue.js';

type Fields = Readonly<Record<string, unknown>>;

let risk: RiskVenue;
let long: Trader;
let short: Trader;

beforeAll(async () => {
  risk = await RiskVenue.open();
  long = await risk.trader({ USDC: '40000' });
  short = await risk.trader({ USDC: '100000', BTC: '1' });
  await short.ask('placeOrder', perpOrder('Ask', '100000', '1.5'));
  await long.ask('placeOrder', perpOrder('Bid', '100000', '1.5'));
});
afterAll(() => risk.close());

describe('a perpetual', () => {
  it('is a market with its margin functions, funding and bands', async () => {
    const markets = await risk.public<Fields[]>('/api/v1/markets?marketType=PERP');
    expect(markets.map(({ symbol }) => symbol)).toEqual([
      'BTC_USDC_PERP',
      'ETH_USDC_PERP',
      'SOL_USDC_PERP',
      'kBONK_USDC_PERP',
    ]);
    expect(markets[0]).toMatchObject({
      marketType: 'PERP',
      imfFunction: { base: '0.01333333', factor: '0.00002494', type: 'sqrt' },
      mmfFunction: { base: '0.00666667', factor: '0.00001496', type: 'sqrt' },
      fundingInterval: 3_600_000,
      fundingRateLowerBound: '-150',
      fundingRateUpperBound: '150',
      openInterestLimit: '4000',
      filters: {
        price: {
          meanMarkPriceBand: { minMultiplier: '0.925', maxMultiplier: '1.075' },
          meanPremiumBand: { tolerancePct: '0.05' },
          maxPriceUpdateMultiplier: '1.0025',
          minPriceUpdateMultiplier: '0.9975',
        },
      },
    });
    const { filters } = markets[0] as { filters: { price: Fields } };
    for (const part of [markets[0] ?? {}, filters.price]) expect(Object.keys(part)).toEqual(Object.keys(part).sort());
  });

  it('has a mark, an index, a next funding, and an open interest in base units', async () => {
    const [mark] = await risk.public<Fields[]>(`/api/v1/markPrices?symbol=${PERP}`);
    expect(mark).toMatchObject({ symbol: PERP, indexPrice: '100000' });
    expect(Number(mark?.['markPrice'])).toBeCloseTo(100_000, -2);
    expect(Number(mark?.['nextFundingTimestamp']) % 3_600_000).toBe(0);
    expect(await risk.public(`/api/v1/openInterest?symbol=${PERP}`)).toMatchObject([
      { symbol: PERP, openInterest: '1.5' },
    ]);
    expect(await risk.public<Fields[]>('/api/v1/markPrices')).toHaveLength(4);
    expect(await risk.public<Fields[]>('/api/v1/openInterest')).toHaveLength(4);
    const spot = await risk.public<Fields[]>('/api/v1/markPrices?marketType=SPOT');
    expect(spot).toContainEqual(expect.objectContaining({ symbol: 'SOL_USDC', markPrice: '150', fundingRate: null }));
  });
});

describe('the parameters', () => {
  it('tell the fees of futures and what holds for all markets', async () => {
    const parameters = fitting<Fields>('parameters', await risk.venue.get('/glass/v1/parameters'));
    expect(parameters).toMatchObject({ risk: { settlementIntervalMs: 10_000, fundingIntervalMs: 3_600_000 } });
    expect(parameters['spotFeeTiers']).toContainEqual(
      expect.objectContaining({ perpMakerPpm: 200, perpTakerPpm: 500 }),
    );
  });
});

describe('a position', () => {
  it('shows size, entry, margin fractions and where it would be liquidated', async () => {
    const [position, ...others] = await long.ask<Fields[]>('positions');
    expect(others).toEqual([]);
    expect(position).toMatchObject({
      symbol: PERP,
      netQuantity: '1.5',
      netExposureQuantity: '1.5',
      entryPrice: '100000',
      netCost: '150000',
      imf: '0.01333333',
      mmf: '0.00666667',
      pnlRealized: '0',
      userId: long.accountId,
      subaccountId: null,
    });
    const liquidation = Number(position?.['estLiquidationPrice']);
    expect(liquidation).toBeGreaterThan(73_000);
    expect(liquidation).toBeLessThan(75_000);
  });

  it('of the other side is negative', async () => {
    const [position] = await short.ask<Fields[]>('positions', { symbol: PERP });
    expect(position).toMatchObject({ netQuantity: '-1.5', netCost: '-150000', netExposureQuantity: '1.5' });
    expect(await short.ask('positions', { symbol: 'SOL_USDC_PERP' })).toEqual([]);
    expect(await short.ask('positions', { marketType: 'SPOT' })).toEqual([]);
  });

  it('is a fill with its fee, found among those of futures only', async () => {
    const fills = await long.ask<Fields[]>('fillHistory', { marketType: 'PERP' });
    expect(fills).toMatchObject([{ symbol: PERP, fee: '75', feeSymbol: 'USDC', quantity: '1.5', isMaker: false }]);
    expect(await long.ask('fillHistory', { marketType: 'SPOT' })).toEqual([]);
  });
});

describe('margin', () => {
  it('is explained term by term, and the terms add up', async () => {
    type Market = { symbol: string; initialMargin: string; initialFraction: Fields; liquidationPrice: string | null };
    type Answer = Readonly<Record<string, string>> & { markets: Market[]; assets: Fields[] };
    const margin = await long.ask<Answer>('margin');
    const [market] = margin.markets;
    expect(market).toMatchObject({ symbol: PERP, initialFraction: { base: '0.01333333', fraction: '0.01333333' } });
    expect(Number(margin['initialMargin'])).toBeCloseTo(Number(market?.initialMargin), 6);
    const equity = Number(margin['collateral']) + Number(margin['pnlUnrealized']) + Number(margin['unsettled']);
    expect(Number(margin['netEquity'])).toBeCloseTo(equity - Number(margin['borrowLiability']), 4);
    expect(margin.assets).toMatchObject([{ symbol: 'USDC', collateralWeight: '1', borrowed: '0' }]);
    expect(market?.liquidationPrice).toMatch(/^7[34]\d{3}(\.\d)?$/);
  });

  it('is summed up with its collateral, each asset with its weight', async () => {
    const summary = await short.ask<Fields & { collateral: Fields[] }>('collateral');
    expect(summary).toMatchObject({ borrowLiability: '0', liabilitiesValue: '0' });
    expect(summary.collateral).toContainEqual(
      expect.objectContaining({
        symbol: 'BTC',
        totalQuantity: '1',
        collateralWeight: '0.95',
        assetMarkPrice: '100000',
      }),
    );
    expect(Number(summary['netExposureFutures'])).toBeCloseTo(150_000, -3);
    expect(Number(summary['netEquityAvailable']) + Number(summary['netEquityLocked'])).toBeCloseTo(
      Number(summary['netEquity']),
      4,
    );
  });

  it('of an account with nothing is all zeros and no fraction', async () => {
    const nobody = await risk.trader({});
    expect(await nobody.ask('collateral')).toMatchObject({ netEquity: '0', marginFraction: null, collateral: [] });
    expect(await nobody.ask('margin')).toMatchObject({ initialRatio: null, assets: [], markets: [] });
  });

  it('has public parameters', async () => {
    const parameters = await risk.public<Fields[]>('/api/v1/collateral');
    expect(parameters.find(({ symbol }) => symbol === 'SOL')).toEqual({
      haircutFunction: { kind: { base: '1.1', positiveCurvePenalty: '0.0002', type: 'inverseSqrt' }, weight: '0.9' },
      imfFunction: { base: '0.2', factor: '0', type: 'sqrt' },
      mmfFunction: { base: '0.1', factor: '0', type: 'sqrt' },
      symbol: 'SOL',
    });
    expect(parameters.find(({ symbol }) => symbol === 'USDC')).toMatchObject({
      haircutFunction: { kind: { type: 'identity' }, weight: '1' },
    });
  });
});

describe('the largest order', () => {
  it('is taken, and one step more is refused', async () => {
    const trader = await risk.trader({ USDC: '10000' });
    const asked = { symbol: PERP, side: 'Bid', price: '99000' };
    const { maxOrderQuantity } = await trader.ask<{ maxOrderQuantity: string }>('maxOrderQuantity', asked);
    expect(Number(maxOrderQuantity)).toBeGreaterThan(5);
    const more = (Number(maxOrderQuantity) + 0.00001).toFixed(5);
    const refused = await trader.send('placeOrder', perpOrder('Bid', '99000', more));
    expect([refused.status, refused.json()]).toMatchObject([400, { code: 'INSUFFICIENT_MARGIN' }]);
    expect(await trader.ask('placeOrder', perpOrder('Bid', '99000', maxOrderQuantity))).toMatchObject({
      status: 'New',
    });
    await trader.ask('cancelAllOrders', { symbol: PERP });
  });

  it('of a reduce-only side is the position', async () => {
    const limit = { symbol: PERP, side: 'Ask', reduceOnly: true, price: '100000' };
    expect(await long.ask('maxOrderQuantity', limit)).toMatchObject({ maxOrderQuantity: '1.5', reduceOnly: true });
    expect(await long.ask('maxOrderQuantity', { ...limit, side: 'Bid' })).toMatchObject({ maxOrderQuantity: '0' });
    const reply = await long.send('maxOrderQuantity', { ...limit, price: '100000.05' });
    expect([reply.status, reply.json()]).toMatchObject([400, { code: 'INVALID_PRICE' }]);
  });

  it('of spot is what the money buys, fee included', async () => {
    const trader = await risk.trader({ USDC: '1001' });
    const asked = { symbol: 'SOL_USDC', side: 'Bid', price: '100' };
    expect(await trader.ask('maxOrderQuantity', asked)).toMatchObject({ maxOrderQuantity: '9.99' });
  });

  it('and the largest withdrawal leave the margin of what is open', async () => {
    type Most = { maxWithdrawalQuantity: string };
    const { maxWithdrawalQuantity } = await long.ask<Most>('maxWithdrawalQuantity', { symbol: 'USDC' });
    expect(Number(maxWithdrawalQuantity)).toBeGreaterThan(30_000);
    expect(Number(maxWithdrawalQuantity)).toBeLessThan(38_100);
  });
});

describe('an account', () => {
  it('tells its switches, futures fees and limits', async () => {
    const account = await long.ask<Fields>('account');
    expect(account).toMatchObject({
      autoRealizePnl: true,
      futuresMakerFee: '2',
      futuresTakerFee: '5',
      leverageLimit: '100',
      limitOrders: 0,
      triggerOrders: 0,
    });
    expect(Number(account['positionLimit'])).toBeGreaterThan(400_000_000);
    expect(Number(account['borrowLimit'])).toBeGreaterThan(2_000_000_000);
  });

  it('turns realising of profit and its leverage limit', async () => {
    const trader = await risk.trader({ USDC: '10' });
    expect((await trader.send('updateAccount', { autoRealizePnl: false, leverageLimit: '5' })).status).toBe(200);
    expect(await trader.ask('account')).toMatchObject({ autoRealizePnl: false, leverageLimit: '5' });
  });
});

describe('settlement and funding', () => {
  it('come as rows of history: profit every ten seconds, funding on the hour, the fee of the fill', async () => {
    await risk.move({ BTC: '100200' }, 12);
    const settled = await long.ask<Fields[]>('settlementHistory', { source: 'RealizePnl' });
    expect(settled.length).toBeGreaterThan(0);
    expect(settled[0]).toMatchObject({ source: 'RealizePnl', userId: long.accountId, positionId: expect.any(String) });
    expect(await long.ask('settlementHistory', { source: 'TradingFees' })).toMatchObject([{ quantity: '-75' }]);
    await risk.pass(3_600);
    await risk.pass(2);
    const [payment] = await long.ask<Fields[]>('fundingHistory', { symbol: PERP });
    const [received] = await short.ask<Fields[]>('fundingHistory', { symbol: PERP });
    expect(payment).toMatchObject({ symbol: PERP, userId: long.accountId });
    expect(Number(payment?.['quantity'])).toBeLessThanOrEqual(0);
    expect(Number(received?.['quantity'])).toBeGreaterThanOrEqual(0);
    const [rate] = await risk.public<Fields[]>(`/api/v1/fundingRates?symbol=${PERP}&limit=1`);
    expect(rate).toMatchObject({ symbol: PERP, fundingRate: payment?.['fundingRate'] });
    expect(String(rate?.['intervalEndTimestamp'])).toMatch(/T\d\d:00:00$/);
    const funding = await long.ask<Fields[]>('settlementHistory', { source: 'FundingPayment' });
    expect(funding[0]).toMatchObject({ quantity: payment?.['quantity'] });
  });
});

describe('the past of positions', () => {
  it('has one that is open as it stands, with what became of it so far', async () => {
    const [row, ...others] = await long.ask<Fields[]>('positionHistory');
    const [position] = await long.ask<Fields[]>('positions');
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      id: position?.['positionId'],
      state: 'Open',
      symbol: PERP,
      netQuantity: '1.5',
      netCost: position?.['netCost'],
      entryPrice: position?.['entryPrice'],
      imf: position?.['imf'],
      netExposureNotional: position?.['netExposureNotional'],
      cumulativePnlRealized: position?.['pnlRealized'],
      fundingQuantity: position?.['cumulativeFundingPayment'],
      fees: '75',
      liquidationFees: '0',
      closedVolume: '0',
      closingPrice: null,
      closedAt: null,
      accountLeverage: '100',
    });
    const settled = await long.ask<Fields[]>('settlementHistory');
    expect(new Set(settled.map(({ positionId }) => positionId))).toEqual(new Set([row?.['id']]));
  });

  it('has one that is closed with the prices at which it was opened and closed', async () => {
    const trader = await risk.trader({ USDC: '100000' });
    await trader.ask('placeOrder', perpOrder('Bid', '100000', '0.2'));
    await short.ask('placeOrder', perpOrder('Ask', '100000', '0.2'));
    await short.ask('placeOrder', perpOrder('Bid', '99900', '0.3'));
    await trader.ask('placeOrder', perpOrder('Ask', '99900', '0.3'));
    const [turned, closed] = await trader.ask<Fields[]>('positionHistory', { symbol: PERP });
    expect(closed).toMatchObject({
      state: 'Closed',
      netQuantity: '0',
      entryPrice: '100000',
      closingPrice: '99900',
      closedVolume: '0.2',
      liquidated: '0',
      cumulativePnlRealized: '-20',
      unrealizedPnl: '0',
      accountLeverage: null,
    });
    expect(turned).toMatchObject({
      state: 'Open',
      netQuantity: '-0.1',
      entryPrice: '99900',
      openedAt: closed?.['closedAt'],
    });
    expect(turned?.['id']).not.toBe(closed?.['id']);
    expect(await trader.ask('positionHistory', { state: 'Closed' })).toEqual([closed]);
    expect(await trader.ask('positionHistory', { state: 'Open', limit: 1, offset: 1 })).toEqual([]);
    expect(await trader.ask('positionHistory', { marketType: 'SPOT' })).toEqual([]);
    expect(await trader.ask<Fields[]>('positionHistory', { sortDirection: 'Asc' })).toMatchObject([
      closed,
      { id: turned?.['id'] },
    ]);
  });
});

describe('collateral that is sold for a loss', () => {
  it('is an order of the exchange: on the stream, in the history of orders and among the fills', async () => {
    await risk.pass(1);
    const trader = await risk.trader({ BTC: '1' });
    await trader.ask('updateAccount', { autoBorrowSettlements: false });
    const client = await StreamClient.connect(risk.venue.streamUrl);
    await client.subscribeSignedAt(trader.nowMs(), trader.key, 'account.orderUpdate.BTC_USDC');
    const [mark] = await risk.public<Fields[]>(`/api/v1/markPrices?symbol=${PERP}`);
    const price = String(Math.floor(Number(mark?.['markPrice'])));
    await short.ask('placeOrder', perpOrder('Bid', price, '0.1', { symbol: 'BTC_USDC' }));
    await short.ask('placeOrder', perpOrder('Ask', price, '0.5'));
    await trader.ask('placeOrder', perpOrder('Bid', price, '0.5'));
    await risk.move({}, 12);
    const [fill] = await trader.ask<Fields[]>('fillHistory', { fillType: 'CollateralConversion' });
    expect(fill).toMatchObject({ symbol: 'BTC_USDC', side: 'Ask', systemOrderType: 'CollateralConversion' });
    const own = await trader.ask<Fields[]>('fillHistory', { fillType: 'User' });
    expect(own.map(({ symbol }) => symbol)).toEqual([PERP]);
    expect(await trader.ask('fillHistory', { fillType: 'Adl' })).toEqual([]);
    const [order] = await trader.ask<Fields[]>('orderHistory', { symbol: 'BTC_USDC' });
    expect(order).toMatchObject({ id: fill?.['orderId'], systemOrderType: 'CollateralConversion' });
    await client.until(() => client.frames.length > 0);
    const [update] = client.dataOf('account.orderUpdate.BTC_USDC');
    expect(update).toMatchObject({ i: fill?.['orderId'], O: 'COLLATERAL_CONVERSION' });
    client.close();
  });
});
