// What is asked of the venue at the end of every flow.
import { checkInvariants } from '@glasshouse/core';
import { type Check, noneCheck } from './report.js';
import type { FlowRun } from './run.js';
import type { FlowVenue } from './venue.js';

const ALL_LEVELS = Number.MAX_SAFE_INTEGER;

function firstReject({ rejects }: FlowVenue): string {
  const [first] = rejects;
  return first === undefined ? '' : `, first: ${first.reason} ${JSON.stringify(first.details)}`;
}

/** Throws InvariantViolation when the ledger or a book does not add up. */
export function venueChecks(venue: FlowVenue): Check[] {
  checkInvariants(venue.state);
  const rebuilt = venue.published.equals(venue.depth(ALL_LEVELS)) && venue.published.gaps === 0;
  const verb = rebuilt ? 'rebuild' : 'do not rebuild';
  return [
    { name: 'published book', passed: rebuilt, detail: `published level changes ${verb} the book without a gap` },
    noneCheck('rejects', venue.rejects.length, `requests or batch elements rejected${firstReject(venue)}`),
  ];
}

/** `fed` is how many `what` (messages, events, …) went in. */
export function venueFigures(
  venue: FlowVenue,
  run: FlowRun,
  fed: number,
  what: string,
): Record<string, string | number> {
  return {
    [what]: fed,
    [`${what} per second`]: run.perSecond(fed),
    'signed requests': venue.requests,
    'requests per second': run.perSecond(venue.requests),
    'open orders at the end': venue.open.count,
    'state hash': venue.stateHash(),
  };
}
