// The past as the gateway asks for it: candles, statistics and the last trades from memory, everything else from the tables.
import type { HistoryPort } from '@glasshouse/gateway';
import type { MemoryHistory, SqlHistory } from '@glasshouse/history';

export function layeredHistory(memory: MemoryHistory, sql: SqlHistory): HistoryPort {
  return {
    candles: (query) => memory.candles(query),
    pastCandles: (query) => (memory.hasCandles(query) ? memory.candles(query) : sql.pastCandles(query)),
    priceCandles: (query) => (memory.hasPriceCandles(query) ? memory.priceCandles(query) : sql.priceCandles(query)),
    ticker: (query) => memory.ticker(query),
    trades: (query) => {
      const recent = memory.trades(query);
      const isNewest = query.sort !== 'ascending' && query.offset + query.limit <= recent.total;
      return isNewest ? recent : sql.trades(query);
    },
    orders: (query) => sql.orders(query),
    fills: (query) => sql.fills(query),
    strategies: (query) => sql.strategies(query),
    deposits: (query) => sql.deposits(query),
    withdrawals: (query) => sql.withdrawals(query),
    fundingPayments: (query) => sql.fundingPayments(query),
    fundingRates: (query) => sql.fundingRates(query),
    interest: (query) => sql.interest(query),
    settlements: (query) => sql.settlements(query),
    loanMovements: (query) => sql.loanMovements(query),
    loans: (query) => sql.loans(query),
    poolHistory: (query) => sql.poolHistory(query),
    liquidations: (query) => sql.liquidations(query),
    positions: (query) => sql.positions(query),
    rfqs: (query) => sql.rfqs(query),
    quotes: (query) => sql.quotes(query),
    rfqFills: (query) => sql.rfqFills(query),
    quoteFills: (query) => sql.quoteFills(query),
    dustConversions: (query) => sql.dustConversions(query),
    vaultHistory: (query) => sql.vaultHistory(query),
  };
}
