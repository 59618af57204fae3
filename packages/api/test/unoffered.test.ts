// Schemas of what this exchange never has: nothing that it answers could show that they are right, so examples must.
import { describe, expect, it } from 'vitest';
import { type OperationName, operationOf, problemWith } from '../src/index.js';

const TAG = { slug: 'crypto', title: 'Crypto' };
const MARKET = {
  marketSymbol: 'BTCABOVE100K_USDC_PREDICTION',
  question: 'Above 100,000 on the last day of the year?',
  groupLabel: null,
  yesOutcomeLabel: 'Yes',
  noOutcomeLabel: 'No',
  rules: 'By the index at midnight.',
  resolvedAt: null,
  resolutionPrice: null,
  activePrice: '0.41',
  quoteVolume: '1200.5',
  quoteVolumeLifetime: '98000',
  imgUrl: null,
  resolutionCondition: { type: 'StrikePrice', condition: 'above' },
  proposedResolution: null,
  proposedResolutionAt: null,
  resolutionDelaySecs: 3600,
};
const RESOLUTION = {
  resolved: false,
  startDate: '2026-11-23T04:27:00',
  endDate: '2026-12-31T00:00:00',
  strikePrice: '100000',
  closePrice: null,
  resolutionSourceEventIdentifier: null,
  resolutionSource: 'binance',
  outcome: null,
};
const EVENT = {
  slug: 'btc-100k',
  title: 'Bitcoin above 100,000',
  predictionMarkets: [MARKET],
  tags: [TAG],
  series: [{ slug: 'btc', title: 'Bitcoin', recurrence: 'daily' }],
  description: 'Where bitcoin ends the year.',
  imgUrl: null,
  quoteVolume: '1200.5',
  resolution: RESOLUTION,
  resolved: false,
  resolutionDelaySecs: 3600,
};
const SESSION = {
  name: 'regular',
  description: null,
  startTime: '09:30:00',
  endTime: '16:00:00',
  timezone: 'America/New_York',
  startWeekday: 1,
  endWeekday: 5,
};
const SECURITY = {
  asset: 'AAPL',
  name: 'Apple Inc.',
  cusip: '037833100',
  sessions: [{ name: 'regular', minQuantity: '0.01', maxQuantity: null, stepSize: '0.01' }],
};

const EXAMPLES = [
  ['predictionEvents', EVENT],
  ['predictionTags', TAG],
  ['marketSessions', SESSION],
  ['securities', SECURITY],
] as const satisfies readonly (readonly [OperationName, object])[];

const problem = (name: OperationName, rows: readonly unknown[]) => problemWith(operationOf(name).response ?? {}, rows);
const withMarket = (change: object) => ({ ...EVENT, predictionMarkets: [{ ...MARKET, ...change }] });

describe.each(EXAMPLES)('a row of %s', (name, row) => {
  it('fits as the reference describes it, and so does none', () => {
    expect(problem(name, [row])).toBeUndefined();
    expect(problem(name, [])).toBeUndefined();
  });

  it('fits with no field less and none more', () => {
    for (const field of Object.keys(row)) {
      const rest = Object.fromEntries(Object.entries(row).filter(([one]) => one !== field));
      expect(problem(name, [rest])).toContain(field);
    }
    expect(problem(name, [{ ...row, more: 1 }])).toBeDefined();
  });
});

describe('a prediction event', () => {
  it.each([
    { type: 'QuantityRange', greaterThanOrEqual: '5', lessThan: null },
    { type: 'Outcome', outcome: 'France' },
    null,
  ])('may be resolved by %o', (resolutionCondition) => {
    expect(problem('predictionEvents', [withMarket({ resolutionCondition })])).toBeUndefined();
  });

  it.each([
    { resolutionCondition: { type: 'StrikePrice', outcome: 'France' } },
    { resolutionCondition: { type: 'Coin' } },
    { activePrice: 0.41 },
    { resolvedAt: '2026-11-23' },
  ])('does not fit with a market of %o', (change) => {
    expect(problem('predictionEvents', [withMarket(change)])).toBeDefined();
  });
});

it('a session begins at a time of day', () => {
  expect(problem('marketSessions', [{ ...SESSION, startTime: '9:30' }])).toContain('startTime');
});
