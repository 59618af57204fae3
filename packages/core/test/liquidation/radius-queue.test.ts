import { Random } from '@glasshouse/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceBetween } from '../../src/state/watch/price-vector.js';
import { RadiusQueue } from '../../src/state/watch/radius-queue.js';

const ACCOUNTS = 40;
const PRICES = 4;

type Put = { readonly prices: Float64Array; readonly radius: number };

/** The queue, and for each account in it where prices were when it was put there. */
class Watched {
  readonly queue = new RadiusQueue();
  readonly put = new Map<number, Put>();
  readonly prices = new Float64Array(PRICES).fill(1);
  released = 0;

  constructor(readonly random: Random) {
    for (let accountId = 1; accountId <= ACCOUNTS; accountId += 1) this.queue.expect(accountId);
  }

  pending(): number[] {
    return [...this.queue.pending()];
  }

  /** Every price by up to a share, up or down. */
  walk(most: number): void {
    for (let place = 0; place < PRICES; place += 1) {
      const factor = 1 + (this.random.below(1000) / 1000) * most;
      (this.prices[place] as number) *= this.random.chance(50) ? factor : 1 / factor;
    }
    this.move();
  }

  move(): void {
    this.queue.move(this.prices, PRICES);
    this.#release();
  }

  #release(): void {
    for (const id of this.pending()) if (this.put.delete(id)) this.released += 1;
  }

  putBack(radius: () => number): void {
    for (const id of this.pending()) {
      const chosen = radius();
      if (this.queue.put(id, chosen)) this.put.set(id, { prices: this.prices.slice(), radius: chosen });
    }
    this.#release();
  }

  /** Whoever is not pending is within its radius. */
  expectSound(): void {
    for (const [id, { prices, radius }] of this.put) {
      const distance = distanceBetween(this.prices, prices);
      if (!(distance < 1 + radius)) expect({ id, radius }).toEqual({ id, radius: distance - 1 });
    }
    expect(this.pending().length + this.put.size).toBe(ACCOUNTS);
  }
}

describe('the queue by radii', () => {
  it('gives back every account before a price has moved by its radius', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(0.0002, 0.003, 0.05), (seed, most) => {
        const watched = new Watched(new Random(seed));
        const { random, queue } = watched;
        for (let step = 0; step < 150; step += 1) {
          watched.walk(random.chance(5) ? most * 20 : most);
          watched.expectSound();
          watched.putBack(() => random.pick([0.00001, 0.001, 0.02, 0.5]) * (1 + random.below(1000) / 500));
          watched.expectSound();
          for (const id of [random.between(1, ACCOUNTS), random.between(1, ACCOUNTS)]) {
            if (watched.put.delete(id)) queue.expect(id);
          }
        }
        expect(watched.released).toBeGreaterThan(0);
      }),
    );
  });

  it('keeps an account until a price has moved by nine tenths of its radius', () => {
    const watched = new Watched(new Random(1));
    watched.move();
    watched.putBack(() => 0.1);
    for (let step = 0; step < 88; step += 1) {
      (watched.prices[0] as number) *= 1.001;
      watched.move();
    }
    expect(watched.released).toBe(0);
  });

  it('gives nothing back in a market that swings around a level, however long', () => {
    const watched = new Watched(new Random(1));
    watched.move();
    watched.putBack(() => 0.03);
    for (let step = 0; step < 2000; step += 1) {
      const tide = ((step % 20) - 10) / 1000;
      watched.prices.fill(1 + tide);
      watched.queue.expect(1 + (step % 4));
      watched.put.delete(1 + (step % 4));
      watched.move();
      watched.putBack(() => 0.03);
    }
    expect(watched.released).toBe(0);
  });

  it('measures a price anew when it was unknown', () => {
    const watched = new Watched(new Random(1));
    watched.prices[2] = 0;
    watched.move();
    watched.putBack(() => 0.03);
    watched.prices[2] = 7;
    watched.queue.restartPrice(2, 7);
    watched.move();
    expect(watched.released).toBe(0);
    watched.prices[2] = 7.3;
    watched.move();
    expect(watched.released).toBe(ACCOUNTS);
  });

  it('measures a price that joins the others from where it was then', () => {
    const queue = new RadiusQueue();
    queue.expect(1);
    queue.move(Float64Array.of(5), 1);
    expect(queue.put(1, 0.1)).toBe(true);
    queue.move(Float64Array.of(5.3, 3), 2);
    expect([...queue.pending()]).toEqual([]);
    queue.move(Float64Array.of(5.3, 3.2), 2);
    expect([...queue.pending()]).toEqual([]);
    queue.move(Float64Array.of(5.6, 3), 2);
    expect([...queue.pending()]).toEqual([1]);
  });
});
