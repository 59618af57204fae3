// Everything for which a request for quotes, a quote, its acceptance, and the conversion of dust can be refused.
import { RFQ_MARKET, RISK_GENESIS } from '@glasshouse/testkit';
import { opened, RFQ, RfqVenue } from '../rfq/rfq-venue.js';
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

const venue = () => new RfqVenue();

/** The venue of a situation of this file. */
function desk(situation: Situation): RfqVenue {
  if (situation.venue instanceof RfqVenue) return situation.venue;
  throw new Error('not a venue with requests');
}

const OPERATORS: Fault = {
  reason: 'accountIsOperators',
  touches: ['key'],
  details: { accountId: 1 },
  spoil: (situation) => situation.venue.decide({ kind: 'markOperatorCustomer', customerId: 1 }),
};

const halted = (reason: Fault['reason'], state: 'Closed' | 'CancelOnly' | 'PostOnly'): Fault => ({
  reason,
  touches: ['state'],
  details: { symbol: RFQ },
  spoil: (situation) => situation.lastly.push(() => situation.venue.setMarketState(state, RFQ)),
});

const HALTED: readonly Fault[] = [
  halted('marketClosed', 'Closed'),
  halted('marketCancelOnly', 'CancelOnly'),
  halted('marketPostOnly', 'PostOnly'),
];

const UNKNOWN_RFQ: Fault = {
  reason: 'rfqUnknown',
  touches: ['rfq'],
  details: { rfqId: '99' },
  spoil: setting({ rfqId: 99 }),
};

/** alice has 1,000 dollars. */
export const RFQ_REQUEST: Family = {
  name: 'request for quotes',
  venue,
  base: (situation) => situation.ask('rfqSubmit', { symbol: RFQ, side: 'Bid', quantity: '5', price: '100' }),
  faults: [
    OPERATORS,
    {
      reason: 'marketUnknown',
      touches: ['symbol'],
      details: { symbol: 'SOL_GOLD_RFQ' },
      spoil: setting({ symbol: 'SOL_GOLD_RFQ' }),
    },
    ...HALTED,
    {
      reason: 'marketLimitOnly',
      touches: ['state', 'price'],
      details: { symbol: RFQ },
      spoil: (situation) => {
        delete situation.parameters['price'];
        situation.lastly.push(() => situation.venue.setMarketState('LimitOnly', RFQ));
      },
    },
    {
      reason: 'parameterConflict',
      touches: [],
      details: { problem: 'give either quantity or quoteQuantity' },
      spoil: setting({ quoteQuantity: '1' }),
    },
    {
      reason: 'priceMissing',
      touches: ['price'],
      details: { symbol: RFQ },
      spoil: (situation) => {
        setting({ executionMode: 'Immediate' })(situation);
        without('price')(situation);
        desk(situation).index('SOL', 150, 1);
      },
    },
    {
      reason: 'priceNotOnTick',
      touches: ['price'],
      details: { price: '100.00001', tickSize: '0.0001' },
      spoil: setting({ price: '100.00001' }),
    },
    {
      reason: 'priceBelowMinimum',
      touches: ['price'],
      details: { price: '0', minPrice: '0.0001' },
      spoil: setting({ price: '0' }),
    },
    {
      reason: 'priceAboveMaximum',
      touches: ['price'],
      details: { price: '2000.1', maxPrice: '2000' },
      spoil: setting({ price: '2000.1' }),
    },
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
      details: { quantity: '1000000.01', maxQuantity: '1000000' },
      spoil: setting({ quantity: '1000000.01' }),
    },
    {
      reason: 'clientIdInUse',
      touches: ['open'],
      details: { clientId: 7 },
      spoil: (situation) => {
        desk(situation).ask(situation.alice, 'Bid', { quantity: '1', clientId: 7 });
        setting({ clientId: 7 })(situation);
      },
    },
    {
      reason: 'rfqLimit',
      touches: ['open'],
      details: { open: 2, limit: 2 },
      spoil: (situation) => {
        for (const quantity of ['1', '2']) desk(situation).ask(situation.alice, 'Bid', { quantity });
      },
    },
    {
      reason: 'insufficientFunds',
      touches: ['price', 'quantity'],
      details: { asset: 'USDC', required: '1000.5', available: '1000' },
      spoil: setting({ price: '200.1' }),
    },
  ],
};

/** bob asks for one SOL, alice quotes. */
export const QUOTE: Family = {
  name: 'quote',
  venue,
  base: (situation) => {
    const { rfqId } = opened(desk(situation).ask(situation.bob, 'Ask', { quantity: '1' }));
    situation.ask('quoteSubmit', { rfqId, bidPrice: '90', askPrice: '110' });
  },
  faults: [
    OPERATORS,
    UNKNOWN_RFQ,
    ...HALTED,
    {
      reason: 'parameterConflict',
      touches: ['price'],
      details: { problem: 'bidPrice is above askPrice' },
      spoil: setting({ bidPrice: '110.0001' }),
    },
    {
      reason: 'priceNotOnTick',
      touches: ['price'],
      details: { price: '110.00001', tickSize: '0.0001' },
      spoil: setting({ askPrice: '110.00001' }),
    },
    {
      reason: 'quantityBelowMinimum',
      touches: ['rfq', 'open'],
      details: { quantity: '0', minQuantity: '0.01' },
      spoil: (situation) => {
        const { rfqId } = opened(desk(situation).ask(situation.bob, 'Ask', { quoteQuantity: '0.5' }));
        setting({ rfqId })(situation);
      },
    },
    {
      reason: 'quoteToSelf',
      touches: ['key'],
      details: { rfqId: '2' },
      spoil: (situation) => {
        situation.keyId = situation.bob;
      },
    },
    {
      reason: 'quoteTooLate',
      touches: [],
      details: { submissionTime: 1_700_006_460_500, now: 1_700_006_460_500 },
      spoil: (situation) => situation.lastly.unshift(() => situation.venue.pass(60_000)),
    },
    {
      reason: 'quoteLimit',
      touches: ['open', 'key'],
      details: { open: 3, limit: 3 },
      spoil: (situation) => {
        const { alice, bob } = situation;
        const carol = situation.venue.trader('carol', { SOL: '10' });
        for (const keyId of [bob, carol, carol]) {
          const { rfqId } = opened(desk(situation).ask(keyId, 'Ask', { quantity: '1' }));
          desk(situation).quote(alice, rfqId, '90', '110');
        }
      },
    },
    {
      reason: 'insufficientFunds',
      touches: ['price'],
      details: { asset: 'USDC', required: '1000.5', available: '1000' },
      spoil: setting({ bidPrice: '1000.5', askPrice: '1001' }),
    },
  ],
};

/** alice asks for one SOL for at most 120, bob quotes. */
export const QUOTE_ACCEPTANCE: Family = {
  name: 'acceptance of a quote',
  venue,
  base: (situation) => {
    const { alice, bob } = situation;
    situation.venue.deposit(bob, 'USDC', '1000');
    const { rfqId } = opened(desk(situation).ask(alice, 'Bid', { quantity: '1', price: '120' }));
    desk(situation).quote(bob, rfqId, '90', '110');
    situation.ask('quoteAccept', { rfqId, quoteId: situation.venue.state.lastOrderId });
  },
  faults: [
    UNKNOWN_RFQ,
    {
      reason: 'quoteUnknown',
      touches: ['quote'],
      details: { quoteId: '99' },
      spoil: setting({ quoteId: 99 }),
    },
    ...HALTED,
    {
      reason: 'quoteWorseThanPrice',
      touches: ['quote', 'rfq'],
      details: { price: '120', quote: '130' },
      spoil: (situation) => {
        desk(situation).quote(situation.bob, Number(situation.parameters['rfqId']), '90', '130');
        setting({ quoteId: situation.venue.state.lastOrderId })(situation);
      },
    },
    {
      reason: 'insufficientFunds',
      touches: [],
      details: { asset: 'USDC', required: '110', available: '50' },
      spoil: (situation) => {
        const away = { symbol: 'USDC', quantity: '950', blockchain: 'Sandbox', address: 'away' };
        situation.venue.command(situation.alice, 'withdraw', away);
      },
    },
  ],
};

/** Requests outlive the memory of a signature here. */
const patientVenue = (): RfqVenue => {
  const rfq = { ...RFQ_MARKET.rfq, expiryMs: 600_000 };
  return new RfqVenue({ genesis: { ...RISK_GENESIS, markets: [...RISK_GENESIS.markets, { ...RFQ_MARKET, rfq }] } });
};

export const RFQ_CANCEL: Family = {
  name: 'cancel of a request for quotes',
  venue: patientVenue,
  base: (situation) => {
    desk(situation).ask(situation.alice, 'Bid', { quantity: '1', clientId: 4 });
    situation.ask('rfqCancel', { clientId: 4 });
  },
  faults: [{ reason: 'rfqUnknown', touches: [], details: { clientId: 5 }, spoil: setting({ clientId: 5 }) }],
};

export const RFQ_REFRESH: Family = {
  name: 'refresh of a request for quotes',
  venue: patientVenue,
  base: (situation) => {
    const { rfqId } = opened(desk(situation).ask(situation.alice, 'Bid', { quantity: '1' }));
    situation.venue.pass(1000);
    situation.ask('rfqRefresh', { rfqId });
  },
  faults: [UNKNOWN_RFQ, ...HALTED],
};

/** The venue has earned 0.18 dollars, and alice has BTC for 0.1. */
export const DUST: Family = {
  name: 'conversion of dust',
  venue: () => new RfqVenue({ fees: true }),
  base: (situation) => {
    const { alice } = situation;
    situation.venue.limit(alice, 'Bid', '100', '1');
    situation.venue.deposit(alice, 'BTC', '0.000001');
    situation.ask('convertDust', { symbol: 'BTC' });
  },
  faults: [
    { reason: 'assetUnknown', touches: ['symbol'], details: { symbol: 'GOLD' }, spoil: setting({ symbol: 'GOLD' }) },
    {
      reason: 'parameterConflict',
      touches: ['symbol'],
      details: { problem: 'USDC has no spot market' },
      spoil: setting({ symbol: 'USDC' }),
    },
    {
      reason: 'notConvertible',
      touches: ['symbol'],
      details: { asset: 'BTC', quantity: '0.00001', minQuantity: '0.00001' },
      spoil: (situation) => void situation.venue.deposit(situation.alice, 'BTC', '0.000009'),
    },
    {
      reason: 'priceUnknown',
      touches: ['symbol'],
      details: { symbol: 'BTC' },
      spoil: (situation) => desk(situation).index('BTC', 100_000, 1),
    },
    {
      reason: 'feesTooSmall',
      touches: ['symbol'],
      details: { asset: 'USDC', required: '0.35964', available: '0.18' },
      spoil: (situation) => {
        situation.venue.deposit(situation.alice, 'ETH', '0.00009');
        setting({ symbol: 'ETH' })(situation);
      },
    },
  ],
};
