// What the reference's clients may look up and this exchange does not offer: prediction markets, securities, their sessions.
// Nothing is a complete answer here, so clients that ask in passing go on.
import { Type } from 'typebox';
import { MarketSession, PredictionEvent, PredictionTag, Security } from '../schemas/index.js';
import { MarketSymbol, PAGE, query } from '../schemas/primitive.js';
import { publicQuery } from './operation.js';

const SLUG = Type.Optional(Type.String());

export const UNOFFERED_OPERATIONS = {
  marketSessions: publicQuery({
    method: 'GET',
    path: '/api/v1/market-sessions',
    tag: 'Markets',
    summary: 'Trading sessions of security markets: an empty list, because every market here trades around the clock.',
    response: Type.Array(MarketSession),
  }),
  predictionEvents: publicQuery({
    method: 'GET',
    path: '/api/v1/prediction',
    tag: 'Markets',
    summary: 'Prediction events: an empty list, because there are none here.',
    query: query({
      symbol: Type.Optional(MarketSymbol),
      tagSlug: SLUG,
      eventSlug: SLUG,
      seriesSlug: SLUG,
      resolved: Type.Optional(Type.Boolean()),
      ...PAGE,
    }),
    response: Type.Array(PredictionEvent),
    paged: true,
  }),
  predictionTags: publicQuery({
    method: 'GET',
    path: '/api/v1/prediction/tags',
    tag: 'Markets',
    summary: 'Tags of prediction events: an empty list, because there are none here.',
    response: Type.Array(PredictionTag),
  }),
  securities: publicQuery({
    method: 'GET',
    path: '/api/v1/securities',
    tag: 'Markets',
    summary: 'Tradable securities: an empty list, because there are none here.',
    response: Type.Array(Security),
  }),
};
