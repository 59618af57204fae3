// The inequality on which the scan stands: what moving prices can take of an account's surplus, held against the margin itself.
import { Random, RISK_GENESIS } from '@glasshouse/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { State } from '../../src/index.js';
import { radiusOf, sureUsd } from '../../src/liquidation/scan/radius.js';
import { REACH, surplusOf } from '../../src/liquidation/scan/surplus.js';
import { marginTermsOf } from '../../src/margin/account.js';
import { isLiquidatable } from '../../src/margin/liquidation.js';
import { Crowd, FLOATING_DOLLAR } from './crowd.js';

const ACCOUNTS = 12;

function surplusAt(state: State, accountId: number): number {
  const { netEquityUsd, maintenanceUsd } = marginTermsOf(state, accountId);
  return netEquityUsd - maintenanceUsd;
}

type Accounts = { readonly crowd: Crowd; readonly ids: readonly number[] };

function gather(seed: number, genesis: typeof RISK_GENESIS): Accounts {
  const random = new Random(seed);
  const crowd = new Crowd(random, genesis);
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

describe.each([
  ['a dollar by definition', RISK_GENESIS],
  ['priced by venues', FLOATING_DOLLAR],
])('USDC %s', (_, genesis) => {
  it('is what the margin says', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { crowd, ids } = gather(seed, genesis);
        for (const id of ids) {
          const { equityUsd, maintenanceUsd, errorUsd } = surplusOf(crowd.state, id);
          expect(Math.abs(equityUsd - maintenanceUsd - surplusAt(crowd.state, id))).toBeLessThanOrEqual(errorUsd);
        }
      }),
    );
  });

  it('loses no more than its share of what a move as far as REACH can take', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 1, max: REACH, noNaN: true }), (seed, reach) => {
        const accounts = gather(seed, genesis);
        const { state } = accounts.crowd;
        const least = accounts.ids.map((id) => {
          const { equityLossUsd, maintenanceGainUsd, errorUsd } = surplusOf(state, id);
          const lost = ((reach - 1) / (REACH - 1)) * (equityLossUsd + maintenanceGainUsd);
          return surplusAt(state, id) - lost - errorUsd;
        });
        moveWithin(accounts, reach);
        accounts.ids.forEach((id, place) => {
          expect(surplusAt(state, id)).toBeGreaterThanOrEqual(least[place] ?? Number.NaN);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('is not gone while no price has moved by the radius', () => {
    let sound = 0;
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const accounts = gather(seed, genesis);
        const { state } = accounts.crowd;
        for (const id of accounts.ids) {
          const surplus = surplusOf(state, id);
          if (sureUsd(surplus) <= 0) continue;
          const back = accounts.crowd.pricesNow();
          moveWithin(accounts, 1 + radiusOf(surplus, sureUsd(surplus)) * 0.999999);
          if (isLiquidatable(state, id)) expect({ seed, id }).toBe('sound');
          sound += 1;
          back();
        }
      }),
      { numRuns: 300 },
    );
    expect(sound).toBeGreaterThan(1000);
  });
});
