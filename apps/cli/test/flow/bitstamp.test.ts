import { describe, expect, test } from 'vitest';
import { parseBitstampEvent } from '../../src/flow/bitstamp/events.js';
import { runBitstamp } from '../../src/flow/bitstamp/flow.js';
import { printsInCommon } from '../../src/flow/bitstamp/trade-comparison.js';
import { noProgress } from '../../src/terminal/progress.js';
import { haveRecordings, recording } from './recordings.js';

describe("a line of Bitstamp's capture", () => {
  test('is an order with what remains of it', () => {
    const line =
      '1430438404635 order_changed {"price": "236.47", "amount": "1.78855669", "datetime": "1430438404", "id": 65595247, "order_type": 0}';
    expect(parseBitstampEvent(line)).toEqual({
      kind: 'order_changed',
      timeMs: 1_430_438_404_635,
      orderId: 65_595_247,
      side: 0,
      priceUnits: 23_647_000_000,
      sizeUnits: 178_855_669,
    });
  });

  test('is a trade whose figures went through floating point', () => {
    const line = '1430438421672 trade {"price": 236.63, "amount": 8.8351857299999992, "id": 8111043}';
    expect(parseBitstampEvent(line)).toMatchObject({ priceUnits: 23_663_000_000, sizeUnits: 883_518_573 });
  });

  test('is a book image, best levels first', () => {
    const line = '1 order_book {"bids": [["236.47", "1.5"], ["236.20", "0.1"]], "asks": [["236.64", "3.7952"]]}';
    expect(parseBitstampEvent(line)).toMatchObject({ bids: [{ priceUnits: 23_647_000_000 }, {}], asks: [{}] });
  });

  test('is passed over when this flow has no use for its kind', () => {
    expect(parseBitstampEvent('1 heartbeat {}')).toBeUndefined();
  });

  test.each([
    'order_created {}',
    '1 order_created {"price": "x", "amount": "1", "id": 1, "order_type": 0}',
    '1 order_created {"price": "1", "amount": "1", "id": 1, "order_type": 2}',
    '1 order_book {"bids": {}, "asks": []}',
  ])('is refused when it is %s', (line) => {
    expect(() => parseBitstampEvent(line)).toThrow(TypeError);
  });
});

test('each recorded print is matched once', () => {
  const print = { ticks: 5, lots: 7 };
  expect(printsInCommon([print, print], [print])).toBe(1);
  expect(printsInCommon([{ ticks: 5, lots: 8 }], [print])).toBe(0);
});

describe.skipIf(!haveRecordings)("Bitstamp's orders of 1 May 2015", () => {
  const file = recording('bitstamp_btcusd_l3_2015-05-01.log.gz');
  const run = (seed: boolean) => runBitstamp(file, { seed, progress: noProgress });
  const startsOf = (report: Awaited<ReturnType<typeof run>>) =>
    report.checks.slice(0, 4).map(({ detail }) => detail.split(' ')[0]);

  test('without the first image match the images at least as often as a plain rebuild', async () => {
    const report = await run(false);
    expect(report.checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(startsOf(report)).toEqual(['4960/5011', '5007/5011', '4826/4831', '4831/4831']);
  });

  test('with the first image loaded match more often, and our engine makes the trades that were made', async () => {
    const report = await run(true);
    expect(report.checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(startsOf(report)).toEqual(['4985/5011', '5008/5011', '4826/4831', '4831/4831']);
    expect(report.figures).toMatchObject({
      'recorded trades': 575,
      'trades of our engine': 566,
      'trades equal in price and size': 557,
    });
  });
});
