// Everything for which offers to take over what is liquidated, and payments on what it left unpaid, can be refused.
import type { TimeUs } from '@glasshouse/units';
import { recordNegative } from '../../src/liquidation/negative-balance.js';
import { LiquidationCase } from '../../src/state/liquidations.js';
import { LendingVenue } from '../lending/lending-venue.js';
import type { Family, Fault, Situation } from './situation.js';

const PERP = 'SOL_USDC_PERP';
const USDC = 1;
const LONG_AFTER_US = 1e12;

const setting =
  (changed: Readonly<Record<string, string | number>>) =>
  ({ parameters }: Situation): void => {
    Object.assign(parameters, changed);
  };

/** In a liquidation whose next turn is not soon. */
const LIQUIDATING: Fault = {
  reason: 'accountLiquidating',
  touches: [],
  details: { accountId: 1 },
  spoil: ({ venue, alice }) => {
    const { state } = venue;
    const nothing = { netEquityUsd: 0, maintenanceMarginUsd: 0, exposureUsd: 0 };
    const standing = { ...nothing, netEquityAtIndexUsd: 0, maintenanceMarginAtIndexUsd: 0 };
    const accountId = venue.accountOf(alice);
    state.liquidationStatistics.countStart(state.timeUs);
    state.liquidations.open(new LiquidationCase(1, accountId, state.timeUs, standing));
    state.liquidations.nextRoundUs = (state.timeUs + LONG_AFTER_US) as TimeUs;
  },
};

const OPERATORS: Fault = {
  reason: 'accountIsOperators',
  touches: [],
  details: { accountId: 1 },
  spoil: ({ venue }) => {
    venue.decide({ kind: 'markOperatorCustomer', customerId: 1 });
  },
};

/** alice has offered these one after the other, the last of them less. */
const noticeRunning = (offers: readonly string[]): Fault => ({
  reason: 'backstopBound',
  touches: ['markets'],
  details: { accountId: 1, untilUs: 1_700_010_000_500_000 },
  spoil: ({ venue, alice }) => {
    for (const markets of offers) venue.command(alice, 'glassBackstopEnrol', { minimumEquity: '1000', markets });
  },
});

const enrol = (situation: Situation, markets: string): void =>
  situation.ask('glassBackstopEnrol', { minimumEquity: '1000', markets });

export const ENROLMENT: Family = {
  name: 'offer to take over',
  venue: () => new LendingVenue(),
  base: (situation) => enrol(situation, `${PERP}:1000:100`),
  faults: [
    LIQUIDATING,
    OPERATORS,
    {
      reason: 'marketUnknown',
      touches: ['markets'],
      details: { symbol: 'GOLD_USDC_PERP' },
      spoil: setting({ markets: 'GOLD_USDC_PERP:1:1' }),
    },
    {
      reason: 'parameterConflict',
      touches: ['markets'],
      details: { problem: 'providers take over perpetuals' },
      spoil: setting({ markets: 'SOL_USDC:1:1' }),
    },
    {
      reason: 'quantityNotOnStep',
      touches: ['markets'],
      details: { quantity: '0.001', stepSize: '0.01' },
      spoil: setting({ markets: `${PERP}:0.001:1` }),
    },
    {
      reason: 'quantityAboveMaximum',
      touches: ['markets'],
      details: { quantity: '1000001', maxQuantity: '1000000' },
      spoil: setting({ markets: `${PERP}:1:1000001` }),
    },
    noticeRunning([`${PERP}:3000:300`, `${PERP}:2000:200`]),
  ],
};

export const LEAVING: Family = {
  name: 'end of an offer to take over',
  venue: () => new LendingVenue(),
  base: (situation) => {
    const { venue, alice } = situation;
    venue.command(alice, 'glassBackstopEnrol', { minimumEquity: '1000', markets: `${PERP}:1000:100` });
    situation.ask('glassBackstopLeave', {});
  },
  faults: [
    LIQUIDATING,
    {
      reason: 'backstopUnknown',
      touches: ['markets'],
      details: { accountId: 1 },
      spoil: ({ venue, alice }) => {
        venue.command(alice, 'glassBackstopLeave', {});
      },
    },
    noticeRunning([`${PERP}:900:90`]),
  ],
};

/** alice owed ten USDC when she had nothing, and has money again. */
export const ACCEPTANCE: Family = {
  name: 'payment on a negative balance',
  venue: () => new LendingVenue(),
  base: (situation) => {
    const { venue, alice } = situation;
    venue.trader('carol', { USDC: '1000' });
    venue.command(alice, 'borrowLendExecute', { symbol: 'USDC', side: 'Borrow', quantity: '1010' });
    recordNegative(venue.state, situation.account(alice), USDC, 10_000_000, 'loan');
    situation.ask('glassNegativeBalanceAccept', { symbol: 'USDC', quantity: '4' });
  },
  faults: [
    LIQUIDATING,
    {
      reason: 'assetUnknown',
      touches: ['symbol', 'quantity'],
      details: { symbol: 'GOLD' },
      spoil: setting({ symbol: 'GOLD' }),
    },
    {
      reason: 'negativeBalanceUnknown',
      touches: ['symbol'],
      details: { asset: 'SOL' },
      spoil: setting({ symbol: 'SOL' }),
    },
    {
      reason: 'quantityBelowMinimum',
      touches: ['quantity', 'symbol'],
      details: { quantity: '0', minQuantity: '0.000001' },
      spoil: setting({ quantity: '0' }),
    },
    {
      reason: 'insufficientFunds',
      touches: ['symbol', 'quantity'],
      details: { asset: 'USDC', required: '4', available: '0' },
      spoil: ({ venue, alice }) => {
        venue.command(alice, 'withdraw', { symbol: 'USDC', quantity: '1010', blockchain: 'Sandbox', address: 'away' });
      },
    },
  ],
};
