import type { VaultNavSampled } from '@glasshouse/protocol';
import type { Atoms, TimeUs } from '@glasshouse/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_BOUNDS, MemoryHistory } from '../src/index.js';
import { committedOf } from './builders.js';

const HOUR_US = 3_600_000_000;
const ALL = { vaultId: 1, fromUs: 0, stepUs: HOUR_US } as const;

const sampled = (timeUs: number, nav: number, vaultId = 1): VaultNavSampled => ({
  kind: 'vaultNavSampled',
  vaultId,
  supplyAtoms: 1_000 as Atoms,
  timeUs: timeUs as TimeUs,
  nav,
  twapNav: nav,
  vaultEquity: nav * 1_000,
});

function historyOf(events: readonly VaultNavSampled[], bounds = DEFAULT_BOUNDS): MemoryHistory {
  const history = new MemoryHistory(bounds);
  events.forEach((event, seq) => {
    history.apply(committedOf([event], seq, event.timeUs));
  });
  return history;
}

describe('the past of a vault', () => {
  it('is the last sample of each hour, oldest first, and of each step that is asked for', () => {
    const history = historyOf(
      [1, 2, HOUR_US + 1, HOUR_US + 9, 5 * HOUR_US].map((timeUs) => sampled(timeUs, timeUs + 0.5)),
    );
    expect(history.vaultHistory(ALL).map(({ nav }) => nav)).toEqual([2.5, HOUR_US + 9.5, 5 * HOUR_US + 0.5]);
    expect(history.vaultHistory({ ...ALL, stepUs: 4 * HOUR_US }).map(({ nav }) => nav)).toEqual([
      HOUR_US + 9.5,
      5 * HOUR_US + 0.5,
    ]);
    expect(history.vaultHistory({ ...ALL, fromUs: 2 * HOUR_US })).toMatchObject([
      { supplyAtoms: 1_000, vaultEquity: (5 * HOUR_US + 0.5) * 1_000 },
    ]);
  });

  it('is its own, and none for a vault that was never sampled', () => {
    const history = historyOf([sampled(1, 1), sampled(2, 2, 2)]);
    expect(history.vaultHistory(ALL)).toMatchObject([{ nav: 1 }]);
    expect(history.vaultHistory({ ...ALL, vaultId: 3 })).toEqual([]);
  });

  it('goes back as far as its bounds, and is the same when it was saved in between', () => {
    const bounds = { ...DEFAULT_BOUNDS, poolHoursPerAsset: 3 };
    const gaps = fc.array(fc.integer({ min: 1, max: 2 * HOUR_US }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(gaps, fc.nat(), (all, cut) => {
        let timeUs = 0;
        const events = all.map((gap, place) => {
          timeUs += gap;
          return sampled(timeUs, 1 / (place + 1));
        });
        const whole = historyOf(events, bounds);
        expect(whole.vaultHistory(ALL).length).toBeLessThanOrEqual(3);
        const at = cut % events.length;
        const restored = MemoryHistory.load(historyOf(events.slice(0, at), bounds).save(), bounds);
        events.slice(at).forEach((event, place) => {
          restored.apply(committedOf([event], at + place, event.timeUs));
        });
        expect(restored.save()).toEqual(whole.save());
      }),
    );
  });
});
