// Every table that is made of the log.
import type { AnyTable, Table } from '../table.js';
import { CANDLES } from './candles.js';
import { DUST_CONVERSIONS } from './dust.js';
import { FILLS } from './fills.js';
import { FUNDING_PAYMENTS, FUNDING_RATES } from './funding.js';
import { LIQUIDATION_STEPS, LIQUIDATIONS } from './liquidations.js';
import { INTEREST, LOAN_MOVEMENTS, LOANS } from './loans.js';
import { ASSETS, MARKETS } from './markets.js';
import { DEPOSITS, TRANSFERS, WITHDRAWALS } from './movements.js';
import { ORDERS } from './orders.js';
import { POOL_HOURS } from './pools.js';
import { MARKS, POSITIONS } from './positions.js';
import { PRICE_CANDLES } from './price-candles.js';
import { QUOTES, RFQ_FILLS, RFQS } from './rfqs.js';
import { SETTLEMENTS } from './settlements.js';
import { STRATEGIES } from './strategies.js';
import { TRADES } from './trades.js';
import { VAULT_HOURS } from './vaults.js';

const any = <Row>(table: Table<Row>): AnyTable => table as unknown as AnyTable;

export const TABLES: readonly AnyTable[] = [
  any(ASSETS),
  any(MARKETS),
  any(TRADES),
  any(CANDLES),
  any(PRICE_CANDLES),
  any(ORDERS),
  any(FILLS),
  any(DEPOSITS),
  any(WITHDRAWALS),
  any(TRANSFERS),
  any(FUNDING_PAYMENTS),
  any(FUNDING_RATES),
  any(SETTLEMENTS),
  any(LOAN_MOVEMENTS),
  any(INTEREST),
  any(LOANS),
  any(POOL_HOURS),
  any(LIQUIDATIONS),
  any(LIQUIDATION_STEPS),
  any(STRATEGIES),
  any(POSITIONS),
  any(MARKS),
  any(RFQS),
  any(QUOTES),
  any(RFQ_FILLS),
  any(DUST_CONVERSIONS),
  any(VAULT_HOURS),
];
