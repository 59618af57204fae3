import { Random, RISK_GENESIS } from '@glasshouse/testkit';
import { describe, expect, it } from 'vitest';
import { scanMargins } from '../../src/liquidation/scan/scan.js';
import { Certificates } from './certificates.js';
import { changeMoney } from './changes.js';
import { Crowd, FLOATING_DOLLAR } from './crowd.js';

const ACCOUNTS = 40;
const USD = 10_000;
const STEPS = 120;

describe.each([
  ['a dollar by definition', RISK_GENESIS],
  ['priced by venues', FLOATING_DOLLAR],
])('USDC %s', (_, genesis) => {
  it.each([1, 2, 3])(
    'an account stays on its side of every line within its radius while its slack lasts: crowd %d',
    (seed) => {
      const random = new Random(seed);
      const crowd = new Crowd(random, genesis);
      for (let count = 0; count < ACCOUNTS; count += 1) crowd.join(USD);
      const { state } = crowd;
      const certificates = new Certificates(state);
      let tried = 0;
      for (let step = 0; step < STEPS; step += 1) {
        if (random.chance(50)) crowd.scalePrices(() => 1 + random.between(-30, 30) / 10_000);
        if (random.chance(60)) scanMargins(state);
        for (let count = random.below(10); count > 0; count -= 1) {
          changeMoney(crowd, random.between(2, state.accounts.count), USD);
        }
        tried += certificates.expectKept();
      }
      expect(tried).toBeGreaterThan(STEPS * 10);
    },
  );
});
