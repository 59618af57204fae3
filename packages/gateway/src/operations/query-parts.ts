// What queries are answered from.
import type { Parameters } from '@glasshouse/api';
import type { Catalogue } from '../exchange/catalogue.js';
import type { DeleverageQueues } from '../exchange/deleverage-queues.js';
import type { HistoryPort } from '../history-port.js';
import type { ExchangePort, LogProof } from '../ports.js';

export type SignedQueryParts = {
  readonly port: ExchangePort;
  readonly history: HistoryPort;
  readonly catalogue: Catalogue;
  readonly queues: DeleverageQueues;
};

export type PublishedLimits = Pick<Parameters, 'limits' | 'streams'>;

export type PublicQueryParts = SignedQueryParts & {
  readonly limits: PublishedLimits;
  readonly logProof: () => LogProof;
};
