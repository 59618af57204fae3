// Who trades with what leverage, by the size of the account: the accounts that were deleveraged on 10 October 2025, each as it stood
// before its profit.
//   leverage = (notional closed + profit) / (account value − profit)
// Those with the highest leverage were deleveraged first, so there is more of it here than among all; and only the part that was
// closed is counted, so there is less. Accounts of a million and more are left out: a venue of the size played here has none.
import { numberIn, recordedRows } from '../recorded/rows.js';
import type { EquityClass } from '../scenario/scenario.js';

const FILE = 'liquidations/hyperliquid_2025-10-10_adl_by_user.csv.gz';

/** Least equity of each class, the last of which ends at the first that is left out. */
const DECADES = [10, 100, 1_000, 10_000, 100_000] as const;
const DECADE = 10;

/** [leverage that stands for all up to, up to]. What is above the last was hedged elsewhere, or paid out. */
const LEVELS = [
  [0.25, 0.5],
  [1, 1.5],
  [2, 3],
  [4, 6],
  [8, 12],
  [16, 24],
  [32, 50],
] as const;

type Account = { readonly equityUsd: number; readonly leverage: number };

function readAccounts(folder: string): Account[] {
  return recordedRows(`${folder}/${FILE}`).map((row) => {
    const profit = numberIn(row, 'closed_pnl');
    const equityUsd = numberIn(row, 'account_value_realtime') - profit;
    return { equityUsd, leverage: (numberIn(row, 'adl_notional') + profit) / equityUsd };
  });
}

const share = (part: number, whole: number): number => Number((part / whole).toFixed(4));

function levelsOf(members: readonly Account[]): EquityClass['leverage'] {
  return LEVELS.map(([level, upTo], place) => {
    const above = LEVELS[place - 1]?.[1] ?? 0;
    const here = members.filter(({ leverage }) => leverage > above && leverage <= upTo);
    return [level, share(here.length, members.length)];
  });
}

/** `folder` has the recordings, with `liquidations` in it. */
export function calibratePopulation(folder: string): readonly EquityClass[] {
  const [, highest] = LEVELS.at(-1) as readonly [number, number];
  const known = readAccounts(folder).filter(({ leverage }) => leverage > 0 && leverage <= highest);
  const members = DECADES.map((least) => known.filter(({ equityUsd: usd }) => usd >= least && usd < least * DECADE));
  const all = members.flat().length;
  return members.map((those, place) => {
    const leastEquityUsd = DECADES[place] as number;
    return {
      share: share(those.length, all),
      leastEquityUsd,
      mostEquityUsd: leastEquityUsd * DECADE,
      leverage: levelsOf(those),
    };
  });
}
