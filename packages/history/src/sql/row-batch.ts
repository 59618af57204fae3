// Rows of one table that wait to be written together.
import { arrayLiteral, arrayType } from './literals.js';
import { type AnyTable, type Placed, snakeCase, sqlType, type Table } from './table.js';

/** Adds parameters to a statement and says under which names. */
export type Bind = (value: unknown) => string;

export interface Pending {
  readonly size: number;
  /** The statement's part that writes these rows where `condition` holds. */
  insertion(bind: Bind, condition: string): string;
  clear(): void;
}

function conflictClause({ key, merge }: AnyTable): string {
  if (merge === undefined) return '';
  const changes = Object.entries(merge).map(([property, value]) => `${snakeCase(property)} = ${value}`);
  return ` ON CONFLICT (${key.map(snakeCase).join(', ')}) DO UPDATE SET ${changes.join(', ')}`;
}

function insertion(table: AnyTable, rows: readonly object[], bind: Bind, condition: string): string {
  const { name, columns } = table;
  const names = columns.map((column) => column.name).join(', ');
  const arrays = columns.map(({ property, type }) => {
    const values = rows.map((row) => (row as Record<string, unknown>)[property]);
    return `${bind(arrayLiteral(values))}::${arrayType(type, sqlType(type))}`;
  });
  const values = columns.map((column) =>
    column.type === 'reals' ? `${column.name}::double precision[]` : column.name,
  );
  const source = `SELECT ${values.join(', ')} FROM unnest(${arrays.join(', ')}) AS sent (${names})`;
  return `INSERT INTO ${name} (${names}) ${source} WHERE ${condition}${conflictClause(table)}`;
}

/** Rows that are only ever added. */
export class AddedRows<Row extends object> implements Pending {
  private readonly rows: Row[] = [];

  constructor(private readonly table: Table<Row>) {}

  get size(): number {
    return this.rows.length;
  }

  add(row: Row): void {
    this.rows.push(row);
  }

  insertion(bind: Bind, condition: string): string {
    return insertion(this.table as unknown as AnyTable, this.rows, bind, condition);
  }

  clear(): void {
    this.rows.length = 0;
  }
}

/** Rows that change: the last state of each is written. */
export class ChangedRows<Row extends object> implements Pending {
  private readonly rows = new Map<string, Row>();

  constructor(
    private readonly table: Table<Row>,
    /** What two states of one row become; by default the later one. */
    private readonly merged: (earlier: Row, later: Row) => Row = (_, later) => later,
  ) {}

  get size(): number {
    return this.rows.size;
  }

  put(row: Row): void {
    const key = this.table.key.map((property) => String(row[property])).join('/');
    const earlier = this.rows.get(key);
    this.rows.set(key, earlier === undefined ? row : this.merged(earlier, row));
  }

  insertion(bind: Bind, condition: string): string {
    return insertion(this.table as unknown as AnyTable, [...this.rows.values()], bind, condition);
  }

  clear(): void {
    this.rows.clear();
  }
}

/** Counts a request's rows. */
export class Places {
  private seq = -1;
  private place = 0;

  next(seq: number): Placed {
    this.place = seq === this.seq ? this.place + 1 : 0;
    this.seq = seq;
    return { seq, place: this.place };
  }
}
