// Pages of one table by its indexes: rows in the order of a key, whatever filters there are.
//
// A total must not cost a walk through millions of rows. A page that is not full tells it; else rows after the page are counted as
// far as COUNTED. So a total is exact unless more than that many follow, and then it is at least what it says: who pages on by
// the total never stops too early.
import type { Page, Paging, TimeRange } from '../queries.js';
import { type Database, Parameters, type Statement } from './database.js';
import { arrayLiteral } from './literals.js';
import { snakeCase, sqlType, type Table } from './table.js';

/** As many rows as an account's list in memory holds. */
const COUNTED = 10_000;

/** `isNot` is of a value that is part of the statement, so that an index of all others is found. */
type Comparison = '=' | '>=' | '<=' | 'oneOf' | 'isNot';
export type Condition<Row> = {
  readonly property: keyof Row & string;
  readonly comparison: Comparison;
  readonly value: unknown;
};

/** No conditions for what is not asked. */
export function where<Row, Property extends keyof Row & string>(
  _of: Table<Row>,
  property: Property,
  comparison: Comparison,
  value: Row[Property] | readonly Row[Property][] | undefined,
): readonly Condition<Row>[] {
  return value === undefined ? [] : [{ property, comparison, value }];
}

/** Rows of that time, both ends included. */
export function during<Row, Property extends keyof Row & string>(
  of: Table<Row>,
  property: Property,
  { fromUs, toUs }: TimeRange,
): readonly Condition<Row>[] {
  type Time = Row[Property] | undefined;
  return [...where(of, property, '>=', fromUs as Time), ...where(of, property, '<=', toUs as Time)];
}

const PLAIN_WORD = /^[a-zA-Z]+$/;

function plainWord(value: unknown): string {
  if (typeof value === 'string' && PLAIN_WORD.test(value)) return value;
  throw new RangeError(`${String(value)} is no word that a statement may hold`);
}

export type PageOf<Row> = {
  readonly table: Table<Row>;
  /** Ascending with time. */
  readonly order: readonly (keyof Row & string)[];
  readonly conditions: readonly Condition<Row>[];
  readonly select: readonly (keyof Row & string)[];
};

const names = (properties: readonly string[], prefix = ''): string =>
  properties.map((property) => prefix + snakeCase(property)).join(', ');

class PageStatements<Row> {
  private readonly choices: readonly Condition<Row>[];
  private readonly others: readonly Condition<Row>[];

  constructor(
    private readonly page: PageOf<Row>,
    private readonly paging: Paging,
  ) {
    this.choices = page.conditions.filter(({ comparison }) => comparison === 'oneOf');
    this.others = page.conditions.filter(({ comparison }) => comparison !== 'oneOf');
  }

  private ordering(prefix = ''): string {
    const direction = this.paging.sort === 'ascending' ? 'ASC' : 'DESC';
    return this.page.order.map((property) => `${prefix}${snakeCase(property)} ${direction}`).join(', ');
  }

  private condition({ property, comparison, value }: Condition<Row>, { bind }: Parameters): string {
    const column = snakeCase(property);
    if (comparison === 'isNot') return `${column} <> '${plainWord(value)}'`;
    return `${column} ${comparison} ${bind(value)}::${this.typeOf(property)}`;
  }

  private typeOf(property: string): string {
    const column = this.page.table.columns.find((one) => one.property === property);
    if (column === undefined) throw new RangeError(`table ${this.page.table.name} has no column for ${property}`);
    return sqlType(column.type);
  }

  /** Keys of rows that pass, in order, at most so many. What is not ordered could be looked for in the whole table. */
  private keys(atMost: number, parameters: Parameters): string {
    const { page, choices, others } = this;
    const limit = `ORDER BY ${this.ordering()} LIMIT ${parameters.bind(atMost)}::bigint`;
    const chosen = choices.map(({ property }, index) => `${snakeCase(property)} = choice_${index}.value`);
    const filter = [...chosen, ...others.map((condition) => this.condition(condition, parameters))].join(' AND ');
    const walk = `SELECT ${names(this.keyColumns())} FROM ${page.table.name} WHERE ${filter || 'true'} ${limit}`;
    if (choices.length === 0) return walk;
    // One walk along an index for each choice, put together: what is rare is found without passing by what is not.
    const sources = choices.map(({ property, value }, index) => {
      const values = parameters.bind(arrayLiteral([...new Set(value as readonly unknown[])]));
      return `unnest(${values}::${this.typeOf(property)}[]) AS choice_${index} (value)`;
    });
    return `SELECT walk.* FROM ${sources.join(' CROSS JOIN ')} CROSS JOIN LATERAL (${walk}) AS walk ${limit}`;
  }

  private keyColumns(): readonly string[] {
    const { table, order } = this.page;
    return [...new Set<string>([...table.key, ...order])];
  }

  rows(): Statement {
    const parameters = new Parameters();
    const { table, select } = this.page;
    const { limit, offset } = this.paging;
    const keys = this.keys(offset + limit, parameters);
    const chosen = select.map((property) => `found.${snakeCase(property)} AS "${property}"`).join(', ');
    const joined = table.key.map((property) => `found.${snakeCase(property)} = page.${snakeCase(property)}`);
    const page = `SELECT * FROM (${keys}) AS keys ORDER BY ${this.ordering()} OFFSET ${parameters.bind(offset)}::bigint LIMIT ${parameters.bind(limit)}::bigint`;
    const text = `SELECT ${chosen} FROM (${page}) AS page JOIN ${table.name} AS found ON ${joined.join(' AND ')} ORDER BY ${this.ordering('page.')}`;
    return { text, values: parameters.values };
  }

  /** How many rows there are, counted no further than `atMost`. */
  count(atMost: number): Statement {
    const parameters = new Parameters();
    const text = `SELECT count(*)::bigint AS "count" FROM (${this.keys(atMost, parameters)}) AS keys`;
    return { text, values: parameters.values };
  }
}

async function counted(database: Database, statement: Statement): Promise<number> {
  const [row] = await database.query<{ readonly count: number }>(statement);
  return row?.count ?? 0;
}

export async function readPage<Row, Selected = Row>(
  database: Database,
  page: PageOf<Row>,
  paging: Paging,
): Promise<Page<Selected>> {
  const { limit, offset } = paging;
  const statements = new PageStatements(page, paging);
  const rows = limit === 0 ? [] : await database.query<Selected>(statements.rows());
  const isLast = rows.length < limit && (rows.length > 0 || offset === 0);
  const total = isLast ? offset + rows.length : await counted(database, statements.count(offset + limit + COUNTED));
  return { rows, total };
}
