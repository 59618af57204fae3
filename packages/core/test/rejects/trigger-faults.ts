// Everything for which an order that is to wait for a price can be refused, and what it has in common with one that has exits.
import type { Family, Fault, Situation } from './situation.js';

const setting =
  (changed: Readonly<Record<string, string | number>>) =>
  ({ parameters }: Situation): void => {
    Object.assign(parameters, changed);
  };

/** The last price is 100. */
function traded({ venue, alice }: Situation): void {
  venue.limit(alice, 'Bid', '100', '0.01');
}

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
];

const COUNTS: readonly Fault[] = [
  {
    reason: 'clientIdInUse',
    touches: [],
    details: { clientId: 7 },
    spoil: ({ venue, alice, parameters }) => {
      venue.order(alice, 'Ask', { triggerPrice: '90', triggerQuantity: '1', clientId: 7 });
      parameters['clientId'] = 7;
    },
  },
  {
    reason: 'openOrderLimit',
    touches: [],
    details: { openOrders: 1, limit: 1 },
    spoil: (situation) => {
      const { venue, alice, lastly } = situation;
      venue.order(alice, 'Ask', { triggerPrice: '91', triggerQuantity: '1' });
      lastly.push(() => situation.settle({ maxOpenOrdersPerAccount: 1 }));
    },
  },
];

export const TRIGGER_ORDER: Family = {
  name: 'trigger order',
  base: (situation) => {
    traded(situation);
    situation.ask('orderExecute', {
      symbol: 'SOL_USDC',
      orderType: 'Limit',
      side: 'Ask',
      price: '94',
      triggerPrice: '95',
      triggerQuantity: '1',
    });
  },
  faults: [
    ...MARKET,
    {
      reason: 'parameterConflict',
      touches: [],
      details: { problem: 'quantity and triggerQuantity differ' },
      spoil: setting({ quantity: '2' }),
    },
    {
      reason: 'priceMissing',
      touches: ['price'],
      details: { symbol: 'SOL_USDC' },
      spoil: ({ parameters }) => {
        delete parameters['price'];
      },
    },
    {
      reason: 'priceNotOnTick',
      touches: ['stopLoss'],
      details: { price: '110.001', tickSize: '0.01' },
      spoil: setting({ stopLossTriggerPrice: '110.001' }),
    },
    {
      reason: 'priceBelowMinimum',
      touches: ['price'],
      details: { price: '0', minPrice: '0.01' },
      spoil: setting({ price: '0.00' }),
    },
    {
      reason: 'priceAboveMaximum',
      touches: ['trigger'],
      details: { price: '1000000.01', maxPrice: '1000000' },
      spoil: setting({ triggerPrice: '1000000.01' }),
    },
    {
      reason: 'quantityNotOnStep',
      touches: ['quantity'],
      details: { quantity: '1.001', stepSize: '0.01' },
      spoil: setting({ triggerQuantity: '1.001' }),
    },
    {
      reason: 'quantityAboveMaximum',
      touches: ['quantity'],
      details: { quantity: '1000.01', maxQuantity: '1000' },
      spoil: setting({ triggerQuantity: '1000.01' }),
    },
    ...COUNTS,
    {
      reason: 'triggerWouldFireAtOnce',
      touches: ['trigger'],
      details: { triggerPrice: '100', price: '100' },
      spoil: setting({ triggerPrice: '100' }),
    },
    {
      reason: 'priceUnknown',
      touches: ['trigger'],
      details: { symbol: 'SOL_USDC' },
      spoil: setting({ triggerBy: 'MarkPrice' }),
    },
  ],
};

export const ORDER_WITH_EXITS: Family = {
  name: 'order with exits',
  base: (situation) => {
    traded(situation);
    situation.ask('orderExecute', {
      symbol: 'SOL_USDC',
      orderType: 'Limit',
      side: 'Bid',
      price: '99',
      quantity: '1',
      takeProfitTriggerPrice: '105',
    });
  },
  faults: [
    ...MARKET,
    {
      reason: 'parameterConflict',
      touches: [],
      details: { problem: 'stopLoss has no trigger price' },
      spoil: setting({ stopLossLimitPrice: '80' }),
    },
    {
      reason: 'priceNotOnTick',
      touches: ['limit'],
      details: { price: '104.001', tickSize: '0.01' },
      spoil: setting({ takeProfitLimitPrice: '104.001' }),
    },
    {
      reason: 'priceOutsideBand',
      touches: ['price'],
      details: { price: '24.99', activePrice: '100', minMultiplier: '0.25', maxMultiplier: '2' },
      spoil: setting({ price: '24.99' }),
    },
    ...COUNTS,
    {
      reason: 'triggerWouldFireAtOnce',
      touches: ['trigger'],
      details: { triggerPrice: '98', price: '99' },
      spoil: setting({ takeProfitTriggerPrice: '98' }),
    },
    {
      reason: 'priceUnknown',
      touches: ['kind'],
      details: { symbol: 'SOL_USDC' },
      spoil: setting({ takeProfitTriggerBy: 'IndexPrice' }),
    },
  ],
};
