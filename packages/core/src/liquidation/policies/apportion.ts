// Shares a whole number out in proportion to weights, in whole units: quotas rounded down, then one more for each of the largest
// remainders, ties by place. None gets more than its room; what that leaves goes to the others in proportion again.
//   Σ shares = min(total, Σ room of those with weight)
import { mulDivFloor, mulDivRemainder } from '@glasshouse/units';

export type Claim = { readonly weight: number; readonly room: number };

/** Sum of weights that still divides exactly. */
const LARGEST_SUM = 2 ** 51;

/** The same proportions in whole numbers whose sum divides exactly; what is lost lies beyond the 51st bit of the sum. */
function dividingWeights(claims: readonly Claim[]): number[] {
  let divisor = 1;
  const sum = claims.reduce((total, { weight }) => total + weight, 0);
  while (sum / divisor > LARGEST_SUM) divisor *= 2;
  return claims.map(({ weight }) => Math.floor(weight / divisor));
}

/** `total`, or the sum of all rooms when that is less. */
function within(total: number, claims: readonly Claim[]): number {
  let available = 0;
  for (const { weight, room } of claims) if (weight > 0) available = Math.min(total, available + room);
  return available;
}

/** Places in the order in which they run full as the total grows. */
function byFilling(claims: readonly Claim[], weights: readonly number[]): number[] {
  const fullAt = claims.map(({ room }, place) => room / (weights[place] as number));
  const places = claims.flatMap(({ room }, place) => ((weights[place] as number) > 0 && room > 0 ? [place] : []));
  return places.sort((a, b) => (fullAt[a] as number) - (fullAt[b] as number) || a - b);
}

/** Shares in the order of the claims. Weights and rooms are whole and not negative. */
export function apportion(total: number, claims: readonly Claim[]): number[] {
  const shares = claims.map(() => 0);
  const weights = dividingWeights(claims);
  const places = byFilling(claims, weights);
  const roomOf = (place: number) => (claims[place] as Claim).room;
  let left = within(
    total,
    claims.map(({ room }, place) => ({ room, weight: weights[place] as number })),
  );
  let sum = places.reduce((all, place) => all + (weights[place] as number), 0);
  let full = 0;
  for (const place of places) {
    const weight = weights[place] as number;
    if (mulDivFloor(left, weight, sum) < roomOf(place)) break;
    shares[place] = roomOf(place);
    left -= roomOf(place);
    sum -= weight;
    full += 1;
  }
  roundByRemainder(left, sum, places.slice(full), { shares, weights, roomOf });
  return shares;
}

type Division = {
  readonly shares: number[];
  readonly weights: readonly number[];
  readonly roomOf: (place: number) => number;
};

function roundByRemainder(total: number, sum: number, places: readonly number[], division: Division): void {
  const { shares, weights, roomOf } = division;
  const remainders: number[] = [];
  let left = total;
  for (const place of places) {
    const weight = weights[place] as number;
    shares[place] = Math.min(roomOf(place), mulDivFloor(total, weight, sum));
    remainders[place] = mulDivRemainder(total, weight, sum);
    left -= shares[place] as number;
  }
  const ranked = places.toSorted((a, b) => (remainders[b] as number) - (remainders[a] as number) || a - b);
  while (left > 0) {
    for (const place of ranked) {
      if (left === 0 || shares[place] === roomOf(place)) continue;
      shares[place] = (shares[place] as number) + 1;
      left -= 1;
    }
  }
}
