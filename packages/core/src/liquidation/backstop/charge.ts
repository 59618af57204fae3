// What taking over brings: the provider and the fund share what closing may cost in the proportion of their largest fees.
import type { Atoms } from '@glasshouse/units';
import { changeUnsettled } from '../../ledger/claims.js';
import type { LiquidationCase } from '../../state/liquidations.js';
import type { State } from '../../state/state.js';
import { atomUsd, dearestFee, mostFees } from '../cost.js';
import { payFund } from '../fees.js';

export type TakingFees = { readonly providerFeeAtoms: Atoms; readonly fundFeeAtoms: Atoms };

function feesOf(state: State, running: LiquidationCase, freedUsd: number, quoteAtoms: number): TakingFees {
  const { providerFee, fundFee } = state.risk.liquidation;
  const both = dearestFee(state);
  const most = both === 0 ? 0 : mostFees(state, running, { quoteAtoms, freedUsd, lostUsd: 0 });
  const feeOf = (fee: number): Atoms =>
    (both === 0 ? 0 : Math.floor(Math.min(fee * quoteAtoms, (most * fee) / both))) as Atoms;
  return { providerFeeAtoms: feeOf(providerFee), fundFeeAtoms: feeOf(fundFee) };
}

function payProvider(state: State, accountId: number, providerId: number, atoms: number): void {
  if (atoms === 0) return;
  changeUnsettled(state, accountId, -atoms);
  changeUnsettled(state, providerId, atoms);
}

/** To be called when a part worth `quoteAtoms` has gone over, by which so much maintenance is freed. Counts it, too. */
export function chargeTaking(
  state: State,
  running: LiquidationCase,
  providerId: number,
  { quoteAtoms, freedUsd }: { readonly quoteAtoms: number; readonly freedUsd: number },
): TakingFees {
  const fees = feesOf(state, running, freedUsd, quoteAtoms);
  payProvider(state, running.accountId, providerId, fees.providerFeeAtoms);
  payFund(state, running.accountId, fees.fundFeeAtoms);
  const usd = quoteAtoms * atomUsd(state);
  running.backstopUsd += usd;
  running.providerFeeAtoms += fees.providerFeeAtoms;
  running.fundFeeAtoms += fees.fundFeeAtoms;
  state.liquidationStatistics.count(state.timeUs, 'backstop', usd);
  return fees;
}
