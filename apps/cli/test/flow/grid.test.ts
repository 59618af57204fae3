import { describe, expect, test } from 'vitest';
import { GridFinder } from '../../src/flow/grid.js';
import { recordedUnits } from '../../src/flow/recorded-units.js';

const see = (finder: GridFinder, price: string, size: string) =>
  finder.see(recordedUnits(price) as number, recordedUnits(size) as number);

describe('the grid of a recorded market', () => {
  test('is as fine as its prices and sizes, and no finer', () => {
    const finder = new GridFinder();
    see(finder, '585.33', '18');
    see(finder, '585.3', '200.5');
    const grid = finder.grid();
    expect(grid).toMatchObject({ tickScale: 2, stepScale: 1, maxTicks: 58_533, maxLots: 2_005 });
    expect(grid.ticks(recordedUnits('585.3') as number)).toBe(58_530);
    expect(grid.lots(recordedUnits('200.5') as number)).toBe(2_005);
  });

  test('rounds a rare finer size down and counts it', () => {
    const finder = new GridFinder();
    for (let count = 0; count < 2_000; count += 1) see(finder, '1', '0.5');
    see(finder, '1', '0.123');
    expect(finder.dust).toBe(1);
    expect(finder.grid().lots(recordedUnits('0.123') as number)).toBe(1);
  });

  test('limits an order to what the ledger can hold', () => {
    const finder = new GridFinder();
    see(finder, '200000.01', '600.00001');
    const grid = finder.grid();
    expect(grid.maxOrderLots * grid.maxTicks).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER);
  });
});

test.each(['-1', '1e3', '0.123456789', 'x', ''])('%j is no recorded figure', (text) => {
  expect(recordedUnits(text)).toBeUndefined();
});
