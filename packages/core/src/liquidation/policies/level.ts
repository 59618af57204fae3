// Shares a whole number out so that the largest ratio of share to weight is as small as whole units allow: all rise to one level, and
// the unit at which a level is reached goes to the first in place. A larger total never gives anyone less.
//   share = min(room, ⌊level × weight⌋)      Σ shares = min(total, Σ room of those with weight)
import type { Claim } from './apportion.js';

const shareAt = (level: number, { weight, room }: Claim): number => Math.min(room, Math.floor(level * weight));

/** Whether the shares at this level come to more than `total`. */
function passes(level: number, total: number, claims: readonly Claim[]): boolean {
  let sum = 0;
  for (const claim of claims) {
    sum += shareAt(level, claim);
    if (sum > total) return true;
  }
  return false;
}

/** The two neighbouring doubles between which the shares pass `total`. */
function levelsAround(total: number, claims: readonly Claim[]): { low: number; high: number } {
  let low = 0;
  let high = total + 1;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return { low, high };
    if (passes(middle, total, claims)) high = middle;
    else low = middle;
  }
}

/** Shares in the order of the claims. Weights and rooms are whole and not negative. */
export function levelOut(total: number, claims: readonly Claim[]): number[] {
  const weighted = claims.map(({ weight, room }) => ({ weight, room: weight > 0 ? room : 0 }));
  if (!passes(total + 1, total, weighted)) return weighted.map(({ room }) => room);
  const { low, high } = levelsAround(total, weighted);
  const shares = weighted.map((claim) => shareAt(low, claim));
  let left = shares.reduce((rest, share) => rest - share, total);
  weighted.forEach((claim, place) => {
    const more = Math.min(left, shareAt(high, claim) - (shares[place] as number));
    shares[place] = (shares[place] as number) + more;
    left -= more;
  });
  return shares;
}
