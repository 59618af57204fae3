// Each rule of pools is broken on purpose, once, and says so under its own name.
import { type Atoms, InvariantViolation } from '@glasshouse/units';
import { expect, test } from 'vitest';
import { checkInvariants, type State } from '../../src/index.js';
import { sampleInvariants } from '../../src/invariants/sample.js';
import { drawPool, payPool } from '../../src/ledger/claims.js';
import { HOUSE } from '../../src/state/balances.js';
import type { LendingPool } from '../../src/state/pools.js';
import { LendingVenue } from './lending-venue.js';

const USDC = 1;
const SOL = 4;
const LENDER = 1;
const BORROWER = 2;

/** Account 1 lends 1,000 USDC and 100 SOL, account 2 owes 400 USDC and 10 SOL. */
function lendingVenue(): LendingVenue {
  const venue = new LendingVenue();
  venue.trader('lender', { USDC: '1000', SOL: '100' });
  const borrower = venue.manual('borrower', { BTC: '1' });
  venue.borrow(borrower, 'USDC', '400');
  venue.borrow(borrower, 'SOL', '10');
  return venue;
}

type Corruption = (state: State, usdc: LendingPool, sol: LendingPool) => void;

function violationOf(corrupt: Corruption, check: (state: State) => void = checkInvariants): string {
  const { state } = lendingVenue();
  const [usdc, sol] = [state.pools[USDC - 1], state.pools[SOL - 1]];
  if (usdc === undefined || sol === undefined) throw new Error('no pools');
  try {
    corrupt(state, usdc, sol);
    check(state);
  } catch (problem) {
    if (problem instanceof InvariantViolation) return problem.invariant;
    throw problem;
  }
  return 'none';
}

function add(column: { [index: number]: number }, index: number, value: number): void {
  column[index] = (column[index] ?? Number.NaN) + value;
}

const IDENTITY = 'pool cash = lent − borrowed + unsettled − costs + house';

const CORRUPTIONS: readonly (readonly [invariant: string, how: string, corrupt: Corruption])[] = [
  ['none', 'nothing', () => {}],
  [IDENTITY, 'the house claims what nobody has paid', (_state, usdc) => add(usdc.houseClaims, HOUSE.fees, 1)],
  [
    IDENTITY,
    'cash moves to another house account',
    ({ balances }) => {
      add(balances.of(SOL).houseAtoms, HOUSE.lendingPool, -1);
      add(balances.of(SOL).houseAtoms, HOUSE.lendingReserve, 1);
    },
  ],
  [
    'pool cash ≥ 0',
    'more is paid out than there is',
    ({ balances }) => {
      add(balances.of(USDC).houseAtoms, HOUSE.lendingPool, -1e9);
      add(balances.of(USDC).houseAtoms, HOUSE.lendingReserve, 1e9);
    },
  ],
  [
    'the kept sum of lends is their sum',
    'a lend grows by itself',
    ({ balances }) => add(balances.of(USDC).loanAtoms, LENDER, 1),
  ],
  [
    'the kept sum of borrows is their sum',
    'a debt shrinks by itself',
    ({ balances }) => add(balances.of(SOL).loanAtoms, BORROWER, 1),
  ],
  ['virtual lends = Σ unsettled profit', 'profit appears', ({ unsettled }) => add(unsettled.atoms, BORROWER, 5)],
  ['virtual borrows = Σ unsettled loss', 'loss appears', ({ unsettled }) => add(unsettled.atoms, BORROWER, -5)],
  ['an account counts its debts', 'a debt is not counted', ({ accounts }) => add(accounts.loanCount, BORROWER, -1)],
  [
    'interest is posted to who has a claim',
    'a lender is left out of the sweep',
    ({ holders }) => holders.delete(LENDER),
  ],
  [
    'an asset is not lent and borrowed at once',
    'a debtor lends without repaying',
    (state) => {
      add(state.balances.of(USDC).availableAtoms, BORROWER, 1e9);
      payPool(state, BORROWER, USDC, 500_000_000 as Atoms);
    },
  ],
  [
    'pool cash ≥ 0',
    'a redemption of more than the cash',
    (state) => drawPool(state, LENDER, USDC, 700_000_000 as Atoms),
  ],
];

test.each(CORRUPTIONS)('%s: %s', (invariant, _how, corrupt) => {
  expect(violationOf(corrupt)).toBe(invariant);
});

test.each(CORRUPTIONS.slice(2, 4))('production samples %s: %s', (invariant, _how, corrupt) => {
  const sampled = (state: State): void => {
    state.nextSeq = 64 as typeof state.nextSeq;
    sampleInvariants(state);
  };
  expect(violationOf(corrupt, sampled)).toBe(invariant);
});
