// Two histories of one log, row for row.
import type { Database } from './database.js';
import { expiredIn } from './retention.js';
import type { AnyTable } from './table.js';

export type TableDifference = {
  readonly table: string;
  readonly rows: number;
  /** Rows of the one that the other does not have. */
  readonly onlyFirst: number;
  readonly onlySecond: number;
};

/** Rows that retention removes are no difference, whether they have gone yet or not. */
export async function compareTables(
  database: Database,
  [first, second]: readonly [string, string],
  tables: readonly AnyTable[],
): Promise<TableDifference[]> {
  const differences: TableDifference[] = [];
  for (const { name, columns } of tables) {
    const names = columns.map((column) => column.name).join(', ');
    const cutoff = `(SELECT kept_from_us FROM ${first}.progress)`;
    const rowsOf = (schema: string): string => {
      const expired = expiredIn(name, cutoff)?.replaceAll('FROM liquidations', `FROM ${schema}.liquidations`);
      return `SELECT ${names} FROM ${schema}.${name} WHERE NOT coalesce(${expired ?? 'false'}, false)`;
    };
    const only = (one: string, other: string) =>
      `(SELECT count(*) FROM (${rowsOf(one)} EXCEPT ALL ${rowsOf(other)}) AS difference)`;
    const [row] = await database.query<Omit<TableDifference, 'table'>>({
      text: `SELECT (SELECT count(*) FROM (${rowsOf(first)}) AS kept) AS "rows", ${only(first, second)} AS "onlyFirst",
        ${only(second, first)} AS "onlySecond"`,
      values: [],
    });
    if (row !== undefined) differences.push({ table: name, ...row });
  }
  return differences;
}
