// A lie about requests for quotes and about dust is found where it is told, under the rule that it breaks.
import { RfqHistory } from '@glasshouse/testkit';
import { beforeAll, expect, test } from 'vitest';
import type { AuditRule } from '../src/index.js';
import { audited, type Lie, lieAt, omit, plus, told } from './lies.js';
import { historyOf } from './random-steps.js';
import type { Step } from './risk-venue.js';

const lie = lieAt('last');
const REQUESTS = 3_000;
let history: readonly Step[] = [];

beforeAll(() => {
  history = historyOf(new RfqHistory(1), REQUESTS);
});

const LIES: readonly (readonly [string, AuditRule, Lie])[] = [
  [
    'a fill a tick off the quote',
    'filledAtQuote',
    lie('rfqFilled', (event) => ({ ...event, fill: { ...event.fill, priceTicks: plus(event.fill.priceTicks, 1) } })),
  ],
  [
    'a fill of a lot more than was asked for',
    'filledAtQuote',
    lie('rfqFilled', (event) => ({ ...event, fill: { ...event.fill, sizeLots: plus(event.fill.sizeLots, 1) } })),
  ],
  [
    'a fill that paid an atom more',
    'filledAtQuote',
    lie('rfqFilled', (event) => ({ ...event, fill: { ...event.fill, quoteAtoms: plus(event.fill.quoteAtoms, 1) } })),
  ],
  [
    'a quoter who pays an atom less',
    'quoteFee',
    lie('rfqFilled', (event) => ({ ...event, fill: { ...event.fill, feeAtoms: plus(event.fill.feeAtoms, -1) } })),
  ],
  [
    'a fill by a quote of nobody',
    'quoteStands',
    lie('rfqFilled', (event) => ({ ...event, quote: { ...event.quote, quoteId: event.quote.quoteId + 1_000_000 } })),
  ],
  [
    'a quote for no request',
    'quoteInTime',
    lie('quoteOpened', (event) => ({ ...event, quote: { ...event.quote, rfqId: event.quote.rfqId + 1_000_000 } })),
  ],
  ['a fill that is not told', 'balanceFollows', omit('rfqFilled')],
  [
    'dust bought above the index',
    'dustAtIndex',
    lie('dustConverted', (event) => ({ ...event, valueAtoms: plus(event.valueAtoms, 1) })),
  ],
  [
    'dust paid less for than the index less the fee',
    'dustAtIndex',
    lie('dustConverted', (event) => ({ ...event, receivedAtoms: plus(event.receivedAtoms, -1) })),
  ],
];

test.each(LIES)('the audit finds %s', (_, rule, change) => {
  const { steps, seq } = told([history], change, 'last');
  const found = audited(steps).findings.filter((finding) => finding.seq === seq);
  expect(found.map((finding) => finding.rule)).toContain(rule);
});
