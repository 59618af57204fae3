// Pages and periods as callers ask for them.
import type { Page } from '../page-port.js';
import { Paged } from './contract.js';

const DEFAULT_ROWS = 100;
const US_PER_MS = 1000;

export type PageValues = { readonly limit?: number; readonly offset?: number; readonly sortDirection?: 'Asc' | 'Desc' };
export type Period = { readonly from?: number; readonly to?: number };

export function pagingOf(values: PageValues) {
  const sort = values.sortDirection === 'Asc' ? ('ascending' as const) : ('descending' as const);
  return { limit: values.limit ?? DEFAULT_ROWS, offset: values.offset ?? 0, sort };
}

/** Milliseconds, both ends included. */
export function periodOf({ from, to }: Period) {
  return {
    fromUs: from === undefined ? undefined : from * US_PER_MS,
    toUs: to === undefined ? undefined : to * US_PER_MS + US_PER_MS - 1,
  };
}

export function pagedRows<Source, Row>(
  page: Page<Source>,
  paging: { readonly limit: number; readonly offset: number },
  rowOf: (source: Source) => Row | undefined,
): Paged<Row> {
  return new Paged(
    page.rows.map(rowOf).filter((row) => row !== undefined),
    page.total,
    paging,
  );
}

export const NO_ROWS = { rows: [], total: 0 } as const;
