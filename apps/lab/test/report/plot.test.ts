import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pageHtml } from '../../src/report/page.js';
import { roundScale, timeScale } from '../../src/report/scale.js';
import { plotSvg } from '../../src/report/svg.js';

describe('an axis', () => {
  test('holds every value between its ends, and marks a handful of places', () => {
    const value = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [least, most] = [Math.min(a, b), Math.max(a, b)];
        fc.pre(most - least > 1e-6);
        const { at, ticks } = roundScale(least, most, 0, 100);
        for (const inside of [least, most, (least + most) / 2]) {
          expect(at(inside)).toBeGreaterThanOrEqual(-1e-6);
          expect(at(inside)).toBeLessThanOrEqual(100 + 1e-6);
        }
        expect(ticks.length).toBeGreaterThan(1);
        expect(ticks.length).toBeLessThan(8);
      }),
    );
  });

  test('of time marks round times', () => {
    const begin = Date.parse('2025-10-10T20:40:00Z');
    const { ticks } = timeScale(begin, begin + 90 * 60_000, 0, 100);
    expect(ticks.map((tick) => new Date(tick).toISOString().slice(11, 16))).toEqual([
      '20:45',
      '21:00',
      '21:15',
      '21:30',
      '21:45',
      '22:00',
    ]);
  });
});

describe('a plot', () => {
  const plot = {
    title: 'a < b',
    unit: 'USD',
    timesMs: [0, 60_000, 120_000],
    series: [
      { name: 'one', values: [1, 2, 3] },
      { name: 'other', values: [3, 0, 1] },
    ],
  };

  test('of lines has a line for each series', () => {
    expect(plotSvg({ ...plot, kind: 'lines' }).match(/<polyline/g)).toHaveLength(2);
  });

  test('of stacks has a bar for each value that is there', () => {
    expect(plotSvg({ ...plot, kind: 'stacked' }).match(/<rect/g)).toHaveLength(5);
  });

  test('writes what would be markup as text', () => {
    const figure = plotSvg({ ...plot, kind: 'lines' });
    expect(figure).toContain('a &lt; b');
    const table = { title: '<script>', columns: ['<b>'], rows: [['"&"']] };
    const page = pageHtml({ title: 'T', lead: 'L', sections: [{ title: 'S', tables: [table] }] });
    expect(page).not.toContain('<script>');
    expect(page).toContain('&quot;&amp;&quot;');
  });

  test('a page asks nothing of the network', () => {
    expect(pageHtml({ title: 'T', lead: 'L', sections: [] })).not.toMatch(/https?:|src=|@import|url\(/);
  });
});
