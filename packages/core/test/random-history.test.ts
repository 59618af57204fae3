// Long random histories, everything mixed. HISTORY_COMMANDS sets their length (default 3000), HISTORY_SEEDS how many there are
// (default 4), HISTORY_FIRST_SEED which is the first. Batches need no test of their own: the core is given one request at a time,
// with a time; that it may be shown those that follow changes nothing (anticipate.test.ts).
import type { RejectReason } from '@glasshouse/protocol';
import { RandomHistory } from '@glasshouse/testkit';
import { describe, expect, test } from 'vitest';
import { createState } from '../src/index.js';
import { eventsOf, Replicas } from './replicas.js';

const COMMANDS = Number(process.env['HISTORY_COMMANDS'] ?? 3000);
const SEEDS = Number(process.env['HISTORY_SEEDS'] ?? 4);
const FIRST_SEED = Number(process.env['HISTORY_FIRST_SEED'] ?? 1);
const CHECKPOINT = 100;

const seeds = Array.from({ length: SEEDS }, (_, index) => FIRST_SEED + index);

describe.each(seeds)('history %d', (seed) => {
  test('is the same for both books, watched or not, and after any number of restarts; its events tell all', () => {
    const history = new RandomHistory(seed);
    const replicas = new Replicas(seed);
    for (let count = 1; count <= COMMANDS; count += 1) {
      for (const event of replicas.apply(history.next())) history.observe(event);
      if (count % CHECKPOINT === 0 || count === COMMANDS) replicas.expectEqual();
    }
  });
});

test('histories bring about all that can happen, and most of what can be refused', () => {
  const kinds = new Set<string>();
  const reasons = new Set<RejectReason>();
  for (const seed of seeds) {
    const history = new RandomHistory(seed);
    const state = createState();
    for (let count = 0; count < COMMANDS; count += 1) {
      for (const event of eventsOf(state, history.next())) {
        history.observe(event);
        kinds.add(event.kind === 'orderExpired' ? `orderExpired ${event.reason}` : event.kind);
        if (event.kind === 'rejected') reasons.add(event.reason);
      }
    }
  }
  kinds.delete('orderExpired InsufficientFunds');
  expect([...kinds].sort()).toEqual(EVERYTHING);
  expect(reasons.size).toBeGreaterThan(35);
});

/** But `InsufficientFunds` of a market order that skips its own: tested by itself. */
const EVERYTHING = [
  'accountCreated',
  'accountUpdated',
  'approved',
  'assetListed',
  'balanceChanged',
  'depositCredited',
  'keyAdded',
  'keyRevoked',
  'levelChanged',
  'marketChanged',
  'marketListed',
  'orderAccepted',
  'orderCancelled',
  'orderExpired FillOrKill',
  'orderExpired ImmediateOrCancel',
  'orderExpired InsufficientLiquidity',
  'orderExpired InvalidQuantity',
  'orderExpired PriceImpact',
  'orderExpired SelfTradePrevention',
  'orderFilled',
  'orderReduced',
  'proposalExpired',
  'proposed',
  'rejected',
  'settingsChanged',
  'traded',
  'transferred',
  'withdrawalConfirmed',
  'withdrawalRequested',
];
