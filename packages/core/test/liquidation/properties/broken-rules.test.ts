// Each rule of liquidations is broken on purpose, once, and says so under its own name.
import { InvariantViolation } from '@glasshouse/units';
import { describe, expect, test } from 'vitest';
import { checkInvariants } from '../../../src/index.js';
import { HOUSE } from '../../../src/state/balances.js';
import { LiquidationCase } from '../../../src/state/liquidations.js';
import type { State } from '../../../src/state/state.js';
import { BTC, LiquidationVenue } from '../liquidation-venue.js';

const USDC = 1;
const MAKER = 1;
const STANDING = {
  netEquityUsd: 0,
  maintenanceMarginUsd: 0,
  exposureUsd: 0,
  netEquityAtIndexUsd: 0,
  maintenanceMarginAtIndexUsd: 0,
};

/** A maker with an order, and nobody in liquidation. */
function violationOf(corrupt: (state: State) => void): string {
  const venue = new LiquidationVenue();
  const maker = venue.trader('maker', { USDC: '1000000' });
  venue.limit(maker, 'Bid', '90000', '1', { symbol: BTC });
  corrupt(venue.state);
  try {
    checkInvariants(venue.state);
  } catch (problem) {
    if (problem instanceof InvariantViolation) return problem.invariant;
    throw problem;
  }
  return 'nothing';
}

const BREACHES: readonly (readonly [string, (state: State) => void])[] = [
  ['who waits for a turn has one', exemptByWaiting],
  [
    'who has a turn waits for it',
    ({ liquidations }) => {
      liquidations.turns.push(MAKER);
    },
  ],
  [
    'nobody has two turns in a round',
    ({ liquidations }) => {
      liquidations.queue([MAKER, MAKER]);
    },
  ],
  [
    'who is in liquidation has a turn to come',
    ({ liquidations, timeUs }) => {
      liquidations.open(new LiquidationCase(1, MAKER, timeUs, STANDING));
    },
  ],
  [
    'who is in liquidation has no orders',
    ({ liquidations, liquidationStatistics, timeUs }) => {
      liquidationStatistics.countStart(timeUs);
      liquidations.open(new LiquidationCase(1, MAKER, timeUs, STANDING));
      liquidations.queue([MAKER]);
      liquidations.nextRoundUs = timeUs;
    },
  ],
  [
    'a liquidation has a number of its own',
    ({ liquidations, timeUs }) => {
      liquidations.open(new LiquidationCase(1, MAKER, timeUs, STANDING));
      liquidations.queue([MAKER]);
      liquidations.nextRoundUs = timeUs;
    },
  ],
  [
    'what the house took over is what is on record',
    (state) => {
      state.negativeBalances.change(MAKER, USDC, 5, state.timeUs);
    },
  ],
  [
    'the backstop fund is never below zero',
    ({ balances }) => {
      const { houseAtoms } = balances.of(USDC);
      (houseAtoms[HOUSE.backstopFund] as number) -= 1;
      (houseAtoms[HOUSE.chain] as number) += 1;
    },
  ],
];

/** The account is known to be due, and never comes to the front. */
function exemptByWaiting({ liquidations }: State): void {
  liquidations.queue([MAKER]);
  liquidations.turns.pop();
}

describe('a rule of liquidations', () => {
  test.each(BREACHES)('is named when it is broken: %s', (invariant, corrupt) => {
    expect(violationOf(corrupt)).toBe(invariant);
  });
});
