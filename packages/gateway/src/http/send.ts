// Answers as bytes: JSON with explicit nulls, text, nothing, pages with their numbers in the headers, errors.
import type { Operation } from '@glasshouse/api';
import type { FastifyReply } from 'fastify';
import { Paged } from '../operations/contract.js';
import type { Problem } from '../problem.js';

const JSON_TYPE = 'application/json; charset=utf-8';
const TEXT_TYPE = 'text/plain; charset=utf-8';

export const PAGE_HEADERS = ['X-Page-Count', 'X-Current-Page', 'X-Page-Size', 'X-Total'] as const;

function writePageHeaders(reply: FastifyReply, { total, paging }: Paged<unknown>): void {
  const { limit, offset } = paging;
  reply.header('x-page-count', String(Math.max(1, Math.ceil(total / limit))));
  reply.header('x-current-page', String(Math.floor(offset / limit) + 1));
  reply.header('x-page-size', String(limit));
  reply.header('x-total', String(total));
}

function sendPaged(reply: FastifyReply, paged: Paged<unknown>): FastifyReply {
  writePageHeaders(reply, paged);
  reply.header('cache-control', 'no-store');
  return reply.header('content-type', JSON_TYPE).send(JSON.stringify(paged.rows));
}

/** What is for one caller is for no cache. */
export function sendAnswer(reply: FastifyReply, operation: Operation, answer: unknown): FastifyReply {
  if (operation.auth === 'signed') reply.header('cache-control', 'no-store');
  if (answer instanceof Paged) return sendPaged(reply, answer);
  if (operation.contentType === 'none') return reply.send('');
  if (answer === undefined) return reply.code(204).send();
  if (operation.contentType === 'text') return reply.header('content-type', TEXT_TYPE).send(String(answer));
  return reply.header('content-type', JSON_TYPE).send(JSON.stringify(answer));
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const { retryAfterSeconds } = problem.options;
  if (problem.status >= 500) reply.header('x-request-id', reply.request.id);
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
  return reply.code(problem.status).header('content-type', JSON_TYPE).send(JSON.stringify(problem.body()));
}
