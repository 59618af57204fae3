// Which handlers the table of operations asks for, by kind and by who signs.
import type { OPERATIONS, OperationName, RequestOf, ResponseOf } from '@glasshouse/api';
import type { KeyView } from '@glasshouse/protocol';
import type { Answer } from '../page-port.js';
import type { Committed } from '../ports.js';

type Matching<Shape> = {
  [Name in OperationName]: (typeof OPERATIONS)[Name] extends Shape ? Name : never;
}[OperationName];

export type PublicQueryName = Matching<{ readonly kind: 'query'; readonly auth: 'public' }>;
export type SignedQueryName = Matching<{ readonly kind: 'query'; readonly auth: 'signed' }>;
export type SignedCommandName = Matching<{ readonly kind: 'command'; readonly auth: 'signed' }>;
export type InternalCommandName = Matching<{ readonly auth: 'internal' }>;

/** A page of a longer list: its numbers go into the headers. */
export class Paged<Row> {
  constructor(
    readonly rows: readonly Row[],
    readonly total: number,
    readonly paging: { readonly limit: number; readonly offset: number },
  ) {}
}

type Rows<Response> = Response extends readonly (infer Row)[] ? Paged<Row> : never;
/** Undefined is 204 where the operation may be empty. */
type QueryAnswer<Name extends OperationName> = ResponseOf<Name> | Rows<ResponseOf<Name>> | undefined;

export type PublicQueries = {
  readonly [Name in PublicQueryName]: (values: RequestOf<Name>) => Answer<QueryAnswer<Name>>;
};
export type SignedQueries = {
  readonly [Name in SignedQueryName]: (values: RequestOf<Name>, caller: KeyView) => Answer<QueryAnswer<Name>>;
};

/** A command that was applied without being rejected as a whole. */
export type Applied = {
  readonly committed: Committed;
  readonly caller: KeyView;
  /** Elements of the body: 1 unless it is a batch. */
  readonly elements: number;
  readonly body: unknown;
};
export type CommandAnswers = {
  readonly [Name in SignedCommandName]: (applied: Applied) => Answer<ResponseOf<Name>>;
};
export type InternalCommands = {
  readonly [Name in InternalCommandName]: (body: RequestOf<Name>) => Promise<ResponseOf<Name>>;
};
