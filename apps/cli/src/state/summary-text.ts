import { count } from '../terminal/numbers.js';
import type { LiquidationSummary } from './liquidation-summary.js';
import type { StateSummary } from './summary.js';

type Row = readonly string[];

/** Columns as wide as their widest cell; the first to the left, the others to the right. */
function table(head: Row, rows: readonly Row[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const line = (row: Row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  return all.map(line).join('\n');
}

const percent = (fraction: number): string => `${(fraction * 100).toFixed(1)} %`;

function liquidationText({
  accountsNow,
  sinceGenesis,
  fund,
  onRecord,
  stages,
  ...deficits
}: LiquidationSummary): string {
  const owed = onRecord.map(({ symbol, quantity, accounts }) => `${quantity} ${symbol} (accounts: ${count(accounts)})`);
  const rows = stages.map(({ stage, usd, shareByCount, shareByUsd, ...done }) => [
    stage,
    count(done.count),
    percent(shareByCount),
    usd,
    percent(shareByUsd),
  ]);
  return [
    `liquidated  ${count(accountsNow)} now, ${count(sinceGenesis)} since genesis`,
    `fund        ${fund === null ? 'none before a perpetual is listed' : `${fund.quantity} ${fund.symbol}`}`,
    `deficits    ${deficits.paidUsd} USD paid by the fund, ${deficits.recordedUsd} USD put on record`,
    `on record   ${owed.length === 0 ? 'nothing' : owed.join(', ')}`,
    '',
    table(['stage', 'times', 'share', 'USD', 'share'], rows),
  ].join('\n');
}

export function summaryText(summary: StateSummary): string {
  const { venue, seq, time, stateHash, accounts, openOrders, markets, assets, liquidation } = summary;
  const marketRows = markets.map((market) => [
    market.symbol,
    market.state,
    market.bestBid ?? '-',
    market.bestAsk ?? '-',
    count(market.bidLevels),
    count(market.askLevels),
    count(market.lastUpdateId),
  ]);
  const assetRows = assets.map(({ symbol, available, locked, lent, borrowed, holders }) => [
    symbol,
    available,
    locked,
    lent,
    borrowed,
    count(holders),
  ]);
  return [
    `${venue}\nseq         ${seq}\ntime        ${time}\nstate hash  ${stateHash}`,
    `accounts    ${count(accounts)}, ${count(openOrders)} open orders`,
    '',
    table(['market', 'state', 'best bid', 'best ask', 'bid levels', 'ask levels', 'book updates'], marketRows),
    '',
    table(['asset', 'available', 'locked', 'lent', 'borrowed', 'accounts'], assetRows),
    '',
    liquidationText(liquidation),
  ].join('\n');
}
