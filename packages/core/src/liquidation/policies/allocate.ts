// Who gives way in auto-deleveraging, and what it costs (mechanics §8): how many lots of each opposing position are closed, and how much
// of the deficit each pays out of its profit. The policy says who; that nobody pays more than its profit, and that together they pay no
// more than the deficit, holds for all of them. What profits cannot pay is left to the caller.
//   Σ lots = min(needLots, Σ size)      taken ≤ profit      Σ taken = min(needAtoms, Σ profit of those closed)
import type { DeleveragePolicy } from '@glasshouse/protocol';
import { assert, mulDivFloor } from '@glasshouse/units';
import { apportion, type Claim } from './apportion.js';
import { levelOut } from './level.js';
import { profitOf, queueScore, type Winner } from './winner.js';

/** Lots that must find another side, and the deficit to be paid with their closing. */
export type DeleverageNeed = { readonly needLots: number; readonly needAtoms: number };

export type Deleveraged = { readonly accountId: number; readonly lots: number; readonly takenAtoms: number };

type ShareOut = (total: number, winners: readonly Winner[], rooms: readonly number[]) => readonly number[];

const CENTS = 100;

function claimsOf(winners: readonly Winner[], rooms: readonly number[], weightOf: (winner: Winner) => number): Claim[] {
  return winners.map((winner, place) => ({ weight: weightOf(winner), room: rooms[place] as number }));
}

/** Equity in whole cents: a weight has to be a whole number. */
function equityWeight({ equityUsd }: Winner): number {
  return Math.min(Number.MAX_SAFE_INTEGER, Math.floor(Math.max(0, equityUsd) * CENTS));
}

function inQueue(total: number, winners: readonly Winner[], rooms: readonly number[]): number[] {
  const scores = winners.map(queueScore);
  const queue = winners.map((_, place) => place);
  queue.sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
  const lots = winners.map(() => 0);
  let left = total;
  for (const place of queue) {
    lots[place] = Math.min(left, rooms[place] as number);
    left -= lots[place] as number;
  }
  return lots;
}

/**
 * `queue`: whole positions in the order of their score. `proRata…`: lots in proportion, largest remainders first. `minimal`: the largest
 * share of its profit that anyone loses is as small as whole lots allow.
 */
const SHARE_OUT: Readonly<Record<DeleveragePolicy, ShareOut>> = {
  queue: inQueue,
  proRataByProfit: (total, winners, rooms) => apportion(total, claimsOf(winners, rooms, profitOf)),
  proRataByEquity: (total, winners, rooms) => apportion(total, claimsOf(winners, rooms, equityWeight)),
  minimal: (total, winners, rooms) => levelOut(total, claimsOf(winners, rooms, profitOf)),
};

/** Lots that a winner can give up at the one price that pays the deficit without paying more than its profit. */
function affordableLots(winner: Winner, { needLots, needAtoms }: DeleverageNeed): number {
  const { sizeLots } = winner;
  const profit = profitOf(winner);
  if (needAtoms === 0 || (profit / needAtoms) * needLots > sizeLots + 1) return sizeLots;
  return Math.min(sizeLots, mulDivFloor(profit, needLots, needAtoms));
}

/** Where the policy gives nobody weight, the larger position gives more. */
const bySize: ShareOut = (total, _winners, rooms) =>
  apportion(
    total,
    rooms.map((room) => ({ weight: room, room })),
  );

/** First what all can afford, then what is left of the positions. */
function lotsOf(policy: DeleveragePolicy, need: DeleverageNeed, winners: readonly Winner[]): number[] {
  const lots = winners.map(() => 0);
  let left = need.needLots;
  for (const mostOf of [affordableLots, ({ sizeLots }: Winner) => sizeLots]) {
    for (const shareOut of [SHARE_OUT[policy], bySize]) {
      if (left === 0) return lots;
      const rooms = winners.map((winner, place) => mostOf(winner, need) - (lots[place] as number));
      shareOut(left, winners, rooms).forEach((more, place) => {
        lots[place] = (lots[place] as number) + more;
        left -= more;
      });
    }
  }
  return lots;
}

/** One price for all: each pays by its lots, and those whose profit ends before leave the rest to the others. */
function takenOf(needAtoms: number, winners: readonly Winner[], lots: readonly number[]): number[] {
  const claims = winners.map((winner, place) => ({ weight: lots[place] as number, room: profitOf(winner) }));
  return apportion(needAtoms, claims);
}

/** Those that are closed, in the order of their accounts, whatever the order of `winners`. */
export function allocate(
  policy: DeleveragePolicy,
  need: DeleverageNeed,
  winners: readonly Winner[],
): readonly Deleveraged[] {
  const { needLots, needAtoms } = need;
  const whole = Number.isSafeInteger(needLots) && Number.isSafeInteger(needAtoms);
  assert(whole && needLots >= 0 && needAtoms >= 0, 'what is needed is whole and not negative', { ...need });
  const byAccount = winners.toSorted((a, b) => a.accountId - b.accountId);
  const lots = lotsOf(policy, need, byAccount);
  const taken = takenOf(needAtoms, byAccount, lots);
  return byAccount.flatMap(({ accountId }, place) => {
    const closed = { accountId, lots: lots[place] as number, takenAtoms: taken[place] as number };
    return closed.lots > 0 ? [closed] : [];
  });
}
