// Everything for which an order for a perpetual can be refused beside what holds for any order, and what prices may be reported.
import type { PerpConfiguration } from '@glasshouse/protocol';
import { CHAIN_KEY, PRICE_FEED_KEY, RISK_GENESIS } from '@glasshouse/testkit';
import { LendingVenue } from '../lending/lending-venue.js';
import type { Family, Situation } from './situation.js';

const SYMBOL = 'SOL_USDC_PERP';

const setting =
  (changed: Readonly<Record<string, string | number>>) =>
  ({ parameters }: Situation): void => {
    Object.assign(parameters, changed);
  };

const changing =
  (changed: Partial<PerpConfiguration>) =>
  (situation: Situation): void => {
    Object.assign(situation.perpTerms, changed);
  };

function changeTerms({ venue, perpTerms }: Situation): void {
  const market = RISK_GENESIS.markets.find(({ symbol }) => symbol === SYMBOL);
  if (market?.perp === undefined) throw new Error(`no perpetual ${SYMBOL}`);
  venue.decide({ kind: 'setMarketFilters', market: { ...market, perp: { ...market.perp, ...perpTerms } } });
}

/** alice has 1,000 USDC and ten SOL at 150 that count nine tenths. */
export const PERP_ORDER: Family = {
  name: 'order for a perpetual',
  venue: () => new LendingVenue(),
  base: (situation) => {
    situation.lastly.push(() => changeTerms(situation));
    situation.ask('orderExecute', { symbol: SYMBOL, orderType: 'Limit', side: 'Bid', price: '150', quantity: '1' });
  },
  faults: [
    {
      reason: 'marketPostOnly',
      touches: [],
      details: { symbol: SYMBOL },
      spoil: ({ venue }) => venue.setMarketState('PostOnly', SYMBOL),
    },
    {
      reason: 'reduceOnlyWouldIncrease',
      touches: [],
      details: { position: '0' },
      spoil: setting({ reduceOnly: 'true' }),
    },
    {
      reason: 'positionLimit',
      touches: ['quantity'],
      details: { position: '1', limit: '0.5' },
      spoil: changing({ positionLimit: '0.5' }),
    },
    {
      reason: 'openInterestLimit',
      touches: ['quantity'],
      details: { openInterest: '0', quantity: '1', limit: '0.6' },
      spoil: changing({ openInterestLimit: '0.6' }),
    },
    {
      reason: 'insufficientMargin',
      touches: ['quantity', 'mark'],
      details: { required: 3485.69, equity: 2350 },
      spoil: setting({ quantity: '1000' }),
    },
    {
      reason: 'priceUnknown',
      touches: ['mark'],
      details: { symbol: SYMBOL },
      spoil: ({ venue }) => {
        if (venue instanceof LendingVenue) venue.mark(SYMBOL, 0);
      },
    },
  ],
};

export const REPORT: Family = {
  name: 'price report',
  venue: () => new LendingVenue(),
  base: (situation) => {
    const feed = situation.venue.keyId(PRICE_FEED_KEY);
    situation.ask('glassPricesReport', { source: 'alpha', prices: 'SOL:149:151:150,BTC:1:2:1' }, feed);
  },
  faults: [
    {
      reason: 'roleNotAllowed',
      touches: [],
      details: { command: 'reportPrices' },
      spoil: (situation) => {
        situation.keyId = situation.venue.keyId(CHAIN_KEY);
      },
    },
    {
      reason: 'sourceUnknown',
      touches: [],
      details: { source: 'alpha', symbol: 'USDC' },
      spoil: setting({ prices: 'SOL:149:151:150,USDC:1:1:1' }),
    },
  ],
};
