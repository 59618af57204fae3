// An audit that finds nothing proves nothing unless it finds what is wrong: one event of a true history is changed, and the rule
// that it breaks is named at the request where it broke.
import { beforeAll, describe, expect, test } from 'vitest';
import { Audit, type AuditRule } from '../src/index.js';
import { audited, type Lie, lieAt, omit, plus, told, trueHistory } from './lies.js';
import type { Step } from './risk-venue.js';

const lie = lieAt('last');
let history: readonly Step[] = [];

beforeAll(() => {
  history = trueHistory(5);
});

const times = <Unit extends number>(quantity: Unit, factor: number): Unit => (quantity * factor) as Unit;

const LIES: readonly (readonly [string, AuditRule, Lie])[] = [
  [
    'a balance with an atom more',
    'balanceFollows',
    lie('balanceChanged', (event) => ({
      ...event,
      balance: { ...event.balance, availableAtoms: plus(event.balance.availableAtoms, 1) },
    })),
  ],
  [
    'an atom out of nothing',
    'conserved',
    lie('balanceChanged', (event) => ({
      ...event,
      balance: { ...event.balance, lockedAtoms: plus(event.balance.lockedAtoms, 1) },
    })),
  ],
  [
    'a loan with an atom less',
    'loanFollows',
    lie('balanceChanged', (event) =>
      event.balance.borrowedAtoms === 0
        ? undefined
        : { ...event, balance: { ...event.balance, borrowedAtoms: plus(event.balance.borrowedAtoms, -1) } },
    ),
  ],
  [
    'a balance below nothing',
    'columnNotNegative',
    lie('balanceChanged', (event) => ({
      ...event,
      balance: { ...event.balance, lockedAtoms: -1 as typeof event.balance.lockedAtoms },
    })),
  ],
  [
    'an asset lent and borrowed at once',
    'lentOrBorrowed',
    lie('balanceChanged', (event) => {
      const { lentAtoms, borrowedAtoms } = event.balance;
      if (lentAtoms === 0) return undefined;
      return {
        ...event,
        balance: { ...event.balance, lentAtoms: plus(lentAtoms, 1), borrowedAtoms: plus(borrowedAtoms, 1) },
      };
    }),
  ],
  ['a deposit that is not told', 'balanceFollows', omit('depositCredited')],
  ['a balance that is not told', 'balanceFollows', omit('balanceChanged')],
  ['a loan that is not told', 'loanFollows', omit('borrowLendChanged')],
  [
    'a settlement that leaves an atom more than it should',
    'unsettledFollows',
    lie('cashSettled', (event) => ({ ...event, unsettledAtoms: plus(event.unsettledAtoms, 1) })),
  ],
  [
    'a position with a lot more',
    'positionFollows',
    lie('positionChanged', (event) => ({
      ...event,
      position: { ...event.position, sizeLots: plus(event.position.sizeLots, 1) },
    })),
  ],
  ['a position that is opened without a number', 'numberedAsOpened', omit('positionOpened')],
  [
    'a position under the number of another',
    'numberedAsOpened',
    lie('positionChanged', (event) =>
      event.position.sizeLots === 0
        ? undefined
        : { ...event, position: { ...event.position, positionId: event.position.positionId + 1 } },
    ),
  ],
  [
    'a position without an opposite',
    'sizesCancel',
    lie('positionChanged', (event) => ({
      ...event,
      position: { ...event.position, sizeLots: plus(event.position.sizeLots, -1) },
    })),
  ],
  ['a position that is not told', 'costFollows', omit('positionChanged')],
  [
    'a position that cost more',
    'costFollows',
    lie('positionChanged', (event) => ({
      ...event,
      position: { ...event.position, basisCostAtoms: plus(event.position.basisCostAtoms, 3) },
    })),
  ],
  [
    'a position that was opened dearer',
    'entryFollows',
    lie('positionChanged', (event) =>
      event.position.sizeLots === 0
        ? undefined
        : { ...event, position: { ...event.position, entryCostAtoms: plus(event.position.entryCostAtoms, 100) } },
    ),
  ],
  [
    'a position that realized an atom more',
    'realizedFollows',
    lie('positionChanged', (event) =>
      event.position.sizeLots === 0
        ? undefined
        : { ...event, position: { ...event.position, realizedPnlAtoms: plus(event.position.realizedPnlAtoms, 1) } },
    ),
  ],
  [
    'a position that received an atom more of funding',
    'fundingFollows',
    lie('positionChanged', (event) =>
      event.position.sizeLots === 0
        ? undefined
        : { ...event, position: { ...event.position, fundingAtoms: plus(event.position.fundingAtoms, 1) } },
    ),
  ],
  [
    'a fill that paid more than the trade',
    'tradeHasTwoSides',
    lie('orderFilled', (event) => ({ ...event, fill: { ...event.fill, quoteAtoms: plus(event.fill.quoteAtoms, 1) } })),
  ],
  ['a fill without a trade', 'tradeHasTwoSides', omit('traded')],
  [
    'a fee with an atom less',
    'feeOfTier',
    lie('orderFilled', (event) => ({ ...event, fill: { ...event.fill, feeAtoms: plus(event.fill.feeAtoms, -1) } })),
  ],
  [
    'a rebate that nobody pays',
    'feesCoverRebate',
    lie('orderFilled', (event) => ({ ...event, fill: { ...event.fill, feeAtoms: times(event.fill.quoteAtoms, -1) } })),
  ],
  [
    'profit settled at another mark',
    'settledAtMark',
    lie('pnlSettled', (event) => ({ ...event, pnlAtoms: plus(event.pnlAtoms, 2) })),
  ],
  [
    'a funding rate of another premium',
    'fundingRate',
    lie('fundingRateSet', (event) => ({ ...event, rate: event.rate + 1e-9 })),
  ],
  [
    'a funding payment with an atom more',
    'fundingPayment',
    lie('fundingPaid', (event) => ({ ...event, fundingAtoms: plus(event.fundingAtoms, 1) })),
  ],
  [
    'funding received that nobody paid',
    'fundingCovered',
    lie('fundingPaid', (event) =>
      event.fundingAtoms < 0 ? { ...event, fundingAtoms: times(event.fundingAtoms, -1) } : undefined,
    ),
  ],
  [
    'interest with an atom more',
    'interestAccrued',
    lie('interestPosted', (event) => ({ ...event, interestAtoms: plus(event.interestAtoms, 1) })),
  ],
  [
    'interest that is not told',
    'loanFollows',
    lie('interestPosted', (event) =>
      event.source === 'unsettledPnl' ? undefined : { ...event, interestAtoms: times(event.interestAtoms, 0) },
    ),
  ],
  [
    'interest credited that nobody was charged',
    'interestCovered',
    lie('interestPosted', (event) =>
      event.source === 'lend' ? { ...event, interestAtoms: plus(event.interestAtoms, 1e12) } : undefined,
    ),
  ],
  [
    'a reserve with an atom more',
    'reserveFollows',
    lie('poolChanged', (event) => ({
      ...event,
      pool: { ...event.pool, reserveAtoms: plus(event.pool.reserveAtoms, 1) },
    })),
  ],
  [
    'a pool with an atom more',
    'poolSums',
    lie('poolChanged', (event) => ({ ...event, pool: { ...event.pool, lentAtoms: plus(event.pool.lentAtoms, 1) } })),
  ],
  [
    'a pool with virtual loans that nobody has',
    'poolSums',
    lie('poolChanged', (event) => ({
      ...event,
      pool: { ...event.pool, virtualBorrowedAtoms: plus(event.pool.virtualBorrowedAtoms, 1) },
    })),
  ],
  [
    'more borrowed than lent',
    'poolCash',
    (events) => {
      if (!events.some(({ kind }) => kind === 'poolChanged')) return undefined;
      return lie('balanceChanged', (event) =>
        event.balance.borrowedAtoms === 0
          ? undefined
          : { ...event, balance: { ...event.balance, borrowedAtoms: plus(event.balance.borrowedAtoms, 1e14) } },
      )(events);
    },
  ],
  [
    'a rate off the curve',
    'poolRates',
    lie('poolChanged', (event) =>
      event.pool.borrowRate === 0
        ? undefined
        : { ...event, pool: { ...event.pool, borrowRate: event.pool.borrowRate * 1.000001 } },
    ),
  ],
  [
    'open interest with a lot more',
    'openInterest',
    lie('perpPriceChanged', (event) => ({
      ...event,
      price: { ...event.price, openInterestLots: plus(event.price.openInterestLots, 1) },
    })),
  ],
  [
    'a mark out of its band',
    'markInBand',
    lie('perpPriceChanged', (event) =>
      event.price.indexPrice === 0
        ? undefined
        : { ...event, price: { ...event.price, markPrice: times(event.price.indexPrice, 1.051) } },
    ),
  ],
  [
    'an index that jumps',
    'updateCapped',
    lie('assetPriceChanged', (event) => ({
      ...event,
      price: { ...event.price, indexPrice: times(event.price.indexPrice, 2) },
    })),
  ],
];

describe('the audit', () => {
  test('finds nothing in a true history with fills, funding, settlements, loans and interest', () => {
    expect(audited(history).findings).toEqual([]);
  });

  test.each(LIES)('finds %s', (_, rule, change) => {
    const { steps, seq } = told([history], change, 'last');
    const { findings } = audited(steps);
    expect(findings.map((finding) => finding.rule)).toContain(rule);
    expect(findings[0]?.seq).toBe(seq);
  });

  test('names the account, what was expected and what was told', () => {
    const { steps, seq } = told([history], (LIES[0] as (typeof LIES)[number])[2], 'last');
    const [finding] = audited(steps).findings;
    expect(finding).toMatchObject({ seq, rule: 'balanceFollows', accountId: expect.any(Number) });
    expect(BigInt(finding?.actual ?? 0) - BigInt(finding?.expected ?? 0)).toBe(1n);
  });

  test('counts what it does not keep', () => {
    const audit = new Audit({ keptFindings: 3 });
    for (const step of history)
      audit.step(
        step,
        step.events.filter(({ kind }) => kind !== 'balanceChanged'),
      );
    const { findings, findingCount } = audit.report();
    expect(findings).toHaveLength(3);
    expect(findingCount).toBeGreaterThan(100);
  });
});
