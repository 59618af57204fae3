// The core's index of random reports against the model's: weights, outliers and silent sources, each in a venue that has just begun,
// so that no cap ties the index to the second before. Agreement to 1e-12, relative.
import { apply, assetBySymbol, assetPriceView, createState, keyByPublicKey } from '@glasshouse/core';
import type { GenesisConfiguration, Request } from '@glasshouse/protocol';
import { PRICE_FEED_KEY, RequestMaker, RISK_GENESIS } from '@glasshouse/testkit';
import type { Seq, TimeUs } from '@glasshouse/units';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexPrice, venuePrice, withoutOutliers } from '../src/index.js';

const START_MS = 1_700_000_000_500;
const SILENT_MS = 10_001;
const OUTLIER = 0.05;

type Report = {
  readonly bid: string;
  readonly ask: string;
  readonly last: string;
  readonly weight: number;
  readonly silent: boolean;
};

const report: fc.Arbitrary<Report> = fc
  .record({
    points: fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: -250, max: 250 }) },
      fc.integer({ min: -2_000, max: 2_000 }),
    ),
    lastPoints: fc.integer({ min: -300, max: 300 }),
    weight: fc.integer({ min: 1, max: 5 }),
    silent: fc.boolean(),
  })
  .map(({ points, lastPoints, weight, silent }) => {
    const price = 100 * (1 + points / 10_000);
    const last = price * (1 + lastPoints / 10_000);
    return { bid: (price * 0.999).toFixed(6), ask: (price * 1.001).toFixed(6), last: last.toFixed(6), weight, silent };
  });

function venueWith(reports: readonly Report[]): GenesisConfiguration {
  const sources = reports.map(({ weight }, place) => ({ name: `source${place}`, weight }));
  const assets = RISK_GENESIS.assets.map((asset) =>
    asset.index === undefined ? asset : { ...asset, index: { ...asset.index, sources } },
  );
  return { ...RISK_GENESIS, assets };
}

/** What the core publishes once all have reported, the silent ones long before the others. */
function indexOfCore(reports: readonly Report[]) {
  const state = createState();
  const maker = new RequestMaker(START_MS);
  const run = (request: Request) =>
    apply(state, { seq: state.nextSeq as Seq, timeUs: (maker.nowMs * 1000) as TimeUs, request }, undefined);
  run(maker.genesis(venueWith(reports)));
  const keyId = keyByPublicKey(state, PRICE_FEED_KEY)?.keyId ?? 0;
  const tell = (silent: boolean) => {
    for (const [place, { bid, ask, last, silent: isSilent }] of reports.entries()) {
      if (isSilent !== silent) continue;
      const prices = `SOL:${bid}:${ask}:${last}`;
      run(maker.command(keyId, 'glassPricesReport', { source: `source${place}`, prices }));
    }
  };
  tell(true);
  // Until the silent ones are too old nothing happens, so that no index is made of them.
  maker.nowMs += SILENT_MS;
  tell(false);
  maker.nowMs += 1_000;
  run(maker.tick());
  return assetPriceView(state, assetBySymbol(state, 'SOL')?.assetId ?? 0);
}

test('the index of the core is the model’s, of the sources that the model keeps', () => {
  let outliers = 0;
  fc.assert(
    fc.property(fc.array(report, { minLength: 3, maxLength: 7 }), (reports) => {
      const live = reports.filter(({ silent }) => !silent);
      const venues = live.map((quote) => ({ price: venuePrice(quote), weight: quote.weight }));
      const kept = withoutOutliers(venues, OUTLIER);
      const core = indexOfCore(reports);
      expect(core?.liveSources ?? 0).toBe(kept.length);
      if (kept.length < 2) {
        expect(core?.indexPrice ?? 0).toBe(0);
        return;
      }
      if (kept.length < venues.length) outliers += 1;
      const model = indexPrice(kept)?.toNumber() ?? 0;
      expect(Math.abs((core?.indexPrice ?? 0) / model - 1)).toBeLessThan(1e-12);
    }),
    { numRuns: 200 },
  );
  expect(outliers).toBeGreaterThan(5);
});
