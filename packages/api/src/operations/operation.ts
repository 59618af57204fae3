// The shape of one row of the contract.
import type { TObject, TSchema } from 'typebox';
import type { ErrorName } from '../errors.js';
import type { Permission } from '../schemas/index.js';

/**
 * public: nobody signs. signed: the caller signs. internal: open to anyone where the venue allows it (sandbox), and signed
 * by one of the venue's own service keys on the way into the log.
 */
export type Auth = 'public' | 'signed' | 'internal';
/** A command changes state and is journaled; a query reads. */
export type OperationKind = 'query' | 'command';
export type RateClass = 'standard' | 'historical';
export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

export type Operation = {
  readonly method: Method;
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly kind: OperationKind;
  readonly auth: Auth;
  /** The name in the signed text; null where nothing is signed. */
  readonly instruction: string | null;
  /** What an account's key must be allowed; null when no account's key signs. */
  readonly permission: Permission | null;
  readonly rateClass: RateClass;
  readonly query: TObject | null;
  readonly body: TSchema | null;
  /** null: an empty body. */
  readonly response: TSchema | null;
  readonly contentType: 'json' | 'text' | 'none';
  /** Answers 204 without a body when there is nothing to report. */
  readonly mayBeEmpty: boolean;
  /** Answers with X-Page-Count, X-Current-Page, X-Page-Size and X-Total. */
  readonly paged: boolean;
  /** What it may answer beside the errors that any operation of its kind may give. */
  readonly errors: readonly ErrorName[];
};

/** Of what may take a two-factor code. */
export const SECOND_FACTOR_ERRORS: readonly ErrorName[] = [
  'twoFactorMissing',
  'twoFactorWrong',
  'twoFactorLocked',
  'twoFactorReused',
  'twoFactorStale',
];

type Given<Query, Body, Response> = {
  readonly method: Method;
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly query?: Query;
  readonly body?: Body;
  readonly response: Response;
  readonly text?: boolean;
  readonly mayBeEmpty?: boolean;
  readonly paged?: boolean;
  readonly rateClass?: RateClass;
  readonly errors?: readonly ErrorName[];
};

type Rest<Query, Body, Response> = {
  readonly query: Query extends TObject ? Query : null;
  readonly body: Body extends TSchema ? Body : null;
  readonly response: Response;
};

function completed<Query, Body, Response extends TSchema | null>(given: Given<Query, Body, Response>) {
  const contentType: Operation['contentType'] =
    given.response === null ? 'none' : given.text === true ? 'text' : 'json';
  const rest = { query: given.query ?? null, body: given.body ?? null, response: given.response };
  return {
    method: given.method,
    path: given.path,
    tag: given.tag,
    summary: given.summary,
    rateClass: given.rateClass ?? ('standard' as RateClass),
    contentType,
    mayBeEmpty: given.mayBeEmpty ?? false,
    paged: given.paged ?? false,
    errors: given.errors ?? [],
    ...(rest as unknown as Rest<Query, Body, Response>),
  };
}

export function publicQuery<Response extends TSchema | null, Query extends TObject | undefined = undefined>(
  given: Given<Query, undefined, Response>,
) {
  return {
    ...completed(given),
    kind: 'query' as const,
    auth: 'public' as const,
    instruction: null,
    permission: null,
  };
}

export function signedQuery<Response extends TSchema | null, Query extends TObject | undefined = undefined>(
  instruction: string,
  given: Given<Query, undefined, Response>,
) {
  return {
    ...completed(given),
    kind: 'query' as const,
    auth: 'signed' as const,
    instruction,
    permission: 'read' as const,
  };
}

export function signedCommand<Response extends TSchema | null, Body extends TSchema>(
  instruction: string,
  permission: Permission | null,
  given: Given<undefined, Body, Response>,
) {
  return { ...completed(given), kind: 'command' as const, auth: 'signed' as const, instruction, permission };
}

export function internalCommand<Response extends TSchema | null, Body extends TSchema>(
  instruction: string,
  given: Given<undefined, Body, Response>,
) {
  return { ...completed(given), kind: 'command' as const, auth: 'internal' as const, instruction, permission: null };
}
