// Random prices against a naive list. TRIGGER_PATHS sets how many paths are walked (default 60).
import { TRIGGER_BY } from '@glasshouse/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { marketBySymbol } from '../../src/index.js';
import { hashOf } from '../hashing.js';
import { NaiveTriggers } from './naive-triggers.js';
import { PERP, RICH, TriggerVenue } from './trigger-venue.js';

const RUNS = Number(process.env['TRIGGER_PATHS'] ?? 60);
const MIDDLE = 15_000;
const KINDS = ['LastPrice', 'MarkPrice', 'IndexPrice'] as const;

const ticks = fc.integer({ min: MIDDLE - 40, max: MIDDLE + 40 });
const side = fc.constantFrom('Bid' as const, 'Ask' as const);

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('stop' as const),
      side,
      ticks,
      by: fc.constantFrom(...KINDS),
      limit: fc.option(ticks, { nil: undefined }),
      share: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('quote' as const), side, ticks }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('take' as const), side }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('sample' as const), ticks }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), place: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const price = (tick: number): string => (tick / 100).toFixed(2);

class Walk {
  readonly venue = new TriggerVenue();
  readonly alice = this.venue.trader('alice', RICH);
  readonly naive = new NaiveTriggers(marketBySymbol(this.venue.state, PERP)?.marketId ?? 0);

  constructor() {
    this.naive.observe(this.venue.print('150', PERP));
  }

  take(one: Step, restarts: boolean): void {
    const { venue, alice, naive } = this;
    switch (one.kind) {
      case 'stop': {
        const rest = one.limit === undefined ? {} : { price: price(one.limit) };
        const size = one.share ? '50%' : '0.3';
        const terms = { symbol: PERP, triggerBy: one.by, ...rest };
        return naive.observe(venue.stop(alice, one.side, price(one.ticks), size, terms));
      }
      case 'quote':
        return naive.observe(venue.limit(venue.makerKey, one.side, price(one.ticks), '0.2', { symbol: PERP }));
      case 'take':
        return naive.observe(venue.order(venue.otherKey, one.side, { symbol: PERP, quantity: '0.5' }));
      case 'sample':
        naive.price(TRIGGER_BY.mark, one.ticks);
        naive.price(TRIGGER_BY.index, one.ticks);
        return naive.observe(venue.sample(one.ticks / 100));
      case 'cancel': {
        const orderId = naive.ids[one.place] ?? 0;
        return naive.observe(venue.command(alice, 'orderCancel', { symbol: PERP, orderId }));
      }
      case 'restart':
        if (restarts) venue.restart();
        return;
    }
  }

  get waiting(): number[] {
    return this.venue.state.triggers.inOrder().map(({ orderId }) => orderId);
  }
}

test('a price fires what a list searched from end to end would fire, in the same order', () => {
  let fired = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 60 }), (steps) => {
      const walk = new Walk();
      for (const one of steps) {
        walk.take(one, true);
        expect(walk.waiting).toEqual(walk.naive.ids);
      }
      fired += walk.naive.fired;
    }),
    { numRuns: RUNS },
  );
  expect(fired).toBeGreaterThan(RUNS);
});

test('a restart anywhere on the way changes nothing', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 40 }), (steps) => {
      const [straight, restarted] = [new Walk(), new Walk()];
      for (const one of steps) {
        straight.take(one, false);
        restarted.take(one, true);
      }
      expect(hashOf(restarted.venue.state)).toBe(hashOf(straight.venue.state));
    }),
    { numRuns: Math.ceil(RUNS / 3) },
  );
});
