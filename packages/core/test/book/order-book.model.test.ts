import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HIGHEST_TICKS, type SideCode } from '../../src/book/order-book.js';
import { type Answer, BookPair, type Step } from './book-pair.js';

const STEPS = Number(process.env['GLASSHOUSE_BOOK_STEPS'] ?? 200_000);
const SEED = Number(process.env['GLASSHOUSE_SEED'] ?? 20_260_101);

const kinds = ['fill', 'part', 'remove', 'stop'] as const;
const afterwards = ['cancel', 'rest'] as const;

const side = fc.constantFrom<SideCode>(0, 1);
const boundaries = [1, 2, 31, 32, 33, 1023, 1024, 1025, 32_767, 32_768, 1 << 20, (1 << 30) - 1, 1 << 30, HIGHEST_TICKS];
const narrow = fc.integer({ min: 1, max: 6 });
const anywhere = fc.oneof(
  fc.constantFrom(...boundaries),
  fc.integer({ min: 1, max: HIGHEST_TICKS }),
  fc.integer({ min: 1_000, max: 1_100 }),
);

function answer(): fc.Arbitrary<Answer> {
  return fc.record(
    { kind: fc.constantFrom(...kinds), after: fc.constantFrom(...afterwards) },
    { requiredKeys: ['kind'] },
  );
}

function steps(ticks: fc.Arbitrary<number>): fc.Arbitrary<Step[]> {
  const lots = fc.integer({ min: 1, max: 9 });
  const pick = fc.nat(1_000);
  const answers = fc.array(answer(), { minLength: 1, maxLength: 6 });
  const rest = fc.record({ kind: fc.constant('rest' as const), side, ticks, lots });
  const cancel = fc.record({ kind: fc.constant('cancel' as const), pick });
  const reduce = fc.record({ kind: fc.constant('reduce' as const), pick });
  const taker = { kind: fc.constant('match' as const), side, ticks, lots: fc.integer({ min: 0, max: 40 }), answers };
  const step = fc.oneof(
    { weight: 6, arbitrary: rest },
    { weight: 3, arbitrary: cancel },
    { weight: 1, arbitrary: reduce },
    { weight: 2, arbitrary: fc.record(taker) },
  );
  return fc.array(step, { maxLength: 60, size: 'max' });
}

function playAndCompare(flow: readonly Step[]): void {
  const pair = new BookPair();
  for (const step of flow) {
    pair.play(step);
    pair.expectSameState();
  }
}

/** xorshift32: the long flow is the same in every run with the same seed. */
function generator(seed: number): (below: number) => number {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

type Price = (random: (below: number) => number) => number;

const markets: readonly (readonly [name: string, price: Price])[] = [
  ['a few ticks', (random) => 100 + random(8)],
  ['a busy market', (random) => 1_000_000 + (random(2) * 2 - 1) * (random(40) + random(40) * random(20))],
  ['the whole range of prices', (random) => 1 + ((random(0x8000) * 0x10000 + random(0x10000)) % HIGHEST_TICKS)],
  ['one order a page', (random) => 1 + random(2_000) * 1_024],
];

function longStep(random: (below: number) => number, price: Price, live: number): Step {
  const roll = random(100);
  const side = random(2) as SideCode;
  if (roll < 8) {
    const kind = kinds[Math.max(0, random(40) - 36)]!;
    const after = afterwards[random(30)];
    const answers = [
      after === undefined ? { kind } : { kind, after },
      { kind: 'part' as const },
      { kind: 'fill' as const },
    ];
    return { kind: 'match', side, ticks: price(random), lots: random(60), answers };
  }
  if (roll < 14) return { kind: 'reduce', pick: random(1 << 30) };
  if (roll < 56 || live > 300) return { kind: 'cancel', pick: random(1 << 30) };
  return { kind: 'rest', side, ticks: price(random), lots: 1 + random(50) };
}

describe('the fast book and its model stay equal', () => {
  it('step by step within a few ticks', () => {
    fc.assert(fc.property(steps(narrow), playAndCompare), { numRuns: 200 });
  });

  it('step by step over the whole range of prices', () => {
    fc.assert(fc.property(steps(anywhere), playAndCompare), { numRuns: 200 });
  });

  it.each(markets)('over a long flow: %s', (_name, price) => {
    const random = generator(SEED);
    const pair = new BookPair();
    let most = 0;
    for (let n = 0; n < STEPS / markets.length; n++) {
      pair.play(longStep(random, price, pair.fast.live.length));
      most = Math.max(most, pair.fast.live.length);
      if (n % 16 === 0) pair.expectSameTouch();
      if (n % 1_024 === 0) pair.expectSameState();
    }
    pair.expectSameState();
    expect(most).toBeGreaterThan(20);
  });
});
