export { ConfigurationProblem } from './admin/configuration/index.js';
export { apply } from './apply.js';
export { FastBook, NaiveBook, OrderIdIndex, OrderPool } from './book/index.js';
export * from './book/order-book.js';
export { nextTimerUs } from './clock/timers.js';
export { checkInvariants } from './invariants/check.js';
export { poolView, poolViews } from './lending/views.js';
export {
  allocate,
  DELEVERAGING_POLICIES,
  type Deleveraged,
  type DeleveragingNeed,
  type DeleveragingPolicy,
} from './liquidation/policies/allocate.js';
export { queueScore, type Winner } from './liquidation/policies/winner.js';
export type { Findings, LevelChange } from './liquidation/scan/findings.js';
export { naiveScan } from './liquidation/scan/naive-scan.js';
export { scanMargins } from './liquidation/scan/scan.js';
export { deleverageQueueView, deleverageView, liquidationStatistics } from './liquidation/views.js';
export { marginExplanation } from './margin/explanation.js';
export { isLiquidatable } from './margin/liquidation.js';
export { marginView } from './margin/view.js';
export { maxBorrowAtoms, maxOrderLots, maxWithdrawalAtoms, type OrderAsked } from './orders/most.js';
export { assetPriceView, assetPriceViews, perpPriceView, perpPriceViews } from './prices/views.js';
export { SnapshotDamaged } from './snapshot/reader.js';
export { restore, type SnapshotSection, snapshot, stateHash } from './snapshot/snapshot.js';
export * from './state/queries.js';
export { createState, type MakeBook, type State } from './state/state.js';
