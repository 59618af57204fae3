// What clients of the reference look up and this exchange does not offer: lists that are empty whatever is asked for.
import { Paged, type PublicQueries } from './contract.js';
import { pagingOf } from './paging.js';

export const UNOFFERED_QUERIES = {
  marketSessions: () => [],
  predictionEvents: (values) => new Paged([], 0, pagingOf(values)),
  predictionTags: () => [],
  securities: () => [],
} satisfies Partial<PublicQueries>;
