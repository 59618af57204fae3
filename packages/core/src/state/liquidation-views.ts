// Liquidations, offers to take over and what was left unpaid, as pictures.
import type {
  BackstopAssetView,
  BackstopMarketView,
  BackstopView,
  LiquidationView,
  NegativeBalanceView,
} from '@glasshouse/protocol';
import type { Atoms, Lots, TimeUs } from '@glasshouse/units';
import type { Backstop, BackstopTaken, BackstopTerms, LoansTaken } from './backstops.js';
import type { LiquidationCase } from './liquidations.js';
import type { State } from './state.js';

export function liquidationViewOf(running: LiquidationCase): LiquidationView {
  const { liquidationId, accountId, startedUs, atStart, steps, bookUsd, backstopUsd, deleveragedUsd } = running;
  const fundFeeAtoms = running.fundFeeAtoms as Atoms;
  const providerFeeAtoms = running.providerFeeAtoms as Atoms;
  const coveredAtoms = running.coveredAtoms as Atoms;
  const { unpaidUsd } = running;
  const traded = { bookUsd, backstopUsd, deleveragedUsd };
  const begun = { liquidationId, accountId, startedUs, atStart };
  return { ...begun, steps, ...traded, fundFeeAtoms, providerFeeAtoms, coveredAtoms, unpaidUsd };
}

const marketsOf = ({ offers }: BackstopTerms, taken: readonly BackstopTaken[]): BackstopMarketView[] =>
  offers.map(({ marketId, capacityLots, hourlyLots }) => {
    const counted = taken.find((one) => one.marketId === marketId);
    return {
      marketId,
      capacityLots: capacityLots as Lots,
      hourlyLots: hourlyLots as Lots,
      takenLots: (counted?.lots ?? 0) as Lots,
      hourStartUs: (counted?.hourStartUs ?? 0) as TimeUs,
    };
  });

const assetsOf = ({ loans }: BackstopTerms, taken: readonly LoansTaken[]): BackstopAssetView[] =>
  loans.map(({ assetId, capacityAtoms, hourlyAtoms }) => {
    const counted = taken.find((one) => one.assetId === assetId);
    return {
      assetId,
      capacityAtoms: capacityAtoms as Atoms,
      hourlyAtoms: hourlyAtoms as Atoms,
      takenAtoms: (counted?.atoms ?? 0) as Atoms,
      hourStartUs: (counted?.hourStartUs ?? 0) as TimeUs,
    };
  });

export function backstopViewOf({ accountId, terms, bound, taken, loansTaken }: Backstop): BackstopView {
  const shown = (one: BackstopTerms) => ({
    minimumEquityUsd: one.minimumEquityUsd,
    markets: marketsOf(one, taken),
    assets: assetsOf(one, loansTaken),
  });
  const view: BackstopView = { accountId, ...shown(terms) };
  return bound === undefined ? view : { ...view, bound: { untilUs: bound.untilUs, ...shown(bound) } };
}

/** Undefined while nobody but its owner acts for the account. */
export function liquidationView(state: State, accountId: number): LiquidationView | undefined {
  const running = state.liquidations.get(accountId);
  return running === undefined ? undefined : liquidationViewOf(running);
}

/** By rising account id. */
export const liquidationViews = (state: State): LiquidationView[] =>
  [...state.liquidations.inOrder()].map(liquidationViewOf);

/** Undefined for an account that offers to take nothing over. */
export function backstopView(state: State, accountId: number): BackstopView | undefined {
  const backstop = state.backstops.get(accountId);
  return backstop === undefined ? undefined : backstopViewOf(backstop);
}

/** By rising account id. */
export const backstopViews = (state: State): BackstopView[] => [...state.backstops.inOrder()].map(backstopViewOf);

/** Of one account when given, otherwise of all, by rising account id. */
export function negativeBalanceViews({ negativeBalances }: State, accountId?: number): readonly NegativeBalanceView[] {
  return accountId === undefined ? [...negativeBalances.inOrder()] : [...negativeBalances.of(accountId)];
}
