import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openVenue, type Trader, type Venue } from './venue.js';

let venue: Venue;
let trader: Trader;

beforeAll(async () => {
  venue = await openVenue();
  const maker = await venue.trader({ USDC: '100000', SOL: '1000' });
  trader = await venue.trader({ USDC: '1000', SOL: '5' });
  const resting = { symbol: 'SOL_USDC', orderType: 'Limit', quantity: '20' } as const;
  await maker.ask('placeOrder', { ...resting, side: 'Bid', price: '99' });
  await maker.ask('placeOrder', { ...resting, side: 'Ask', price: '101' });
});
afterAll(() => venue.close());

const order = fc.record(
  {
    symbol: fc.constantFrom('SOL_USDC', 'SOL_USDC', 'SOL_USDC', 'NO_SUCH'),
    side: fc.constantFrom('Bid', 'Ask'),
    orderType: fc.constantFrom('Limit', 'Limit', 'Market'),
    price: fc.constantFrom('98', '100', '102', '100.001', '500'),
    quantity: fc.constantFrom('1', '4', '8', '0.001', '100'),
    quoteQuantity: fc.constantFrom('10', '100000'),
    postOnly: fc.boolean(),
    reduceOnly: fc.boolean(),
    timeInForce: fc.constantFrom('GTC', 'IOC', 'FOK'),
    triggerPrice: fc.constantFrom('90', '110'),
    triggerQuantity: fc.constantFrom('1', '50%'),
    autoBorrow: fc.boolean(),
  },
  { requiredKeys: ['symbol', 'side', 'orderType'] },
);

it('a tried order is refused exactly as placing it is, with the same numbers, and nothing comes of it', async () => {
  await fc.assert(
    fc.asyncProperty(order, async (tried) => {
      const before = venue.exchange.state.nextSeq;
      const trial = await trader.send('testOrder', tried);
      expect(venue.exchange.state.nextSeq).toBe(before);
      const placed = await trader.send('placeOrder', tried);
      await trader.send('cancelAllOrders', { symbol: 'SOL_USDC' });
      if (placed.status === 200) expect([trial.status, trial.text]).toEqual([200, '{"accepted":true}']);
      else expect([trial.status, trial.text]).toEqual([placed.status, placed.text]);
    }),
    { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 150) },
  );
});

it('a trial leaves no trace in the state', async () => {
  const { snapshot } = await import('@glasshouse/core');
  const bytes = () => Buffer.concat(snapshot(venue.exchange.state).map((section) => section.bytes));
  const before = bytes();
  const good = { symbol: 'SOL_USDC', side: 'Bid', orderType: 'Limit', price: '98', quantity: '1' } as const;
  await trader.ask('testOrder', good);
  await trader.send('testOrder', { ...good, quantity: '1000' });
  await trader.send('testOrder', { ...good, quantity: undefined, triggerPrice: '90', triggerQuantity: '1' });
  expect(bytes().equals(before)).toBe(true);
});
