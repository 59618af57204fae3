// A long mixed flow from one seed: requests with their times, as a sequencer would have ordered them.
import { ACTIONS, OPEN_ACCOUNT } from './flow-actions.js';
import { FlowVenue } from './flow-venue.js';
import { Random } from './random.js';

const FIRST_ACCOUNTS = 4;
const TOTAL_WEIGHT = ACTIONS.reduce((sum, [weight]) => sum + weight, 0);

function chosenAction(random: Random) {
  let place = random.below(TOTAL_WEIGHT);
  for (const [weight, action] of ACTIONS) {
    if (place < weight) return action;
    place -= weight;
  }
  return OPEN_ACCOUNT;
}

/** The venue after at least `count` requests. Several requests share a time, as those of one batch do. */
export function seededFlow(seed: number, count: number): FlowVenue {
  const random = new Random(seed);
  const venue = new FlowVenue();
  for (let index = 0; index < FIRST_ACCOUNTS; index += 1) OPEN_ACCOUNT(venue, random);
  while (venue.requests.length < count) {
    if (random.chance(40)) venue.pass(random.between(1, 30_000));
    chosenAction(random)(venue, random);
  }
  return venue;
}
