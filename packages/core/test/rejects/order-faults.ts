// Everything for which an order can be refused.
import { REGISTRAR_KEY } from '@glasshouse/testkit';
import type { Family, Fault, Situation } from './situation.js';

const setting =
  (changed: Readonly<Record<string, string | number>>) =>
  ({ parameters }: Situation): void => {
    Object.assign(parameters, changed);
  };

const without =
  (name: string) =>
  ({ parameters }: Situation): void => {
    delete parameters[name];
  };

const WHO_AND_WHEN: readonly Fault[] = [
  {
    reason: 'keyUnknown',
    touches: ['key'],
    details: { keyId: 999 },
    spoil: (situation) => {
      situation.keyId = 999;
    },
  },
  {
    reason: 'keyRevoked',
    touches: ['key'],
    details: { keyId: 8 },
    spoil: (situation) => {
      situation.keyId = situation.addKey('old');
      const { publicKey } = situation.venue.state.keys;
      situation.venue.command(situation.alice, 'glassKeyRevoke', { publicKey: publicKey[situation.keyId] ?? '' });
    },
  },
  {
    reason: 'malformedCommand',
    touches: ['side'],
    details: { field: 'side', problem: 'invalid value' },
    spoil: setting({ side: 'Left' }),
  },
  {
    reason: 'requestExpired',
    touches: ['time'],
    details: { timestamp: 1_699_999_939_999, window: 60_000, now: 1_700_000_000_000 },
    spoil: (situation) => {
      situation.offsetMs = -60_001;
    },
  },
  {
    reason: 'requestFromFuture',
    touches: ['time'],
    details: { timestamp: 1_700_000_005_001, now: 1_700_000_000_000, tolerance: 5000 },
    spoil: (situation) => {
      situation.offsetMs = 5001;
    },
  },
  {
    reason: 'requestReplayed',
    touches: [],
    details: { timestamp: 1_700_000_000_000 },
    spoil: (situation) => {
      situation.repeated = true;
    },
  },
  {
    reason: 'roleNotAllowed',
    touches: ['key'],
    details: { command: 'placeOrders' },
    spoil: (situation) => {
      situation.keyId = situation.venue.keyId(REGISTRAR_KEY);
    },
  },
  {
    reason: 'permissionMissing',
    touches: ['key'],
    details: { command: 'placeOrders' },
    spoil: (situation) => {
      situation.keyId = situation.addKey('reader', 'read');
    },
  },
  {
    reason: 'accountIsOperators',
    touches: [],
    details: { accountId: 1 },
    spoil: ({ venue }) => venue.decide({ kind: 'markOperatorCustomer', customerId: 1 }),
  },
];

const MARKET: readonly Fault[] = [
  {
    reason: 'marketUnknown',
    touches: ['symbol'],
    details: { symbol: 'SOL_GOLD' },
    spoil: setting({ symbol: 'SOL_GOLD' }),
  },
  {
    reason: 'marketClosed',
    touches: ['state'],
    details: { symbol: 'SOL_USDC' },
    spoil: ({ venue, lastly }) => lastly.push(() => venue.setMarketState('Closed')),
  },
  {
    reason: 'marketCancelOnly',
    touches: ['state'],
    details: { symbol: 'SOL_USDC' },
    spoil: ({ venue, lastly }) => lastly.push(() => venue.setMarketState('CancelOnly')),
  },
  {
    reason: 'marketLimitOnly',
    touches: ['state', 'price'],
    details: { symbol: 'SOL_USDC' },
    spoil: ({ venue, parameters, lastly }) => {
      parameters['orderType'] = 'Market';
      delete parameters['price'];
      lastly.push(() => venue.setMarketState('LimitOnly'));
    },
  },
  {
    reason: 'marketPostOnly',
    touches: ['state', 'postOnly'],
    details: { symbol: 'SOL_USDC' },
    spoil: ({ venue, lastly }) => lastly.push(() => venue.setMarketState('PostOnly')),
  },
];

const SHAPE: readonly Fault[] = [
  {
    reason: 'parameterConflict',
    touches: [],
    details: { problem: 'a limit order has no quoteQuantity' },
    spoil: setting({ quoteQuantity: '1' }),
  },
  { reason: 'priceMissing', touches: ['price'], details: { symbol: 'SOL_USDC' }, spoil: without('price') },
  {
    reason: 'priceNotOnTick',
    touches: ['price'],
    details: { price: '100.001', tickSize: '0.01' },
    spoil: setting({ price: '100.0010' }),
  },
  {
    reason: 'priceBelowMinimum',
    touches: ['price'],
    details: { price: '0', minPrice: '0.01' },
    spoil: setting({ price: '0.00' }),
  },
  {
    reason: 'priceAboveMaximum',
    touches: ['price'],
    details: { price: '1000000.01', maxPrice: '1000000' },
    spoil: setting({ price: '1000000.01' }),
  },
  { reason: 'quantityMissing', touches: ['quantity'], details: { symbol: 'SOL_USDC' }, spoil: without('quantity') },
  {
    reason: 'quantityNotOnStep',
    touches: ['quantity'],
    details: { quantity: '1.001', stepSize: '0.01' },
    spoil: setting({ quantity: '1.001' }),
  },
  {
    reason: 'quantityBelowMinimum',
    touches: ['quantity'],
    details: { quantity: '0', minQuantity: '0.01' },
    spoil: setting({ quantity: '0' }),
  },
  {
    reason: 'quantityAboveMaximum',
    touches: ['quantity'],
    details: { quantity: '1000.01', maxQuantity: '1000' },
    spoil: setting({ quantity: '1000.01' }),
  },
];

const FEASIBILITY: readonly Fault[] = [
  {
    reason: 'priceOutsideBand',
    touches: ['price'],
    details: { price: '200.01', activePrice: '100', minMultiplier: '0.25', maxMultiplier: '2' },
    spoil: setting({ price: '200.01' }),
  },
  {
    reason: 'postOnlyWouldTake',
    touches: ['postOnly'],
    details: { price: '100', bestOpposite: '100' },
    spoil: setting({ postOnly: 'true' }),
  },
  {
    reason: 'clientIdInUse',
    touches: [],
    details: { clientId: 7 },
    spoil: ({ venue, alice, parameters }) => {
      venue.limit(alice, 'Bid', '99', '0.01', { clientId: 7 });
      parameters['clientId'] = 7;
    },
  },
  {
    reason: 'openOrderLimit',
    touches: [],
    details: { openOrders: 1, limit: 1 },
    spoil: (situation) => {
      const { venue, alice, lastly } = situation;
      venue.limit(alice, 'Bid', '98', '0.01');
      lastly.push(() => situation.settle({ maxOpenOrdersPerAccount: 1 }));
    },
  },
  {
    reason: 'insufficientFunds',
    touches: ['quantity'],
    details: { asset: 'USDC', required: '2002.000001', available: '1000' },
    spoil: setting({ quantity: '20' }),
  },
];

export const ORDER: Family = {
  name: 'order',
  base: (situation) =>
    situation.ask('orderExecute', {
      symbol: 'SOL_USDC',
      orderType: 'Limit',
      side: 'Bid',
      price: '100',
      quantity: '1',
    }),
  faults: [...WHO_AND_WHEN, ...MARKET, ...SHAPE, ...FEASIBILITY],
};

export const MARKET_ORDER: Family = {
  name: 'market order by quote quantity',
  base: (situation) =>
    situation.ask('orderExecute', { symbol: 'SOL_USDC', orderType: 'Market', side: 'Bid', quoteQuantity: '100' }),
  faults: [
    ...WHO_AND_WHEN,
    ...MARKET.filter(({ reason }) => reason !== 'marketLimitOnly'),
    {
      reason: 'marketLimitOnly',
      touches: ['state'],
      details: { symbol: 'SOL_USDC' },
      spoil: ({ venue, lastly }) => lastly.push(() => venue.setMarketState('LimitOnly')),
    },
    {
      reason: 'parameterConflict',
      touches: [],
      details: { problem: 'a market order has no price' },
      spoil: setting({ price: '100' }),
    },
    {
      reason: 'quantityNotOnStep',
      touches: ['quantity'],
      details: { quoteQuantity: '0.0000001', stepSize: '0.000001' },
      spoil: setting({ quoteQuantity: '0.0000001' }),
    },
    {
      reason: 'quantityBelowMinimum',
      touches: ['quantity'],
      details: { quoteQuantity: '0', minQuantity: '0.000001' },
      spoil: setting({ quoteQuantity: '0' }),
    },
    {
      reason: 'insufficientFunds',
      touches: ['quantity'],
      details: { asset: 'USDC', required: '1000.000001', available: '1000' },
      spoil: setting({ quoteQuantity: '1000.000001' }),
    },
  ],
};

const anOrder = ({ venue, alice }: Situation): void => {
  venue.limit(alice, 'Bid', '99', '1', { clientId: 7 });
};
const UNKNOWN_MARKET: Fault = {
  reason: 'marketUnknown',
  touches: ['symbol'],
  details: { symbol: 'SOL' },
  spoil: setting({ symbol: 'SOL' }),
};

export const CANCEL: Family = {
  name: 'cancel',
  base: (situation) => {
    anOrder(situation);
    situation.ask('orderCancel', { symbol: 'SOL_USDC', clientId: 7 });
  },
  faults: [
    UNKNOWN_MARKET,
    { reason: 'orderUnknown', touches: [], details: { clientId: 8 }, spoil: setting({ clientId: 8 }) },
  ],
};

export const REDUCE: Family = {
  name: 'reduce',
  base: (situation) => {
    anOrder(situation);
    situation.ask('glassOrderReduce', { symbol: 'SOL_USDC', orderId: 2, quantity: '0.5' });
  },
  faults: [
    UNKNOWN_MARKET,
    { reason: 'orderUnknown', touches: [], details: { orderId: '1' }, spoil: setting({ orderId: 1 }) },
    {
      reason: 'quantityNotOnStep',
      touches: ['quantity'],
      details: { quantity: '0.001', stepSize: '0.01' },
      spoil: setting({ quantity: '0.001' }),
    },
    {
      reason: 'quantityBelowMinimum',
      touches: ['quantity'],
      details: { quantity: '0', minQuantity: '0.01' },
      spoil: setting({ quantity: '0' }),
    },
    {
      reason: 'quantityAboveMaximum',
      touches: ['quantity'],
      details: { quantity: '1', maxQuantity: '0.99' },
      spoil: setting({ quantity: '1' }),
    },
  ],
};

export const CANCEL_ALL: Family = {
  name: 'cancel all',
  base: (situation) => {
    anOrder(situation);
    situation.ask('orderCancelAll', { symbol: 'SOL_USDC' });
  },
  faults: [UNKNOWN_MARKET],
};
