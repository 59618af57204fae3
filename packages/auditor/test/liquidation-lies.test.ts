// Liquidations of a true history, then the same with one thing told that is not so: the rule that it breaks is named. The last lies leave
// out whole liquidations: that is what an account that the exchange spares looks like from outside.
import type { Event, EventKind } from '@glasshouse/protocol';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AuditRule } from '../src/index.js';
import { audited, type Lie, lieAt, type OfKind, omit, plus, told, trueHistory, twice } from './lies.js';
import type { Step } from './risk-venue.js';

/** Between them they have every stage, deficits and records. */
const SEEDS = [10, 25, 28, 38, 75];
let histories: readonly (readonly Step[])[] = [];

const lie = lieAt('first');

beforeAll(() => {
  histories = SEEDS.map((seed) => trueHistory(seed, (venue) => venue.enrolProvider('provider', '20000', '0.05:0.1')));
});

const times = <Unit extends number>(quantity: Unit, factor: number): Unit => Math.round(quantity * factor) as Unit;

const LIES: readonly (readonly [string, AuditRule, Lie])[] = [
  [
    'a liquidation of somebody whose margin suffices',
    'liquidatedOnlyBelow',
    (events) => {
      const rich = events.find((event) => event.kind === 'depositCredited');
      const nothing = { netEquityUsd: 0, maintenanceMarginUsd: 1, exposureUsd: 1 };
      const standing = { ...nothing, netEquityAtIndexUsd: 0, maintenanceMarginAtIndexUsd: 1 };
      if (rich?.kind !== 'depositCredited') return undefined;
      return [...events, { kind: 'liquidationStarted', liquidationId: 1, accountId: rich.accountId, standing }];
    },
  ],
  [
    'a number that another liquidation had',
    'numberedAsBegun',
    lie('liquidationStarted', (event) => ({ ...event, liquidationId: event.liquidationId - 1 })),
  ],
  [
    'an end under another number',
    'numberedAsBegun',
    lie('liquidationEnded', (event) => ({
      ...event,
      liquidation: { ...event.liquidation, liquidationId: event.liquidation.liquidationId + 1 },
    })),
  ],
  [
    'a margin that is worse than it is',
    'marginTold',
    lie('liquidationStarted', (event) => ({
      ...event,
      standing: { ...event.standing, netEquityUsd: event.standing.netEquityUsd - 1 },
    })),
  ],
  [
    'an order of the owner while in liquidation',
    'exchangeActsAlone',
    (events) => {
      const orderId = events.find((event) => event.kind === 'liquidationStep')?.orderId;
      if (orderId === undefined) return undefined;
      return lie('orderAccepted', (event) => (event.order.orderId === orderId ? { ...event, index: 0 } : undefined))(
        events,
      );
    },
  ],
  ['a step on somebody who is not in liquidation', 'stopsInTime', omit('liquidationStarted')],
  [
    'an end while margin does not suffice',
    'endsWhenSound',
    (events) => {
      const started = events.find((event) => event.kind === 'liquidationStarted');
      if (started?.kind !== 'liquidationStarted') return undefined;
      const { liquidationId, accountId, standing } = started;
      const liquidation = { liquidationId, accountId } as OfKind<'liquidationEnded'>['liquidation'];
      const ended: Event = { kind: 'liquidationEnded', reason: 'recovered', liquidation, standing };
      return events.flatMap((event) => (event === started ? [event, ended] : [event]));
    },
  ],
  [
    'a step that closes more than its part',
    'stepSize',
    lie('liquidationStep', (event) =>
      event.before.netEquityUsd > 0 ? { ...event, filledLots: times(event.filledLots, 11) } : undefined,
    ),
  ],
  ['two steps at once', 'stepsTakeTurns', twice('liquidationStep')],
  [
    'a step that costs a percent where half the maintenance fraction is less',
    'stepFee',
    lie('liquidationStep', (event) => ({ ...event, feeAtoms: times(event.quoteAtoms, 0.0101) })),
  ],
  [
    'a step that loses all of the equity behind what it closes',
    'stepCost',
    lie('liquidationStep', (event) => {
      const { before, after } = event;
      if (before.netEquityUsd <= 0) return undefined;
      const netEquityUsd = (before.netEquityUsd * after.maintenanceMarginUsd) / before.maintenanceMarginUsd;
      return { ...event, after: { ...after, netEquityUsd } };
    }),
  ],
  [
    'a step that leaves its account nearer to ruin',
    'stepNeverHarms',
    lie('liquidationStep', (event) =>
      event.before.netEquityUsd > 0
        ? { ...event, after: { ...event.after, netEquityUsd: event.after.netEquityUsd / 2 } }
        : undefined,
    ),
  ],
  [
    'a provider that has offered nothing',
    'backstopOffered',
    lie('backstopAssigned', (event) => ({ ...event, providerAccountId: 1 })),
  ],
  [
    'a provider that takes over beyond its capacity',
    'backstopOffered',
    lie('backstopAssigned', (event) => ({ ...event, sizeLots: times(event.sizeLots, 1000) })),
  ],
  [
    'a provider that is let off without notice',
    'providersGiveNotice',
    (events) => {
      const enrolled = events.find((event) => event.kind === 'backstopEnrolled');
      if (enrolled?.kind !== 'backstopEnrolled') return undefined;
      return [...events, { kind: 'backstopLeft', accountId: enrolled.backstop.accountId }];
    },
  ],
  ['a provider whose offer is not told', 'backstopOffered', omit('backstopEnrolled')],
  [
    'a provider that is paid out of more than its share of the equity',
    'takingFee',
    lie('backstopAssigned', (event) => ({ ...event, providerFeeAtoms: times(event.quoteAtoms, 0.009) })),
  ],
  [
    'a provider that takes a loan over with twice the collateral',
    'loanWorth',
    lie('loanAssigned', (event) => ({ ...event, collateralAtoms: times(event.collateralAtoms, 2) })),
  ],
  [
    'a provider that is paid five percent for a loan',
    'takingFee',
    lie('loanAssigned', (event) => ({ ...event, providerFeeAtoms: times(event.quoteAtoms, 0.05) })),
  ],
  [
    'a provider that takes over a loan beyond its capacity',
    'backstopOffered',
    lie('loanAssigned', (event) => ({ ...event, quantityAtoms: times(event.quantityAtoms, 100_000) })),
  ],
  [
    'a fund that is paid more than its share when others give way',
    'takingFee',
    lie('deleveraged', (event) => ({ ...event, feeAtoms: times(event.quoteAtoms, 0.0151) })),
  ],
  [
    'a position taken over below the mark',
    'passedAtMark',
    lie('backstopAssigned', (event) => ({ ...event, quoteAtoms: times(event.quoteAtoms, 0.999) })),
  ],
  [
    'a position closed against others at a mark that is none',
    'passedAtMark',
    lie('deleveraged', (event) => ({ ...event, markPrice: times(event.markPrice, 0.99) })),
  ],
  [
    'a policy that the market does not have',
    'deleveragedLast',
    lie('deleveraged', (event) => ({ ...event, policy: 'minimal' })),
  ],
  [
    'somebody who gives way although a provider has room',
    'deleveragedLast',
    (events) => {
      const closed = events.find((event) => event.kind === 'deleveraged' && event.takenAtoms === 0);
      if (closed?.kind !== 'deleveraged') return undefined;
      const room = { capacityLots: 1e9, hourlyLots: 1e9, takenLots: 0, hourStartUs: 0 };
      const market = {
        marketId: closed.marketId,
        ...room,
      } as OfKind<'backstopEnrolled'>['backstop']['markets'][number];
      const rich = { accountId: RICH, minimumEquityUsd: 1, markets: [market], assets: [] };
      return [{ kind: 'backstopEnrolled', backstop: rich }, ...events];
    },
  ],
  [
    'a winner of whom more is taken than its profit',
    'deleveragedOfProfit',
    lie('deleveraged', (event) => ({
      ...event,
      takenAtoms: plus(event.quoteAtoms, 0),
      quoteAtoms: event.side === 1 ? times(event.quoteAtoms, 2) : plus(event.quoteAtoms, -event.quoteAtoms),
    })),
  ],
  [
    'a fund that pays more than it has',
    'fundPaysFirst',
    lie('deficitCovered', (event) => ({ ...event, quantityAtoms: plus(event.quantityAtoms, 1e12) })),
  ],
  [
    'a debt that the fund takes over without the money for it',
    'fundPaysFirst',
    lie('negativeBalanceRecorded', ({ negative: { accountId, assetId }, addedAtoms, from }) =>
      from === 'loan'
        ? { kind: 'deficitCovered', accountId, assetId, quantityAtoms: addedAtoms, into: 'loan' }
        : undefined,
    ),
  ],
  [
    'a debt on record that the fund had money for',
    'fundPaysFirst',
    lie('deficitCovered', ({ accountId, assetId, quantityAtoms, into }) => {
      if (into !== 'unsettled' || quantityAtoms <= 0) return undefined;
      const negative = { accountId, assetId, quantityAtoms, recordedUs: 0 as never };
      return { kind: 'negativeBalanceRecorded', negative, addedAtoms: quantityAtoms, from: into };
    }),
  ],
  [
    'a record of an atom more than was owed',
    'negativeOnRecord',
    lie('negativeBalanceRecorded', (event) => ({
      ...event,
      negative: { ...event.negative, quantityAtoms: plus(event.negative.quantityAtoms, 1) },
    })),
  ],
  [
    'a record of less than was owed',
    'negativeOnRecord',
    lie('negativeBalanceRecorded', (event) => ({
      ...event,
      addedAtoms: plus(event.addedAtoms, -1),
      negative: { ...event.negative, quantityAtoms: plus(event.negative.quantityAtoms, -1) },
    })),
  ],
  [
    'a record that shrinks though its owner has paid nothing',
    'negativeOnRecord',
    (events) => {
      const recorded = events.find((event) => event.kind === 'negativeBalanceRecorded');
      if (recorded?.kind !== 'negativeBalanceRecorded') return undefined;
      const negative = { ...recorded.negative, quantityAtoms: 0 as typeof recorded.addedAtoms };
      const accepted: Event = { kind: 'negativeBalanceAccepted', negative, paidAtoms: negative.quantityAtoms };
      return [...events, accepted];
    },
  ],
];

/** Somebody with money whom nobody liquidates. */
const RICH = 13;

describe('liquidations', () => {
  test('of true histories break no rule, and have every stage', () => {
    expect(histories.flatMap((steps) => audited(steps).findings)).toEqual([]);
    const kinds = new Set(histories.flatMap((steps) => steps.flatMap(({ events }) => events.map(({ kind }) => kind))));
    expect(
      [
        'liquidationStep',
        'backstopAssigned',
        'loanAssigned',
        'deleveraged',
        'deficitCovered',
        'negativeBalanceRecorded',
      ].filter((kind) => !kinds.has(kind as EventKind)),
    ).toEqual([]);
  });

  test.each(LIES)('with %s are found out', (_, rule, change) => {
    const { steps, seq } = told(histories, change, 'first');
    const { findings } = audited(steps);
    expect(findings.map((finding) => finding.rule)).toContain(rule);
    expect(findings[0]?.seq).toBeGreaterThanOrEqual(seq);
  });
});
