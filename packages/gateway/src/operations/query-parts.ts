// What queries are answered from.
import type { Parameters } from '@glasshouse/api';
import type { Catalogue } from '../exchange/catalogue.js';
import type { DeleverageQueues } from '../exchange/deleverage-queues.js';
import type { HistoryPort } from '../history-port.js';
import type { ExchangePort, LogProof } from '../ports.js';
import type { SecondFactor } from '../second-factor/second-factor.js';

export type QueryParts = {
  readonly port: ExchangePort;
  readonly history: HistoryPort;
  readonly catalogue: Catalogue;
  readonly queues: DeleverageQueues;
};

export type SignedQueryParts = QueryParts & { readonly secondFactor: SecondFactor };

export type PublishedLimits = Pick<Parameters, 'limits' | 'streams'>;

export type PublicQueryParts = QueryParts & {
  readonly limits: PublishedLimits;
  readonly logProof: () => LogProof;
};
