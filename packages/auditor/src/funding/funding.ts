// Hourly funding: the rate that an average premium makes, and what a position pays or receives.
import type { PerpConfiguration } from '@glasshouse/protocol';
import { clampExact, type Exact, exact, type Numeric } from '../exact.js';

export type FundingTerms = Pick<PerpConfiguration, 'fundingInterest' | 'fundingClamp' | 'fundingCap'>;

const HOURS_OF_RATE = 8;

/** clamp((P + clamp(interest − P, ± clamp)) / 8, ± cap). */
export function fundingRate(averagePremium: Numeric, terms: FundingTerms): Exact {
  const premium = exact(averagePremium);
  const clamp = exact(terms.fundingClamp);
  const cap = exact(terms.fundingCap);
  const pull = clampExact(exact(terms.fundingInterest).minus(premium), clamp.negated(), clamp);
  return clampExact(premium.plus(pull).dividedBy(HOURS_OF_RATE), cap.negated(), cap);
}

/** −F × size × mark: longs pay when the rate is positive. In quote units, unrounded. */
export const fundingPayment = (rate: Numeric, size: Numeric, markPrice: Numeric): Exact =>
  exact(rate).times(size).times(markPrice).negated();

/** Whole atoms: who pays, pays the fraction too; who receives, does not get it. */
export const fundingAtoms = (payment: Exact): Exact => payment.floor();
