// What is asked of the venue at the end of every flow.
import { checkInvariants } from '@glasshouse/core';
import { type Check, noneCheck } from './report.js';
import type { FlowRun } from './run.js';
import type { FlowVenue } from './venue.js';

const ALL_LEVELS = Number.MAX_SAFE_INTEGER;

/** Throws InvariantViolation when the ledger or a book does not add up. */
export function venueChecks(venue: FlowVenue): Check[] {
  checkInvariants(venue.state);
  const rebuilt = venue.published.equals(venue.depth(ALL_LEVELS)) && venue.published.gaps === 0;
  return [
    {
      name: 'published book',
      passed: rebuilt,
      detail: rebuilt
        ? 'published level changes rebuild the book, without a gap'
        : 'published level changes do not rebuild the book',
    },
    noneCheck('rejects', venue.rejects.length, `requests or batch elements rejected${firstReject(venue)}`),
  ];
}

function firstReject({ rejects }: FlowVenue): string {
  const [first] = rejects;
  return first === undefined ? '' : `, first: ${first.reason} ${JSON.stringify(first.details)}`;
}

export function venueFigures(venue: FlowVenue, run: FlowRun, messages: number): Record<string, string | number> {
  return {
    messages,
    'messages per second': run.perSecond(messages),
    'signed requests': venue.requests,
    'requests per second': run.perSecond(venue.requests),
    'open orders at the end': venue.open.count,
    'state hash': venue.stateHash(),
  };
}
