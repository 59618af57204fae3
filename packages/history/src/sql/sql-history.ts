// The past answered by the tables.
import type { QuoteView, RfqView, WithdrawalView } from '@glasshouse/protocol';
import type { LiquidationRow } from '../liquidation/rows.js';
import type { PositionRow } from '../positions/rows.js';
import type * as queries from '../queries.js';
import type { Database } from './database.js';
import { candleRows } from './tables/candles.js';
import { dustPage } from './tables/dust.js';
import { fillPage } from './tables/fills.js';
import { fundingPaymentPage, fundingRatePage } from './tables/funding.js';
import { liquidationPage } from './tables/liquidations.js';
import { interestPage, loanMovementPage, loanPage } from './tables/loans.js';
import { depositPage, transferPage, withdrawalPage } from './tables/movements.js';
import { orderPage } from './tables/orders.js';
import { poolPoints } from './tables/pools.js';
import { positionPage } from './tables/positions.js';
import { priceCandleRows } from './tables/price-candles.js';
import { quotePage, rfqFillPage, rfqPage } from './tables/rfqs.js';
import { settlementPage } from './tables/settlements.js';
import { strategyPage } from './tables/strategies.js';
import { tradePage } from './tables/trades.js';
import { vaultPoints } from './tables/vaults.js';

type Pages<Row> = Promise<queries.Page<Row>>;

export class SqlHistory implements queries.HistoryQueries {
  constructor(private readonly database: Database) {}

  trades(query: queries.TradeQuery): Pages<queries.TradeRow> {
    return tradePage(this.database, query);
  }

  pastCandles(query: queries.CandleQuery): Promise<readonly queries.CandleRow[]> {
    return candleRows(this.database, query);
  }

  priceCandles(query: queries.PriceCandleQuery): Promise<readonly queries.PriceCandleRow[]> {
    return priceCandleRows(this.database, query);
  }

  orders(query: queries.OrderQuery): Pages<queries.OrderRow> {
    return orderPage(this.database, query);
  }

  fills(query: queries.FillQuery): Pages<queries.FillRow> {
    return fillPage(this.database, query);
  }

  strategies(query: queries.StrategyQuery): Pages<queries.StrategyRow> {
    return strategyPage(this.database, query);
  }

  deposits(query: queries.DepositQuery): Pages<queries.DepositRow> {
    return depositPage(this.database, query);
  }

  withdrawals(query: queries.WithdrawalQuery): Pages<WithdrawalView> {
    return withdrawalPage(this.database, query);
  }

  transfers(query: queries.TransferQuery): Pages<queries.TransferRow> {
    return transferPage(this.database, query);
  }

  fundingPayments(query: queries.FundingPaymentQuery): Pages<queries.FundingPaymentRow> {
    return fundingPaymentPage(this.database, query);
  }

  fundingRates(query: queries.FundingRateQuery): Pages<queries.FundingRateRow> {
    return fundingRatePage(this.database, query);
  }

  interest(query: queries.InterestQuery): Pages<queries.InterestRow> {
    return interestPage(this.database, query);
  }

  settlements(query: queries.SettlementQuery): Pages<queries.SettlementRow> {
    return settlementPage(this.database, query);
  }

  loanMovements(query: queries.LoanMovementQuery): Pages<queries.LoanMovementRow> {
    return loanMovementPage(this.database, query);
  }

  loans(query: queries.LoanQuery): Pages<queries.LoanRow> {
    return loanPage(this.database, query);
  }

  liquidations(query: queries.LiquidationQuery): Pages<LiquidationRow> {
    return liquidationPage(this.database, query);
  }

  positions(query: queries.PositionQuery): Pages<PositionRow> {
    return positionPage(this.database, query);
  }

  rfqs(query: queries.RfqQuery): Pages<RfqView> {
    return rfqPage(this.database, query);
  }

  quotes(query: queries.QuoteQuery): Pages<QuoteView> {
    return quotePage(this.database, query);
  }

  rfqFills(query: queries.RfqFillQuery): Pages<queries.RfqFillRow> {
    return rfqFillPage(this.database, 'asked', query);
  }

  quoteFills(query: queries.RfqFillQuery): Pages<queries.RfqFillRow> {
    return rfqFillPage(this.database, 'quoted', query);
  }

  dustConversions(query: queries.DustQuery): Pages<queries.DustRow> {
    return dustPage(this.database, query);
  }

  vaultHistory(query: queries.VaultQuery): Promise<readonly queries.VaultRow[]> {
    return vaultPoints(this.database, query);
  }

  poolHistory(query: queries.PoolQuery): Promise<readonly queries.PoolRow[]> {
    return poolPoints(this.database, query);
  }
}
