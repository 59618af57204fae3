import { describe, expect, it } from 'vitest';
import type { Quote } from '../../src/quote.js';
import { syntheticSources } from '../../src/synthetic/synthetic-sources.js';

const START = 1_700_000_000_000;

/** What each source quotes, second by second. */
function played(seed: number, seconds: number, assets?: readonly string[]): readonly (readonly Quote[])[] {
  const sources = syntheticSources({ seed, assets });
  const rounds = Array.from({ length: seconds }, (_, second) => START + second * 1_000);
  return rounds.map((nowMs) => sources.flatMap((source) => source.quotes(nowMs)));
}

describe('synthetic sources', () => {
  it('say by name and kind what they are', () => {
    const sources = syntheticSources({ seed: 1 });
    expect(sources.map(({ name, kind }) => `${kind}: ${name}`)).toEqual([
      'synthetic: synthetic-a',
      'synthetic: synthetic-b',
      'synthetic: synthetic-c',
    ]);
  });

  it('quote the same from the same seed, something else from another', () => {
    expect(played(7, 100)).toEqual(played(7, 100));
    expect(played(7, 100)).not.toEqual(played(8, 100));
  });

  it('move an asset the same way whether others are asked for or not', () => {
    const alone = played(7, 50, ['SOL']).map(([first]) => first?.asset);
    expect(new Set(alone)).toEqual(new Set(['SOL']));
    const middleOf = (rounds: readonly (readonly Quote[])[]): number => {
      const sol = rounds.at(-1)?.filter(({ asset }) => asset === 'SOL') ?? [];
      return sol.reduce((sum, { bid, ask }) => sum + (bid + ask) / 2, 0) / sol.length;
    };
    expect(middleOf(played(7, 50, ['SOL'])) / middleOf(played(7, 50))).toBeCloseTo(1, 3);
  });

  it('differ a little from each other, never so much that the index would drop one', () => {
    const rounds = played(3, 1_000, ['BTC']);
    for (const quotes of rounds) {
      const bids = quotes.map(({ bid }) => bid);
      expect(new Set(bids).size).toBe(3);
      expect(Math.max(...bids) / Math.min(...bids)).toBeLessThan(1.005);
      for (const { bid, ask, last } of quotes) expect([bid, ask]).toContain(last);
    }
  });

  it('keep their prices between two steps, however often they are asked', () => {
    const [first] = syntheticSources({ seed: 1 });
    const before = first?.quotes(START).map(({ bid }) => bid);
    expect(first?.quotes(START + 400).map(({ bid }) => bid)).toEqual(before);
    expect(first?.quotes(START + 1_000).map(({ bid }) => bid)).not.toEqual(before);
  });

  it('go on from where the exchange last traded', () => {
    const [first] = syntheticSources({ seed: 1, openings: new Map([['BTC', 80_000]]) });
    const btc = first?.quotes(START).find(({ asset }) => asset === 'BTC');
    expect((btc?.bid ?? 0) / 80_000).toBeCloseTo(1, 2);
  });

  it('make no jump after a pause of a day', () => {
    const [first] = syntheticSources({ seed: 1, assets: ['USDT'] });
    const before = first?.quotes(START)[0]?.bid ?? 0;
    const after = first?.quotes(START + 86_400_000)[0]?.bid ?? 0;
    expect(after / before).toBeCloseTo(1, 2);
  });
});
