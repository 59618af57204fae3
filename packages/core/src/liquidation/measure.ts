// How near to ruin an account is, and the rules that follow from it: who is left alone, and when the backstop takes over.
//   sound: maintenance < net equity, or nothing at stake
//   sheltered: unsound at the mark, sound with perpetuals at their indexes
//   auto-close: net equity / exposure < max(mmf / divisor, mmf − offset), mmf = maintenance / exposure
import type { MaintenanceView } from '@glasshouse/protocol';
import { assert } from '@glasshouse/units';
import { marginTermsOf } from '../margin/account.js';
import type { State } from '../state/state.js';

export function measure(state: State, accountId: number): MaintenanceView {
  const terms = marginTermsOf(state, accountId);
  return {
    netEquityUsd: terms.netEquityUsd,
    maintenanceMarginUsd: terms.maintenanceUsd,
    exposureUsd: terms.exposureUsd,
    netEquityAtIndexUsd: terms.netEquityAtIndexUsd,
    maintenanceMarginAtIndexUsd: terms.maintenanceAtIndexUsd,
  };
}

type AtMark = Pick<MaintenanceView, 'netEquityUsd' | 'maintenanceMarginUsd' | 'exposureUsd'>;

export function isSound({ netEquityUsd, maintenanceMarginUsd, exposureUsd }: AtMark): boolean {
  return exposureUsd <= 0 || (netEquityUsd > 0 && maintenanceMarginUsd < netEquityUsd);
}

/** What has to be said of an account that is unsound at the mark; with the trigger `mark` nobody is sheltered. */
function isSheltered({ risk }: State, { netEquityAtIndexUsd, maintenanceMarginAtIndexUsd }: MaintenanceView): boolean {
  if (risk.liquidation.trigger === 'mark') return false;
  return netEquityAtIndexUsd > 0 && maintenanceMarginAtIndexUsd < netEquityAtIndexUsd;
}

/** Nobody works on what it has. */
export function isLeftAlone(state: State, at: MaintenanceView): boolean {
  return isSound(at) || isSheltered(state, at);
}

export function isBelowAutoClose(state: State, at: AtMark): boolean {
  const { autoCloseDivisor, autoCloseOffset } = state.risk.liquidation;
  const { netEquityUsd, maintenanceMarginUsd, exposureUsd } = at;
  if (exposureUsd <= 0) return false;
  const mmf = maintenanceMarginUsd / exposureUsd;
  return netEquityUsd / exposureUsd < Math.max(mmf / autoCloseDivisor, mmf - autoCloseOffset);
}

/** USD by which the equity of `before` could still fall on the way to `after` without maintenance ÷ equity having risen. */
function roomUsd(before: MaintenanceView, after: MaintenanceView): number {
  if (before.netEquityUsd <= 0) return after.netEquityUsd - before.netEquityUsd;
  if (before.maintenanceMarginUsd === 0) return 0;
  return after.netEquityUsd - (after.maintenanceMarginUsd * before.netEquityUsd) / before.maintenanceMarginUsd;
}

/** Sums of doubles may differ in their last bits. */
const RELATIVE = 1e-9;

/** No step on the book leaves an account nearer to ruin than it was. */
export function assertNoWorse(accountId: number, before: MaintenanceView, after: MaintenanceView): void {
  const slack = RELATIVE * (Math.abs(before.netEquityUsd) + before.exposureUsd);
  if (roomUsd(before, after) < -slack) {
    assert(false, 'a book step never raises the margin ratio', { accountId, ...before, equity: after.netEquityUsd });
  }
}
