import type { Page, Paging } from './queries.js';

/** Counts every row that passes and keeps those of the asked page; rows come in the asked order. */
export function pageOf<Key, Row>(
  keys: Iterable<Key>,
  paging: Paging,
  passes: (key: Key) => boolean,
  rowOf: (key: Key) => Row,
): Page<Row> {
  const rows: Row[] = [];
  let total = 0;
  for (const key of keys) {
    if (!passes(key)) continue;
    if (total >= paging.offset && rows.length < paging.limit) rows.push(rowOf(key));
    total += 1;
  }
  return { rows, total };
}

export function within(timeUs: number, range: { fromUs?: number | undefined; toUs?: number | undefined }): boolean {
  return (range.fromUs === undefined || timeUs >= range.fromUs) && (range.toUs === undefined || timeUs <= range.toUs);
}

/** Whether a row of that market is asked for. */
export function inMarkets(
  marketId: number,
  query: { readonly marketId?: number | undefined; readonly marketIds?: readonly number[] | undefined },
): boolean {
  if (query.marketId !== undefined && query.marketId !== marketId) return false;
  return query.marketIds === undefined || query.marketIds.includes(marketId);
}
