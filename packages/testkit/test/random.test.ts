import { describe, expect, test } from 'vitest';
import { Random } from '../src/index.js';

describe('random numbers', () => {
  test('stay in their bounds and reach both', () => {
    const random = new Random(1);
    const drawn = new Set(Array.from({ length: 1000 }, () => random.between(-2, 3)));
    expect([...drawn].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2, 3]);
  });

  test('cannot be picked from nothing', () => {
    expect(() => new Random(1).pick([])).toThrow(RangeError);
  });
});
