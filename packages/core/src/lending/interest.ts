// Interest becomes part of what is lent and owed once an hour, and whenever a debt is repaid in full.
import type { InterestPosted } from '@glasshouse/protocol';
import type { Atoms } from '@glasshouse/units';
import { poolOf } from '../ledger/claims.js';
import { postLoanInterest, postUnsettledInterest } from '../ledger/interest.js';
import { borrowRateAt, lendRateAt, utilizationOf } from '../ledger/rates.js';
import { holdsLoan, holdsUnsettled } from '../state/holders.js';
import type { State } from '../state/state.js';
import { lendingTermsOf } from './limits.js';

type Posted = Pick<InterestPosted, 'accountId' | 'assetId' | 'source'>;

/** The rate that the claim earns, or costs, as the pool stands. */
function rateOf(state: State, assetId: number, claimAtoms: number): number {
  const terms = lendingTermsOf(state, assetId);
  const utilization = utilizationOf(poolOf(state, assetId));
  return claimAtoms < 0 ? borrowRateAt(terms, utilization) : lendRateAt(terms, utilization);
}

function announce(state: State, posted: Posted, principal: number, interest: number): void {
  if (interest === 0) return;
  state.scope.emit?.({
    kind: 'interestPosted',
    ...posted,
    interestAtoms: interest as Atoms,
    principalAtoms: principal as Atoms,
    rate: rateOf(state, posted.assetId, principal),
  });
}

/** Posts what has gathered on an account's loan of one asset. */
export function postLoan(state: State, accountId: number, assetId: number): void {
  const principal = state.balances.of(assetId).loanAtoms[accountId] as number;
  const interest = postLoanInterest(state, accountId, assetId);
  announce(state, { accountId, assetId, source: interest < 0 ? 'borrow' : 'lend' }, principal, interest);
}

function postUnsettled(state: State, accountId: number): void {
  const principal = state.unsettled.atoms[accountId] as number;
  const interest = postUnsettledInterest(state, accountId);
  announce(state, { accountId, assetId: state.settlementAssetId, source: 'unsettledPnl' }, principal, interest);
}

/** One account's hour: every pool in which it has a claim or interest. */
export function postInterest(state: State, accountId: number): void {
  const { pools } = state;
  for (let place = 0; place < pools.length; place += 1) {
    if (pools[place] !== undefined && holdsLoan(state, accountId, place + 1)) postLoan(state, accountId, place + 1);
  }
  if (holdsUnsettled(state, accountId)) postUnsettled(state, accountId);
}
