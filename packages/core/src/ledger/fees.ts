// Fees are counted on an order's running notional, not fill by fill: an order that fills in a hundred pieces pays at most
// one atom more than the exact fee.
//   charged(n) = ⌈n × rate⌉ − already charged      earned(n) = ⌊n × rate⌋ − already earned
import { type Atoms, type FeePpm, feeCharged, feeEarned, rebatePaid } from '@glasshouse/units';

/** What one more fill costs the payer. */
export function nextCharge(before: Atoms, after: Atoms, rate: FeePpm): Atoms {
  return (feeCharged(after, rate) - feeCharged(before, rate)) as Atoms;
}

/** What the venue earns of it. */
export function nextEarning(before: Atoms, after: Atoms, rate: FeePpm): Atoms {
  return (feeEarned(after, rate) - feeEarned(before, rate)) as Atoms;
}

/** What a maker with a negative rate receives for one more fill. */
export function nextRebate(before: Atoms, after: Atoms, rate: FeePpm): Atoms {
  return (rebatePaid(after, rate) - rebatePaid(before, rate)) as Atoms;
}

/** What the venue spends on it: rounded up, against the payer. */
export function nextRebateSpent(before: Atoms, after: Atoms, rate: FeePpm): Atoms {
  const positive = -rate as FeePpm;
  return (feeCharged(after, positive) - feeCharged(before, positive)) as Atoms;
}
