// How pages of the past are asked for and given.

export type Paging = {
  readonly limit: number;
  readonly offset: number;
  /** Newest first unless it says otherwise. */
  readonly sort?: 'ascending' | 'descending';
};
/** Inclusive bounds. */
export type TimeRange = { readonly fromUs?: number | undefined; readonly toUs?: number | undefined };
export type Page<Row> = { readonly rows: readonly Row[]; readonly total: number };
export type Answer<Value> = Value | Promise<Value>;
