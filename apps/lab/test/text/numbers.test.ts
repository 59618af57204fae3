import { describe, expect, test } from 'vitest';
import { count, decimal, dollars, percent } from '../../src/text/numbers.js';
import { tableText } from '../../src/text/table.js';

describe('numbers as text', () => {
  test.each([
    [count(1234567), '1,234,567'],
    [count(999), '999'],
    [count(0.2), '0'],
    [decimal(1234.5678, 2), '1,234.57'],
    [decimal(-0.001, 2), '0.00'],
    [decimal(-1234.5, 1), '−1,234.5'],
    [dollars(2103111430.86, 2), '$2,103,111,430.86'],
    [dollars(-0.2), '$0'],
    [dollars(-1500), '−$1,500'],
    [percent(0.3744), '37.4 %'],
  ])('%s', (text, expected) => {
    expect(text).toBe(expected);
  });
});

test('a table lines its figures up', () => {
  const table = {
    title: 'T',
    columns: ['name', 'a'],
    rows: [
      ['one', '1'],
      ['three', '1,000'],
    ],
  };
  expect(tableText(table).split('\n')).toEqual([
    'T',
    '',
    'name       a',
    '─────  ─────',
    'one        1',
    'three  1,000',
  ]);
});
