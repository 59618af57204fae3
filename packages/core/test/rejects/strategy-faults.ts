// Everything for which a strategy, or taking one back, can be refused.
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

const schedule = { strategyType: 'Scheduled', duration: 100_000, interval: 10_000 };

const MARKET_UNKNOWN: Fault = {
  reason: 'marketUnknown',
  touches: ['symbol'],
  details: { symbol: 'SOL_GOLD' },
  spoil: setting({ symbol: 'SOL_GOLD' }),
};

export const STRATEGY: Family = {
  name: 'strategy',
  base: (situation) =>
    situation.ask('strategyCreate', { symbol: 'SOL_USDC', side: 'Bid', price: '99', quantity: '5', ...schedule }),
  faults: [
    {
      reason: 'accountIsOperators',
      touches: [],
      details: { accountId: 1 },
      spoil: ({ venue }) => {
        venue.decide({ kind: 'markOperatorCustomer', customerId: 1 });
      },
    },
    MARKET_UNKNOWN,
    {
      reason: 'marketClosed',
      touches: ['state'],
      details: { symbol: 'SOL_USDC' },
      spoil: ({ venue, lastly }) => lastly.push(() => venue.setMarketState('Closed')),
    },
    {
      reason: 'marketPostOnly',
      touches: ['state', 'postOnly'],
      details: { symbol: 'SOL_USDC' },
      spoil: ({ venue, lastly }) => lastly.push(() => venue.setMarketState('PostOnly')),
    },
    {
      reason: 'parameterConflict',
      touches: [],
      details: { problem: 'a limit order has no slippageTolerance' },
      spoil: setting({ slippageTolerance: '1' }),
    },
    {
      reason: 'scheduleOutOfBounds',
      touches: ['schedule'],
      details: { duration: 100_000, interval: 999, minInterval: 1000, maxDuration: 604_800_000 },
      spoil: setting({ interval: 999 }),
    },
    {
      reason: 'scheduleOutOfBounds',
      touches: ['schedule'],
      details: { duration: 100_000, interval: 100_001, minInterval: 1000, maxDuration: 604_800_000 },
      spoil: setting({ interval: 100_001 }),
    },
    {
      reason: 'scheduleOutOfBounds',
      touches: ['schedule', 'quantity', 'settings'],
      details: { duration: 100_001, interval: 10_000, minInterval: 5000, maxDuration: 100_000 },
      spoil: (situation) => {
        const { parameters, lastly } = situation;
        parameters['duration'] = 100_001;
        const strategies = { maxPerAccount: 1, minIntervalMs: 5000, maxDurationMs: 100_000 };
        lastly.push(() => situation.settle({ strategies }));
      },
    },
    {
      reason: 'priceNotOnTick',
      touches: ['price'],
      details: { price: '99.001', tickSize: '0.01' },
      spoil: setting({ price: '99.001' }),
    },
    { reason: 'quantityMissing', touches: ['quantity'], details: { symbol: 'SOL_USDC' }, spoil: without('quantity') },
    {
      reason: 'quantityNotOnStep',
      touches: ['quantity'],
      details: { quantity: '5.001', stepSize: '0.01' },
      spoil: setting({ quantity: '5.001' }),
    },
    {
      reason: 'quantityBelowMinimum',
      touches: ['quantity'],
      details: { quantity: '0', minQuantity: '0.01' },
      spoil: setting({ quantity: '0.09' }),
    },
    {
      reason: 'quantityAboveMaximum',
      touches: ['quantity'],
      details: { quantity: '1000.01', maxQuantity: '1000' },
      spoil: setting({ quantity: '10000.01' }),
    },
    {
      reason: 'strategyIdInUse',
      touches: [],
      details: { clientStrategyId: 7 },
      spoil: ({ venue, alice, parameters }) => {
        const first = {
          symbol: 'SOL_USDC',
          side: 'Bid',
          price: '50',
          quantity: '0.1',
          clientStrategyId: 7,
          ...schedule,
        };
        venue.command(alice, 'strategyCreate', first);
        parameters['clientStrategyId'] = 7;
      },
    },
    {
      reason: 'strategyLimit',
      touches: ['settings'],
      details: { strategies: 0, limit: 0 },
      spoil: (situation) => {
        const strategies = { maxPerAccount: 0, minIntervalMs: 1000, maxDurationMs: 604_800_000 };
        situation.lastly.push(() => situation.settle({ strategies }));
      },
    },
    {
      reason: 'priceOutsideBand',
      touches: ['price'],
      details: { price: '200.01', activePrice: '100', minMultiplier: '0.25', maxMultiplier: '2' },
      spoil: setting({ price: '200.01' }),
    },
    {
      reason: 'postOnlyWouldTake',
      touches: ['postOnly', 'price'],
      details: { price: '100', bestOpposite: '100' },
      spoil: setting({ postOnly: 'true', price: '100' }),
    },
    {
      reason: 'openOrderLimit',
      touches: ['settings'],
      details: { openOrders: 1, limit: 1 },
      spoil: (situation) => {
        situation.venue.limit(situation.alice, 'Bid', '98', '0.01');
        situation.lastly.push(() => situation.settle({ maxOpenOrdersPerAccount: 1 }));
      },
    },
    {
      reason: 'insufficientFunds',
      touches: ['quantity'],
      details: { asset: 'USDC', required: '9909.900001', available: '1000' },
      spoil: setting({ quantity: '1000' }),
    },
  ],
};

/** It still runs when all signatures are forgotten. */
const LONG_MS = 1_000_000;

const strategyOfAlice = (situation: Situation): void => {
  situation.venue.command(situation.alice, 'strategyCreate', {
    symbol: 'SOL_USDC',
    side: 'Bid',
    price: '99',
    quantity: '5',
    ...schedule,
    duration: LONG_MS,
  });
};

export const STRATEGY_CANCEL: Family = {
  name: 'cancel of a strategy',
  base: (situation) => {
    strategyOfAlice(situation);
    situation.ask('strategyCancel', { symbol: 'SOL_USDC', strategyId: 1 });
  },
  faults: [
    MARKET_UNKNOWN,
    {
      reason: 'strategyUnknown',
      touches: ['id'],
      details: { strategyId: '2' },
      spoil: setting({ strategyId: 2 }),
    },
    {
      reason: 'strategyUnknown',
      touches: ['id'],
      details: { clientStrategyId: 9 },
      spoil: ({ parameters }) => {
        delete parameters['strategyId'];
        parameters['clientStrategyId'] = 9;
      },
    },
  ],
};

export const STRATEGY_CANCEL_ALL: Family = {
  name: 'cancel of all strategies',
  base: (situation) => {
    strategyOfAlice(situation);
    situation.ask('strategyCancelAll', { symbol: 'SOL_USDC' });
  },
  faults: [MARKET_UNKNOWN],
};
