// Series of which there is a row an hour: the last of each step. An hour's row is of a time within it.
import type { Database } from './database.js';
import { snakeCase, type Table } from './table.js';

const HOUR_US = 3_600_000_000;

export function hourlyPoints<Record extends { readonly timeUs: number; readonly hourUs: number }, Row>(
  database: Database,
  { name, columns }: Table<Record>,
  owner: keyof Record & string,
  ownerId: number,
  { fromUs, stepUs }: { readonly fromUs: number; readonly stepUs: number },
): Promise<readonly Row[]> {
  const told = columns.filter(({ property }) => property !== owner && property !== 'hourUs');
  const chosen = told.map((column) => `${column.name} AS "${column.property}"`).join(', ');
  return database.query<Row>({
    text: `SELECT DISTINCT ON (time_us / $3::bigint) ${chosen} FROM ${name}
      WHERE ${snakeCase(owner)} = $1::bigint AND time_us >= $2::bigint AND hour_us >= $2::bigint - ${HOUR_US}
      ORDER BY time_us / $3::bigint, time_us DESC`,
    values: [ownerId, fromUs, stepUs],
  });
}
