import { count } from '../terminal/numbers.js';
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

export function summaryText(summary: StateSummary): string {
  const { venue, seq, time, stateHash, accounts, openOrders, markets, assets } = summary;
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
  ].join('\n');
}
