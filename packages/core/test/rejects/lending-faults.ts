// Everything for which a loan can be refused, by hand and through an order.
import type { LendingConfiguration } from '@glasshouse/protocol';
import { RISK_GENESIS } from '@glasshouse/testkit';
import { LendingVenue } from '../lending/lending-venue.js';
import type { Family, Fault, Situation } from './situation.js';

const setting =
  (changed: Readonly<Record<string, string | number>>) =>
  ({ parameters }: Situation): void => {
    Object.assign(parameters, changed);
  };

const changing =
  (changed: Partial<LendingConfiguration>) =>
  (situation: Situation): void => {
    Object.assign(situation.lendingTerms, changed);
  };

function changeTerms({ venue, lendingTerms }: Situation, symbol: string): void {
  const { index, collateral, lending } = RISK_GENESIS.assets.find((asset) => asset.symbol === symbol) ?? {};
  if (lending === undefined || collateral === undefined) throw new Error(`no pool of ${symbol}`);
  const terms = { symbol, collateral, lending: { ...lending, ...lendingTerms } };
  venue.decide({ kind: 'setAssetTerms', asset: index === undefined ? terms : { ...terms, index } });
}

const lendingVenue = () => new LendingVenue();

const UNKNOWN_ASSET: Fault = {
  reason: 'assetUnknown',
  touches: ['symbol', 'quantity', 'price'],
  details: { symbol: 'GOLD' },
  spoil: setting({ symbol: 'GOLD' }),
};
const NOTHING: Fault = {
  reason: 'quantityBelowMinimum',
  touches: ['quantity', 'symbol'],
  details: { quantity: '0', minQuantity: '0.0000001' },
  spoil: setting({ quantity: '0' }),
};
const NOT_LENDABLE: Fault = {
  reason: 'notLendable',
  touches: ['symbol', 'quantity', 'price'],
  details: { asset: 'kBONK' },
  spoil: setting({ symbol: 'kBONK' }),
};

/** alice is worth 2,350 dollars, carol has lent ten ETH at 4,000. */
export const BORROW: Family = {
  name: 'borrow',
  venue: lendingVenue,
  base: (situation) => {
    const { venue } = situation;
    situation.keyId = situation.alice;
    const carol = venue.trader('carol', { ETH: '10' });
    situation.lender = carol;
    situation.lastly.push(() => changeTerms(situation, 'ETH'));
    situation.ask('borrowLendExecute', { symbol: 'ETH', side: 'Borrow', quantity: '0.1' });
  },
  faults: [
    UNKNOWN_ASSET,
    {
      reason: 'quantityNotOnStep',
      touches: ['quantity', 'symbol'],
      details: { quantity: '0.00000001', stepSize: '0.0000001' },
      spoil: setting({ quantity: '0.00000001' }),
    },
    NOTHING,
    {
      reason: 'insufficientMargin',
      touches: ['quantity', 'symbol', 'price'],
      details: { required: 2400, equity: 1750 },
      spoil: setting({ quantity: '3' }),
    },
    {
      reason: 'priceUnknown',
      touches: ['quantity', 'price', 'symbol'],
      details: { symbol: 'ETH' },
      spoil: ({ venue }) => {
        if (venue instanceof LendingVenue) venue.index('ETH', 0);
      },
    },
    NOT_LENDABLE,
    {
      reason: 'insufficientBorrowableQuantity',
      touches: ['quantity', 'symbol'],
      details: { asset: 'ETH', quantity: '0.1', available: '0.05' },
      spoil: ({ venue, lender }) => {
        venue.command(lender, 'borrowLendExecute', { symbol: 'ETH', side: 'Borrow', quantity: '9.95' });
      },
    },
    {
      reason: 'borrowLimit',
      touches: ['quantity', 'symbol'],
      details: { asset: 'ETH', borrowed: '0', quantity: '0.1', limit: '0.05' },
      spoil: changing({ borrowLimit: '0.05' }),
    },
    {
      reason: 'openBorrowLendLimit',
      touches: ['quantity', 'symbol'],
      details: { asset: 'ETH', open: '0', quantity: '0.1', limit: '0.06' },
      spoil: changing({ openBorrowLendLimit: '0.06' }),
    },
    {
      reason: 'utilizationLimit',
      touches: ['quantity', 'symbol'],
      details: { asset: 'ETH', quantity: '0.1', available: '0.02', limit: 0.002 },
      spoil: changing({ throttleThreshold: 0.002, throttleFraction: 0 }),
    },
  ],
};

export const LEND: Family = {
  name: 'lend',
  venue: lendingVenue,
  base: (situation) => {
    const { venue, alice } = situation;
    venue.command(alice, 'accountUpdate', { autoLend: false });
    venue.deposit(alice, 'kBONK', '1000');
    situation.lastly.push(() => changeTerms(situation, 'USDC'));
    situation.ask('borrowLendExecute', { symbol: 'USDC', side: 'Lend', quantity: '100' });
  },
  faults: [
    UNKNOWN_ASSET,
    { ...NOTHING, details: { quantity: '0', minQuantity: '0.000001' } },
    {
      reason: 'insufficientFunds',
      touches: ['quantity', 'symbol'],
      details: { asset: 'USDC', required: '1000.5', available: '1000' },
      spoil: setting({ quantity: '1000.5' }),
    },
    NOT_LENDABLE,
    {
      reason: 'openBorrowLendLimit',
      touches: ['quantity', 'symbol'],
      details: { asset: 'USDC', open: '0', quantity: '100', limit: '50' },
      spoil: changing({ openBorrowLendLimit: '50' }),
    },
  ],
};

/** alice has 1,000 dollars and ten SOL at 150, wants fifteen for 100 each, and the hundred of the fault at 190. */
export const MARGIN_ORDER: Family = {
  name: 'spot order with autoBorrow',
  venue: lendingVenue,
  base: (situation) => {
    const { venue } = situation;
    situation.lender = venue.trader('carol', { USDC: '100000' });
    situation.lastly.push(() => changeTerms(situation, 'USDC'));
    situation.ask('orderExecute', {
      symbol: 'SOL_USDC',
      side: 'Bid',
      orderType: 'Limit',
      price: '100',
      quantity: '15',
      timeInForce: 'IOC',
      autoBorrow: 'true',
    });
  },
  faults: [
    {
      reason: 'insufficientMargin',
      touches: ['quantity', 'pool'],
      details: { required: 1800, equity: -3150 },
      spoil: setting({ price: '190', quantity: '100' }),
    },
    {
      reason: 'insufficientBorrowableQuantity',
      touches: ['quantity', 'pool'],
      details: { asset: 'USDC', quantity: '1500', available: '1200' },
      spoil: ({ venue, lender }) => {
        venue.command(lender, 'borrowLendExecute', { symbol: 'USDC', side: 'Borrow', quantity: '99800' });
      },
    },
    {
      reason: 'borrowLimit',
      touches: ['quantity'],
      details: { asset: 'USDC', borrowed: '0', quantity: '500', limit: '400' },
      spoil: changing({ borrowLimit: '400' }),
    },
    {
      reason: 'openBorrowLendLimit',
      touches: ['quantity'],
      details: { asset: 'USDC', open: '0', quantity: '500', limit: '300' },
      spoil: changing({ openBorrowLendLimit: '300' }),
    },
    {
      reason: 'utilizationLimit',
      touches: ['quantity'],
      details: { asset: 'USDC', quantity: '1500', available: '1200', limit: 0.002 },
      spoil: changing({ throttleThreshold: 0.002, throttleFraction: 0 }),
    },
  ],
};
