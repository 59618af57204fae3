import type { MarginView } from '@glasshouse/protocol';
import type { State } from '../state/state.js';
import { marginTermsOf } from './account.js';

/** An account's margin as it stands; undefined for an account that does not exist. */
export function marginView(state: State, accountId: number): MarginView | undefined {
  if (!state.accounts.has(accountId)) return undefined;
  const terms = marginTermsOf(state, accountId);
  const { exposureUsd, netEquityUsd, lockedUsd, maintenanceUsd } = terms;
  return {
    accountId,
    collateralUsd: terms.collateralUsd,
    unrealizedPnlUsd: terms.unrealizedPnlUsd,
    unsettledUsd: terms.unsettledUsd,
    borrowLiabilityUsd: terms.borrowLiabilityUsd,
    netEquityUsd,
    lockedUsd,
    availableUsd: netEquityUsd - lockedUsd,
    exposureUsd,
    marginFraction: exposureUsd === 0 ? undefined : netEquityUsd / exposureUsd,
    imf: exposureUsd === 0 ? 0 : lockedUsd / exposureUsd,
    mmf: exposureUsd === 0 ? 0 : maintenanceUsd / exposureUsd,
    initialMarginUsd: lockedUsd,
    maintenanceMarginUsd: maintenanceUsd,
  };
}
