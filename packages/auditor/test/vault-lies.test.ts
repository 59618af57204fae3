// A true history of vaults, and the same with one thing told of them that is not so.
import { apply, createState } from '@glasshouse/core';
import type { Event } from '@glasshouse/protocol';
import { VaultHistory } from '@glasshouse/testkit';
import { describe, expect, test } from 'vitest';
import type { AuditRule } from '../src/index.js';
import { type Lie, lieAt, omit, plus, rulesBroken, told } from './lies.js';
import type { Step } from './risk-venue.js';

const REQUESTS = 1_500;

function trueHistory(seed: number): readonly Step[] {
  const history = new VaultHistory(seed);
  const state = createState();
  return Array.from({ length: REQUESTS }, () => {
    const { timeUs, request } = history.next();
    const { nextSeq: seq } = state;
    const events: Event[] = [];
    apply(state, { seq, timeUs, request }, (event) => events.push(event));
    for (const event of events) history.observe(event);
    return { seq, timeUs, events };
  });
}

const lie = lieAt('last');

/** Of a redemption that has come so far. */
const ofRedeem = (
  status: 'requested' | 'redeemed',
  change: (event: Extract<Event, { kind: 'vaultRedeemChanged' }>) => Event,
): Lie => lie('vaultRedeemChanged', (event) => (event.redeem.status === status ? change(event) : undefined));

/** Tells it not on the first so many occasions. */
function passingBy(occasions: number, change: Lie): Lie {
  let passed = 0;
  return (events) => {
    const changed = change(events);
    if (changed === undefined || passed === occasions) return changed;
    passed += 1;
    return undefined;
  };
}

const LIES: readonly (readonly [string, AuditRule, Lie])[] = [
  [
    'an equity that the account does not have',
    'vaultValued',
    lie('vaultNavSampled', (event) => ({ ...event, vaultEquity: event.vaultEquity + 0.01 })),
  ],
  [
    'a token worth more than its share',
    'vaultValued',
    lie('vaultNavSampled', (event) => ({ ...event, nav: event.nav * 1.000001 })),
  ],
  [
    'a mean that the samples do not have',
    'vaultValued',
    lie('vaultNavSampled', (event) => ({ ...event, twapNav: event.twapNav + 0.0001 })),
  ],
  ['a sample that is not told', 'vaultValued', passingBy(6, omit('vaultNavSampled'))],
  [
    'a mint for less than it costs',
    'vaultPrice',
    lie('vaultMinted', (event) => ({ ...event, quantityAtoms: plus(event.quantityAtoms, -3) })),
  ],
  [
    'a redemption that is paid more',
    'vaultPrice',
    ofRedeem('redeemed', (event) => ({
      ...event,
      redeem: { ...event.redeem, quantityAtoms: plus(event.redeem.quantityAtoms, 3) },
    })),
  ],
  [
    'tokens out of nothing',
    'vaultSupply',
    lie('vaultMinted', (event) => ({ ...event, supplyAtoms: plus(event.supplyAtoms, 1) })),
  ],
  [
    'somebody paid who had not asked',
    'vaultQueue',
    ofRedeem('redeemed', (event) => ({ ...event, redeem: { ...event.redeem, redeemId: event.redeem.redeemId + 1 } })),
  ],
  ['tokens that are with their owner while they wait', 'balanceFollows', omit('vaultRedeemChanged')],
];

describe('an audit of vaults', () => {
  const histories = [trueHistory(4), trueHistory(5)];

  test('of what is true finds nothing', () => {
    for (const history of histories) {
      expect(rulesBroken(history).filter((rule) => rule.startsWith('vault'))).toEqual([]);
    }
  });

  test.each(LIES)('finds %s', (_name, rule, change) => {
    expect(rulesBroken(told(histories, change, 'last').steps)).toContain(rule);
  });
});
