// Which rows go when they are old, and how: in small bites, so that whoever writes or asks never waits for long. Rows that may still
// change stay, however old they are; so do positions and the series of which there is a row
// an hour.
import { ORDER_STATUS } from '@glasshouse/protocol';
import type { Database } from './database.js';

export type Expiry = {
  readonly table: string;
  /** Rises along the table, so that old rows lie together. */
  readonly time: string;
  /** What else must hold of a row that goes. */
  readonly ended?: (cutoff: string) => string;
};

const EXPIRIES: readonly Expiry[] = [
  { table: 'trades', time: 'time_us' },
  { table: 'candles', time: 'start_us', ended: () => "span IN ('1s', '1m')" },
  { table: 'price_candles', time: 'start_us', ended: () => "span IN ('1s', '1m')" },
  { table: 'fills', time: 'time_us' },
  {
    table: 'orders',
    time: 'created_us',
    ended: (cutoff) =>
      `updated_us < ${cutoff} AND status NOT IN (${ORDER_STATUS.new}, ${ORDER_STATUS.partiallyFilled})`,
  },
  { table: 'deposits', time: 'time_us' },
  { table: 'withdrawals', time: 'created_us', ended: () => "status IN ('confirmed', 'cancelled')" },
  { table: 'transfers', time: 'time_us' },
  { table: 'funding_payments', time: 'time_us' },
  { table: 'interest', time: 'time_us' },
  { table: 'settlements', time: 'time_us' },
  { table: 'loan_movements', time: 'time_us' },
  { table: 'loans', time: 'opened_us', ended: (cutoff) => `updated_us < ${cutoff} AND NOT open` },
  {
    table: 'strategies',
    time: 'created_us',
    ended: (cutoff) => `updated_us < ${cutoff} AND status <> 'running'`,
  },
  { table: 'rfqs', time: 'created_us', ended: () => `status <> ${ORDER_STATUS.new}` },
  { table: 'quotes', time: 'created_us', ended: () => `status <> ${ORDER_STATUS.new}` },
  { table: 'rfq_fills', time: 'time_us' },
  { table: 'dust_conversions', time: 'time_us' },
  { table: 'liquidations', time: 'started_us', ended: (cutoff) => `ended_us < ${cutoff}` },
];

/** Whether a row is one that goes at that cutoff; undefined for tables whose rows stay. */
export function expiredIn(table: string, cutoff: string): string | undefined {
  if (table === 'liquidation_steps') {
    const gone = expiredIn('liquidations', cutoff);
    return `liquidation_id IN (SELECT liquidation_id FROM liquidations WHERE ${gone})`;
  }
  const expiry = EXPIRIES.find((one) => one.table === table);
  return expiry && expiredBy(expiry, cutoff);
}

function expiredBy({ time, ended }: Expiry, cutoff: string): string {
  return [`${time} < ${cutoff}`, ended?.(cutoff)].filter((part) => part !== undefined).join(' AND ');
}

const BITE = 5_000;
const HOUR_US = 3_600_000_000;

export class Retention {
  private cutoffUs = 0;
  /** Tables that may still hold rows from before the cutoff. */
  private due: Expiry[] = [];

  constructor(private readonly keepUs: number) {}

  /** One bite, when something is due. The time is that of the log, so that a venue that slept forgets nothing. */
  async step(database: Database, nowUs: number): Promise<void> {
    await this.moveCutoff(database, nowUs);
    const [expiry] = this.due;
    if (expiry === undefined) return;
    const { table } = expiry;
    const removed = await database.query({
      text: `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM ${table} WHERE ${expiredBy(expiry, '$1::bigint')} LIMIT ${BITE})) RETURNING 1`,
      values: [this.cutoffUs],
    });
    if (removed.length < BITE) this.due.shift();
  }

  private async moveCutoff(database: Database, nowUs: number): Promise<void> {
    const cutoffUs = Math.floor((nowUs - this.keepUs) / HOUR_US) * HOUR_US;
    if (cutoffUs <= this.cutoffUs) return;
    this.cutoffUs = cutoffUs;
    this.due = [...EXPIRIES];
    await database.query({
      text: 'UPDATE progress SET kept_from_us = $1::bigint WHERE kept_from_us < $1::bigint',
      values: [cutoffUs],
    });
  }
}
