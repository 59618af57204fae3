// What was recorded of the auto-deleveraging of 10 October 2025: totals of the event, and for each wave what had to be taken, market by
// market, and what was taken.
import { join } from 'node:path';
import { numberIn, type Row, recordedRows, recordedText } from '../recorded/rows.js';

const FOLDER = 'liquidations';
const FILES = {
  users: 'hyperliquid_2025-10-10_adl_by_user.csv.gz',
  prices: 'hyperliquid_2025-10-10_adl_net_volume.csv',
  timing: 'hyperliquid_2025-10-10_cascade_timing.json.gz',
  waves: 'oct2025_adl_by_wave.csv',
  policies: 'oct2025_adl_policy_per_wave.csv',
  gaps: 'oct2025_adl_gap_by_wave_and_coin.csv.gz',
} as const;

/** One who was deleveraged, over the whole event. */
export type RecordedUser = {
  readonly notionalUsd: number;
  readonly profitUsd: number;
  readonly equityUsd: number;
  readonly leverage: number;
};

export type MarketNeed = {
  readonly coin: string;
  readonly quantity: number;
  /** Gap between mark and execution, over the quantity. */
  readonly neededUsd: number;
  readonly price: number;
};

/** A column of the published table. */
export type Taken = { readonly takenUsd: number; readonly largestShare: number };

export type Wave = {
  readonly wave: number;
  readonly neededUsd: number;
  /** Profit of all winners when the wave began. */
  readonly profitUsd: number;
  readonly markets: readonly MarketNeed[];
  readonly production: Taken;
  /** The best policy of the paper that can be executed. */
  readonly integerOptimum: Taken;
};

export type RecordedEvent = {
  readonly notionalUsd: number;
  readonly events: number;
  readonly firstAfterSeconds: number;
  readonly users: readonly RecordedUser[];
  readonly waves: readonly Wave[];
};

const CENTS = 100;
const sumOf = (rows: readonly Row[], name: string): number => rows.reduce((sum, row) => sum + numberIn(row, name), 0);

function recordedUser(row: Row): RecordedUser {
  return {
    notionalUsd: numberIn(row, 'adl_notional'),
    profitUsd: numberIn(row, 'closed_pnl'),
    equityUsd: numberIn(row, 'account_value_realtime'),
    leverage: numberIn(row, 'leverage_realtime'),
  };
}

function takenIn(row: Row, policy: string): Taken {
  return { takenUsd: numberIn(row, `budget_${policy}`), largestShare: numberIn(row, `max_pct_${policy}`) };
}

function marketNeed(row: Row, prices: ReadonlyMap<string, number>): MarketNeed {
  const coin = row['coin'] ?? '';
  const price = prices.get(coin);
  if (price === undefined) throw new Error(`no recorded price of ${coin}`);
  return { coin, quantity: numberIn(row, 'qty_contracts'), neededUsd: numberIn(row, 'gap_usd_x_qty'), price };
}

/** `folder` is where the recordings are, with `liquidations` in it. */
export function readRecordedEvent(folder: string): RecordedEvent {
  const file = (name: keyof typeof FILES): string => join(folder, FOLDER, FILES[name]);
  const users = recordedRows(file('users'));
  const timing = JSON.parse(recordedText(file('timing'))) as { readonly delay_seconds: number };
  const prices = new Map(recordedRows(file('prices')).map((row) => [row['ticker'] ?? '', numberIn(row, 'avg_price')]));
  const gaps = recordedRows(file('gaps'));
  const profits = new Map(
    recordedRows(file('waves')).map((row) => [row['wave'], numberIn(row, 'winners_pnl_start_usd')]),
  );
  return {
    notionalUsd: Math.round(sumOf(users, 'adl_notional') * CENTS) / CENTS,
    events: sumOf(users, 'num_adl_events'),
    firstAfterSeconds: timing.delay_seconds,
    users: users.map(recordedUser),
    waves: recordedRows(file('policies')).map((row) => ({
      wave: numberIn(row, 'wave'),
      neededUsd: numberIn(row, 'budget_needed'),
      profitUsd: profits.get(row['wave']) ?? 0,
      markets: gaps.filter(({ wave }) => wave === row['wave']).map((gap) => marketNeed(gap, prices)),
      production: takenIn(row, 'prod'),
      integerOptimum: takenIn(row, 'fixed_point_ilp_integer'),
    })),
  };
}
