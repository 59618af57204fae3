// A table as the code knows it: columns under the names that rows have here, which become the snake case of SQL.

/** How values of a column travel. All integers are JavaScript's exact ones; `numeric` is a sum that may pass them, and is rounded here. */
export type ColumnType = 'bigint' | 'integer' | 'smallint' | 'numeric' | 'real' | 'reals' | 'text' | 'boolean' | 'json';

export type Column<Row> = { readonly property: keyof Row & string; readonly name: string; readonly type: ColumnType };

export type Table<Row> = {
  readonly name: string;
  readonly columns: readonly Column<Row>[];
  /** Of the primary key, in its order. */
  readonly key: readonly (keyof Row & string)[];
  /** What becomes of columns of a row that is there already, as SQL; without it rows are only added. */
  readonly merge: Merge<Row> | undefined;
};

export type Merge<Row> = Readonly<Partial<Record<keyof Row & string, string>>>;

export const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export function table<Row extends object>(
  name: string,
  columns: { readonly [Property in keyof Row & string]-?: ColumnType },
  key: readonly (keyof Row & string)[],
  merge?: Merge<Row>,
): Table<Row> {
  const properties = Object.keys(columns) as (keyof Row & string)[];
  return {
    name,
    columns: properties.map((property) => ({ property, name: snakeCase(property), type: columns[property] })),
    key,
    merge,
  };
}

/** The new value takes the place of the old one. */
export function replaced<Row>(...properties: readonly (keyof Row & string)[]): Merge<Row> {
  const entries = properties.map((property) => [property, `excluded.${snakeCase(property)}`] as const);
  return Object.fromEntries(entries) as Merge<Row>;
}

/** A request's rows in a table are counted, so that each has a place of its own in the one order of the log. */
export type Placed = { readonly seq: number; readonly place: number };

export type AnyTable = Table<Record<string, unknown>>;

const SQL_TYPE: Readonly<Record<ColumnType, string>> = {
  bigint: 'bigint',
  integer: 'integer',
  smallint: 'smallint',
  numeric: 'numeric',
  real: 'double precision',
  reals: 'double precision[]',
  text: 'text',
  boolean: 'boolean',
  json: 'jsonb',
};

export const sqlType = (type: ColumnType): string => SQL_TYPE[type];

/** Every column under its name here, for SELECT. */
export function selection<Row>({ columns }: Table<Row>): string {
  return columns.map(({ name, property }) => `${name} AS "${property}"`).join(', ');
}
