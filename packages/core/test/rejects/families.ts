import { BORROW, LEND, MARGIN_ORDER } from './lending-faults.js';
import { ACCEPTANCE, ENROLMENT, LEAVING } from './liquidation-faults.js';
import { CONFIRMATION, DEPOSIT, TRANSFER, WITHDRAWAL } from './money-faults.js';
import { CANCEL, CANCEL_ALL, MARKET_ORDER, ORDER, REDUCE } from './order-faults.js';
import { PEOPLE } from './people-faults.js';
import { PERP_ORDER, REPORT } from './perp-faults.js';
import { DUST, QUOTE, QUOTE_ACCEPTANCE, RFQ_CANCEL, RFQ_REFRESH, RFQ_REQUEST } from './rfq-faults.js';
import { SECURITY } from './security-faults.js';
import type { Family } from './situation.js';
import { STRATEGY, STRATEGY_CANCEL, STRATEGY_CANCEL_ALL } from './strategy-faults.js';
import { ORDER_WITH_EXITS, TRIGGER_ORDER } from './trigger-faults.js';
import { MINT, OF_VAULTS, REDEEM, REDEEM_CANCEL } from './vault-faults.js';

/** Every command that can be refused for more than who signed it and when. */
export const FAMILIES: readonly Family[] = [
  ORDER,
  MARKET_ORDER,
  TRIGGER_ORDER,
  ORDER_WITH_EXITS,
  CANCEL,
  CANCEL_ALL,
  REDUCE,
  DEPOSIT,
  WITHDRAWAL,
  CONFIRMATION,
  TRANSFER,
  BORROW,
  LEND,
  MARGIN_ORDER,
  PERP_ORDER,
  REPORT,
  ENROLMENT,
  LEAVING,
  ACCEPTANCE,
  RFQ_REQUEST,
  QUOTE,
  QUOTE_ACCEPTANCE,
  RFQ_CANCEL,
  RFQ_REFRESH,
  DUST,
  ...PEOPLE,
  STRATEGY,
  STRATEGY_CANCEL,
  STRATEGY_CANCEL_ALL,
  ...SECURITY,
  MINT,
  REDEEM,
  REDEEM_CANCEL,
  ...OF_VAULTS,
];
