// Everything that can go wrong on the way to a handler, and in it, as the API's error body.

import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ErrorName } from '@glasshouse/api';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { HistoryAway } from '../history-port.js';
import { Overloaded } from '../ports.js';
import { Problem } from '../problem.js';
import { sendProblem } from './send.js';

const BY_FASTIFY_CODE: Readonly<Record<string, ErrorName>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'bodyTooLarge',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'contentTypeUnsupported',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'bodyMalformed',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'bodyMalformed',
  FST_ERR_BAD_URL: 'routeUnknown',
};

/** A database that starts again takes about so long. */
const HISTORY_RETRY_SECONDS = 2;

const isCallersFault = (status: number | undefined): boolean => status !== undefined && status >= 400 && status < 500;

export function problemOf(error: FastifyError | Error): Problem | undefined {
  if (error instanceof Problem) return error;
  if (error instanceof Overloaded) return new Problem('overloaded');
  if (error instanceof HistoryAway) return new Problem('historyAway', { retryAfterSeconds: HISTORY_RETRY_SECONDS });
  const { code, statusCode } = error as Partial<FastifyError>;
  const name = BY_FASTIFY_CODE[code ?? ''];
  if (name !== undefined) return new Problem(name);
  return isCallersFault(statusCode) ? new Problem('bodyMalformed') : undefined;
}

function answerError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): void {
  const known = problemOf(error);
  if (known === undefined) request.log.error({ err: error }, 'a request failed by our fault');
  sendProblem(reply, known ?? new Problem('serverError'));
}

/** Which methods a path has; undefined for an unknown path. */
export type MethodsOf = (path: string) => readonly string[] | undefined;

function pathOf(request: FastifyRequest): string {
  return (request.raw.url ?? '').split('?')[0] ?? '';
}

export function addErrorHandlers(app: FastifyInstance, methodsOf: MethodsOf): void {
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) => {
    const methods = methodsOf(pathOf(request));
    if (methods === undefined) return sendProblem(reply, new Problem('routeUnknown'));
    reply.header('allow', methods.join(', '));
    return sendProblem(reply, new Problem('methodNotAllowed'));
  });
}

const STATUS_BY_PARSER_CODE: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Bytes that are no HTTP request never reach a handler; the connection ends with the reason. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = STATUS_BY_PARSER_CODE[error.code ?? ''] ?? 400;
  const body = JSON.stringify({ code: 'INVALID_CLIENT_REQUEST', message: STATUS_CODES[status] });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
