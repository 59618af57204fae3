// The answers of an operation: its result, and its errors grouped by HTTP status.
import { ERRORS, type ErrorName } from '../errors.js';
import type { Operation } from '../operations/index.js';
import { ApiErrorResponse } from '../schemas/index.js';
import type { Components, Json, JsonObject } from './components.js';

const SIGNED_ERRORS: readonly ErrorName[] = [
  'apiKeyMissing',
  'apiKeyMalformed',
  'keyUnknown',
  'keyRevoked',
  'signatureMissing',
  'signatureMalformed',
  'signatureWrong',
  'signatureForOtherInstruction',
  'timestampMissing',
  'timestampMalformed',
  'windowMalformed',
  'windowTooLong',
  'requestExpired',
  'requestFromFuture',
  'permissionMissing',
  'parameterUnsignable',
];
const COMMAND_ERRORS: readonly ErrorName[] = ['overloaded', 'maintenance', 'outcomeUnknown'];
const BODY_ERRORS: readonly ErrorName[] = ['bodyMalformed', 'bodyTooLarge', 'contentTypeUnsupported'];

/** They move no money and take nothing on, so that they are taken while the account is being liquidated too. */
const ALWAYS_TAKEN: readonly (string | null)[] = ['glassKeyAdd', 'glassKeyRevoke', 'glassSubaccountCreate'];

const PAGE_HEADERS: JsonObject = {
  'X-Page-Count': { description: 'Number of pages.', schema: { type: 'integer' } },
  'X-Current-Page': { description: 'This page, from 1.', schema: { type: 'integer' } },
  'X-Page-Size': { description: 'Rows of a page.', schema: { type: 'integer' } },
  'X-Total': { description: 'Rows of all pages.', schema: { type: 'integer' } },
};

/** Every error the operation can answer with, without repetitions. */
function errorsOf(operation: Operation): readonly ErrorName[] {
  const names: ErrorName[] = ['tooManyRequests', 'serverError'];
  if (operation.query !== null || operation.body !== null) names.push('parameterInvalid');
  if (operation.body !== null) names.push(...BODY_ERRORS);
  if (operation.auth === 'signed') names.push(...SIGNED_ERRORS);
  if (operation.auth === 'signed' && operation.kind === 'command')
    names.push('requestReplayed', 'idempotencyKeyReused');
  if (operation.kind === 'command' && operation.permission !== null && !ALWAYS_TAKEN.includes(operation.instruction)) {
    names.push('accountLiquidating');
  }
  if (operation.kind === 'command') names.push(...COMMAND_ERRORS);
  return [...new Set([...names, ...operation.errors])];
}

function errorResponse(names: readonly ErrorName[], components: Components): JsonObject {
  const lines = names.map((name) => `- \`${ERRORS[name].code}\` ${ERRORS[name].message}`);
  return {
    description: [...new Set(lines)].join('\n'),
    content: { 'application/json': { schema: components.refer(ApiErrorResponse) } },
  };
}

function success(operation: Operation, components: Components): JsonObject {
  if (operation.response === null) return { description: 'Done; the body is empty.' };
  const mediaType = operation.contentType === 'text' ? 'text/plain' : 'application/json';
  const content = { [mediaType]: { schema: components.refer(operation.response) } };
  return operation.paged ? { description: 'OK', headers: PAGE_HEADERS, content } : { description: 'OK', content };
}

export function responsesOf(operation: Operation, components: Components): JsonObject {
  const responses: Record<string, Json> = { '200': success(operation, components) };
  if (operation.mayBeEmpty) responses['204'] = { description: 'There is nothing to report.' };
  const byStatus = new Map<number, ErrorName[]>();
  for (const name of errorsOf(operation)) {
    const { status } = ERRORS[name];
    byStatus.set(status, [...(byStatus.get(status) ?? []), name]);
  }
  for (const [status, names] of byStatus) responses[String(status)] = errorResponse(names, components);
  return responses;
}
