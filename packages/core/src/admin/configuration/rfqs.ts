import type { RfqTerms } from '@glasshouse/protocol';
import type { ConfigurationReader } from './reader.js';

const DAY_MS = 86_400_000;
const MOST = 100_000;

const DEFAULT_RFQ: RfqTerms = {
  submissionMs: 60_000,
  expiryMs: 120_000,
  maxRequestsPerAccount: 10,
  maxQuotesPerAccount: 1000,
  maxQuotesPerRequest: 50,
};

/** Terms of a market in which one asks for quotes. */
export function readRfq(reader: ConfigurationReader): RfqTerms {
  const given = (field: keyof RfqTerms, most: number): number =>
    reader.has(field) ? reader.integer(field, 1, most) : DEFAULT_RFQ[field];
  const terms = {
    submissionMs: given('submissionMs', DAY_MS),
    expiryMs: given('expiryMs', DAY_MS),
    maxRequestsPerAccount: given('maxRequestsPerAccount', MOST),
    maxQuotesPerAccount: given('maxQuotesPerAccount', MOST),
    maxQuotesPerRequest: given('maxQuotesPerRequest', MOST),
  };
  if (terms.submissionMs > terms.expiryMs) reader.fail('submissionMs', 'longer than expiryMs');
  return terms;
}
