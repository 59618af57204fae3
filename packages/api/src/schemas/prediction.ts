// Prediction events as the reference venue publishes them. This exchange has none, so that nothing here is ever filled in.
import { Type } from 'typebox';
import { Decimal, Int32, NaiveDateTime, nullable, responseObject } from './primitive.js';

const SeriesRecurrence = Type.Enum(
  ['minutely', 'fiveMinutely', 'fifteenMinutely', 'hourly', 'daily', 'weekly', 'monthly'] as const,
  { title: 'SeriesRecurrence' },
);
const StrikePriceCondition = Type.Enum(['above', 'below'] as const, { title: 'StrikePriceCondition' });
const ResolutionSource = Type.Enum(['binance'] as const, { title: 'ResolutionSource' });

const ResolutionCondition = Type.Union(
  [
    responseObject('QuantityRangeResolutionCondition', {
      type: Type.Literal('QuantityRange'),
      greaterThanOrEqual: nullable(Decimal),
      lessThan: nullable(Decimal),
    }),
    responseObject('StrikePriceResolutionCondition', {
      type: Type.Literal('StrikePrice'),
      condition: StrikePriceCondition,
    }),
    responseObject('OutcomeResolutionCondition', { type: Type.Literal('Outcome'), outcome: Type.String() }),
  ],
  { title: 'ResolutionCondition' },
);

const PredictionMarket = responseObject('PredictionMarket', {
  marketSymbol: Type.String(),
  question: Type.String(),
  groupLabel: nullable(Type.String()),
  yesOutcomeLabel: Type.String(),
  noOutcomeLabel: Type.String(),
  rules: Type.String(),
  resolvedAt: nullable(NaiveDateTime),
  resolutionPrice: nullable(Decimal),
  activePrice: Decimal,
  quoteVolume: Decimal,
  quoteVolumeLifetime: Decimal,
  imgUrl: nullable(Type.String()),
  resolutionCondition: nullable(ResolutionCondition),
  proposedResolution: nullable(Type.Boolean()),
  proposedResolutionAt: nullable(NaiveDateTime),
  resolutionDelaySecs: Int32,
});

export const PredictionTag = responseObject('Tag', { slug: Type.String(), title: Type.String() });

const Series = responseObject('Series', {
  slug: Type.String(),
  title: Type.String(),
  recurrence: nullable(SeriesRecurrence),
});

const Resolution = responseObject('Resolution', {
  resolved: Type.Boolean(),
  startDate: NaiveDateTime,
  endDate: nullable(NaiveDateTime),
  strikePrice: nullable(Decimal),
  closePrice: nullable(Decimal),
  resolutionSourceEventIdentifier: nullable(Type.String()),
  resolutionSource: nullable(ResolutionSource),
  outcome: nullable(Type.String()),
});

export const PredictionEvent = responseObject('Event', {
  slug: Type.String(),
  title: Type.String(),
  predictionMarkets: Type.Array(PredictionMarket),
  tags: Type.Array(PredictionTag),
  series: Type.Array(Series),
  description: Type.String(),
  imgUrl: nullable(Type.String()),
  quoteVolume: Decimal,
  resolution: Resolution,
  resolved: Type.Boolean(),
  resolutionDelaySecs: Int32,
});
