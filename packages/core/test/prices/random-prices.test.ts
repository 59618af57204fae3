// Whatever sources say, whenever they fall silent, wherever the book stands: what always holds of index and mark.
import { MARKET_STATE } from '@glasshouse/protocol';
import { PRICE_SOURCES } from '@glasshouse/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { restore, snapshot } from '../../src/index.js';
import { hashOf } from '../hashing.js';
import { DayPlayer, genesisWith } from './day-player.js';

const PERP = 'SOL_USDC_PERP';
const CAP = 0.0025;
const BAND = 0.05;
const SOURCES = PRICE_SOURCES.map((name, place) => ({ name, weight: place + 1 }));

const price = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 14_800, max: 15_200 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 190_000 }) },
);
const step = fc.record({
  seconds: fc.oneof(
    { weight: 9, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.integer({ min: 2, max: 30 }) },
  ),
  reports: fc.array(fc.tuple(fc.constantFrom(...PRICE_SOURCES), price), { maxLength: 4 }),
  quote: fc.option(price, { nil: undefined }),
});

type Seen = { readonly index: number; readonly mark: number; readonly silent: number };

/** Seconds since the index last stood on enough sources count together. A mark that moves faster than its cap is held at the band. */
function checkStep(player: DayPlayer, before: Seen, seconds: number): Seen {
  const { indexPrice, markPrice } = player.perp(PERP);
  const market = player.market(PERP);
  const live = player.sourcesOf('SOL') >= 2;
  expect(market.effectiveState).toBe(live ? MARKET_STATE.open : MARKET_STATE.postOnly);
  const silent = before.silent + seconds;
  if (before.index !== 0) {
    const allowed = live ? silent * CAP : 0;
    expect(Math.abs(indexPrice / before.index - 1)).toBeLessThanOrEqual(allowed + 1e-12);
  }
  if (indexPrice === 0) expect(markPrice).toBe(0);
  else expect(Math.abs(markPrice / indexPrice - 1)).toBeLessThanOrEqual(BAND + 1e-12);
  const markStep = before.mark === 0 ? 0 : Math.abs(markPrice / before.mark - 1);
  if (markStep > seconds * CAP + 1e-12) expect(Math.abs(markPrice / indexPrice - 1)).toBeCloseTo(BAND, 12);
  return { index: indexPrice, mark: markPrice, silent: live ? 0 : silent };
}

test('index and mark keep their caps and bounds, and a restart on the way changes nothing', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
      const player = new DayPlayer(genesisWith({ SOL: SOURCES }));
      let seen: Seen = { index: 0, mark: 0, silent: 0 };
      for (const { seconds, reports, quote } of steps) {
        for (const [name, cents] of reports) player.report(name, { SOL: (cents / 100).toFixed(2) });
        if (quote !== undefined) player.quote(PERP, Math.max(quote, 2) / 100);
        player.pass(seconds * 1000);
        seen = checkStep(player, seen, seconds);
      }
      expect(hashOf(restore(snapshot(player.state)))).toBe(hashOf(player.state));
    }),
    { numRuns: 60 },
  );
});
