// What queries need of a database: statements with bound parameters, rows with the names that they ask for.

export type Statement = { readonly text: string; readonly values: readonly unknown[] };

export interface Database {
  query<Row>(statement: Statement): Promise<readonly Row[]>;
}

/** Collects parameters while a statement is put together. */
export class Parameters {
  readonly values: unknown[] = [];

  readonly bind = (value: unknown): string => {
    this.values.push(value);
    return `$${this.values.length}`;
  };
}
