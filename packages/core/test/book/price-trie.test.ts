import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PriceTrie } from '../../src/book/price-trie.js';

const GREATEST = 0x7fffffff;

const key = fc.oneof(
  fc.integer({ min: 1, max: GREATEST }),
  fc.integer({ min: 1, max: 70 }),
  fc.integer({ min: GREATEST - 70, max: GREATEST }),
  fc.constantFrom(31, 32, 33, 1_023, 1_024, (1 << 30) - 1, 1 << 30),
);

/** Smallest key of the model above `from`, as its value. */
function above(model: ReadonlyMap<number, number>, from: number): number {
  const greater = [...model.keys()].filter((candidate) => candidate > from);
  return greater.length === 0 ? 0 : model.get(Math.min(...greater))!;
}

function toggle(trie: PriceTrie, model: Map<number, number>, at: number, value: number): void {
  if (model.delete(at)) trie.delete(at);
  else {
    model.set(at, value);
    trie.set(at, value);
  }
}

describe('PriceTrie', () => {
  it('answers like a sorted map whatever keys come and go', () => {
    const flow = fc.array(fc.tuple(key, key), { maxLength: 200, size: 'max' });
    fc.assert(
      fc.property(flow, (steps) => {
        const trie = new PriceTrie();
        const model = new Map<number, number>();
        steps.forEach(([at, probe], index) => {
          toggle(trie, model, at, index + 1);
          expect(trie.get(probe)).toBe(model.get(probe) ?? 0);
          expect(trie.above(probe)).toBe(above(model, probe));
          expect(trie.above(at)).toBe(above(model, at));
        });
      }),
    );
  });

  it('lists every key in order by going above and above', () => {
    const keys = fc.uniqueArray(key, { minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(keys, (some) => {
        const trie = new PriceTrie();
        for (const at of some) trie.set(at, at);
        const listed: number[] = [];
        for (let at = trie.above(0); at !== 0; at = trie.above(at)) listed.push(at);
        expect(listed).toEqual([...some].sort((a, b) => a - b));
      }),
    );
  });

  it('holds nothing above the greatest key', () => {
    const trie = new PriceTrie();
    trie.set(GREATEST, 7);
    expect(trie.above(GREATEST)).toBe(0);
    expect(trie.above(GREATEST - 1)).toBe(7);
  });

  it('takes the nodes of deleted keys again, so that a wandering price costs no memory', () => {
    const trie = new PriceTrie();
    const atFirst = trie.bytes;
    for (let at = 1; at < GREATEST - 40_000; at += 40_000) {
      trie.set(at, 1);
      trie.delete(at);
    }
    expect(trie.bytes).toBe(atFirst);
  });

  it('hands out recycled nodes clean', () => {
    const trie = new PriceTrie();
    for (let round = 0; round < 3; round++) {
      for (let at = 1; at < 5_000; at += 37) trie.set(at, at);
      for (let at = 1; at < 5_000; at += 37) trie.delete(at);
      for (let at = 1; at < 5_000; at++) expect(trie.get(at)).toBe(0);
    }
    expect(trie.above(0)).toBe(0);
  });
});
