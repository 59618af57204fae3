// A received HTTP request as checked values and as what was signed of it.
import {
  booleanParameters,
  MAX_BATCH_ORDERS,
  type Operation,
  type Parameter,
  problemWith,
  queryValues,
  readSignedBody,
  readSignedQuery,
  type SignedBody,
} from '@glasshouse/api';
import type { FastifyRequest } from 'fastify';
import type { Credentials } from '../auth/authenticator.js';
import { Problem } from '../problem.js';

export type Input = {
  readonly values: unknown;
  /** One list of parameters for each element of a batch; a single list otherwise. */
  readonly batch: readonly (readonly Parameter[])[];
  readonly isBatch: boolean;
};

function queryText(request: FastifyRequest): string {
  const url = request.raw.url ?? '';
  const mark = url.indexOf('?');
  return mark < 0 ? '' : url.slice(mark + 1);
}

type QuerySchema = Operation['query'];

const booleans = new WeakMap<NonNullable<QuerySchema>, ReadonlySet<string>>();

function booleansOf(schema: QuerySchema): ReadonlySet<string> | undefined {
  if (schema === null) return undefined;
  const known = booleans.get(schema);
  if (known !== undefined) return known;
  const names = booleanParameters(schema);
  booleans.set(schema, names);
  return names;
}

function invalid(problem: string): Problem {
  return new Problem('parameterInvalid', { message: problem });
}

export function readQuery(request: FastifyRequest, schema: QuerySchema): Input {
  const query = readSignedQuery(queryText(request), booleansOf(schema));
  if (query.kind === 'malformed') throw invalid(query.problem);
  const { parameters } = query;
  if (schema === null) return { values: undefined, batch: [parameters], isBatch: false };
  const values = queryValues(schema, parameters);
  const problem = problemWith(schema, values);
  if (problem !== undefined) throw invalid(problem);
  return { values, batch: [parameters], isBatch: false };
}

/** Some clients send the absent as null, and sign it as absent. */
function withoutNulls(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  for (const member of Object.values(value)) {
    if (member === null) return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null));
  }
  return value;
}

function valuesOf(body: Exclude<SignedBody, { kind: 'malformed' }>): unknown {
  return body.kind === 'object' ? withoutNulls(body.value) : body.value.map(withoutNulls);
}

export function readBody(request: FastifyRequest, operation: Operation): Input {
  const text = typeof request.body === 'string' ? request.body : '';
  const body = readSignedBody(text);
  if (body.kind === 'malformed') {
    throw new Problem('bodyMalformed', { message: `parse request payload error: ${body.problem}` });
  }
  const isBatch = body.kind === 'batch';
  if (isBatch && body.value.length > MAX_BATCH_ORDERS) {
    throw new Problem('batchTooLarge', { details: { orders: body.value.length, maximum: MAX_BATCH_ORDERS } });
  }
  const values = valuesOf(body);
  const problem = operation.body === null ? undefined : problemWith(operation.body, values);
  if (problem !== undefined) throw invalid(problem);
  return { values, batch: isBatch ? body.parameters : [body.parameters], isBatch };
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(',') : header;
}

export function credentialsOf(request: FastifyRequest): Credentials {
  const { headers } = request;
  return {
    publicKey: single(headers['x-api-key']),
    signature: single(headers['x-signature']),
    timestamp: single(headers['x-timestamp']),
    window: single(headers['x-window']),
    address: request.ip,
  };
}
