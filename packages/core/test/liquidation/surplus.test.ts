// The inequality on which the scan stands: what moving prices can take of an account's surplus, held against the margin itself.
import { Random, RISK_GENESIS } from '@glasshouse/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WARNING_LEVELS } from '../../src/liquidation/scan/levels.js';
import { radiusOf, roomUsd } from '../../src/liquidation/scan/radius.js';
import { REACH, type Surplus, surplusOf } from '../../src/liquidation/scan/surplus.js';
import { marginTermsOf } from '../../src/margin/account.js';
import { indexPriceOf, markPriceOf } from '../../src/margin/value.js';
import type { State } from '../../src/state/state.js';
import { Crowd, FLOATING_DOLLAR } from './crowd.js';

const ACCOUNTS = 12;

type Accounts = { readonly crowd: Crowd; readonly ids: readonly number[] };

function gather(seed: number, genesis: typeof RISK_GENESIS): Accounts {
  const random = new Random(seed);
  const crowd = new Crowd(random, genesis, 'markAndIndex');
  const usd = random.pick([100, 10_000, 10_000_000]);
  const ids = Array.from({ length: ACCOUNTS }, () => crowd.join(usd));
  crowd.scalePrices(() => random.between(80, 120) / 100);
  return { crowd, ids };
}

/** Each price to an end of its range, or anywhere within. */
function moveWithin({ crowd }: Accounts, reach: number): void {
  const { random } = crowd;
  crowd.scalePrices(() => {
    const part = random.chance(60) ? 1 : random.below(1000) / 1000;
    const factor = 1 + (reach - 1) * part;
    return random.chance(50) ? factor : 1 / factor;
  });
}

const AT = { mark: markPriceOf, index: indexPriceOf } as const;

/** The margin itself, with perpetuals at one of their prices. */
function marginAt(state: State, id: number, at: keyof typeof AT) {
  const { netEquityUsd, maintenanceUsd, netEquityAtIndexUsd, maintenanceAtIndexUsd } = marginTermsOf(state, id);
  return at === 'mark'
    ? { netEquityUsd, maintenanceUsd }
    : { netEquityUsd: netEquityAtIndexUsd, maintenanceUsd: maintenanceAtIndexUsd };
}

describe.each([
  ['a dollar by definition', 'mark', RISK_GENESIS],
  ['a dollar by definition', 'index', RISK_GENESIS],
  ['priced by venues', 'mark', FLOATING_DOLLAR],
  ['priced by venues', 'index', FLOATING_DOLLAR],
] as const)('USDC %s, perpetuals at their %s', (_, at, genesis) => {
  it('is what the margin says', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { crowd, ids } = gather(seed, genesis);
        for (const id of ids) {
          const { equityUsd, maintenanceUsd, errorUsd } = surplusOf(crowd.state, id, AT[at]);
          const terms = marginAt(crowd.state, id, at);
          const wrong = Math.abs(equityUsd - terms.netEquityUsd) + Math.abs(maintenanceUsd - terms.maintenanceUsd);
          expect(wrong).toBeLessThanOrEqual(errorUsd);
        }
      }),
    );
  });

  it('neither loses nor gains more than its share of what a move as far as REACH can bring', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 1, max: REACH, noNaN: true }), (seed, reach) => {
        const accounts = gather(seed, genesis);
        const { state } = accounts.crowd;
        const share = (reach - 1) / (REACH - 1);
        const before = accounts.ids.map((id) => ({ ...surplusOf(state, id, AT[at]) }));
        moveWithin(accounts, reach);
        accounts.ids.forEach((id, place) => {
          const now = marginAt(state, id, at);
          const { equityUsd, maintenanceUsd, equityMoveUsd, maintenanceMoveUsd, errorUsd } = before[place] as Surplus;
          const equityMoved = Math.abs(now.netEquityUsd - equityUsd);
          const maintenanceMoved = Math.abs(now.maintenanceUsd - maintenanceUsd);
          expect(equityMoved).toBeLessThanOrEqual(share * equityMoveUsd + errorUsd);
          expect(maintenanceMoved).toBeLessThanOrEqual(share * maintenanceMoveUsd + errorUsd);
        });
      }),
      { numRuns: 300 },
    );
  });

  it.each([1, ...WARNING_LEVELS])('keeps room above a level of %d while no price has moved by the radius', (level) => {
    let tried = 0;
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const accounts = gather(seed, genesis);
        const { state } = accounts.crowd;
        for (const id of accounts.ids) {
          const surplus = surplusOf(state, id, AT[at]);
          const room = roomUsd(surplus, level);
          if (room <= 0) continue;
          const back = accounts.crowd.pricesNow();
          moveWithin(accounts, 1 + radiusOf(surplus, room, level) * 0.999999);
          const { netEquityUsd, maintenanceUsd } = marginAt(state, id, at);
          expect(maintenanceUsd).toBeLessThan(level * netEquityUsd);
          tried += 1;
          back();
        }
      }),
    );
    expect(tried).toBeGreaterThan(100);
  });
});
