// The contract in one table. Later parts of the venue add rows; nothing else in the API is listed twice.
import type { Static, TSchema } from 'typebox';
import { ACCOUNT_OPERATIONS } from './account.js';
import { GLASS_OPERATIONS } from './glass.js';
import { LENDING_OPERATIONS } from './lending.js';
import { LIQUIDATION_OPERATIONS } from './liquidation.js';
import { MARGIN_OPERATIONS } from './margin.js';
import type { Operation } from './operation.js';
import { ORDER_OPERATIONS } from './order.js';
import { PERPETUAL_OPERATIONS } from './perpetual.js';
import { PUBLIC_OPERATIONS } from './public.js';
import { RFQ_OPERATIONS } from './rfq.js';
import { STRATEGY_OPERATIONS } from './strategy.js';
import { UNOFFERED_OPERATIONS } from './unoffered.js';
import { VAULT_OPERATIONS } from './vault.js';
import { WITHDRAWAL_GUARD_OPERATIONS } from './withdrawal-guards.js';

export const OPERATIONS = {
  ...PUBLIC_OPERATIONS,
  ...UNOFFERED_OPERATIONS,
  ...ORDER_OPERATIONS,
  ...ACCOUNT_OPERATIONS,
  ...MARGIN_OPERATIONS,
  ...PERPETUAL_OPERATIONS,
  ...LENDING_OPERATIONS,
  ...LIQUIDATION_OPERATIONS,
  ...RFQ_OPERATIONS,
  ...GLASS_OPERATIONS,
  ...STRATEGY_OPERATIONS,
  ...WITHDRAWAL_GUARD_OPERATIONS,
  ...VAULT_OPERATIONS,
} satisfies Record<string, Operation>;

export type OperationName = keyof typeof OPERATIONS;
type Row<Name extends OperationName> = (typeof OPERATIONS)[Name];

type StaticOr<Schema, Otherwise> = Schema extends TSchema ? Static<Schema> : Otherwise;

/** What a caller passes: the query of a GET, the body of everything else. */
export type RequestOf<Name extends OperationName> = Row<Name>['body'] extends TSchema
  ? StaticOr<Row<Name>['body'], never>
  : StaticOr<Row<Name>['query'], undefined>;

/** What the caller gets: undefined where the answer has no body. */
export type ResponseOf<Name extends OperationName> = StaticOr<Row<Name>['response'], undefined>;

export const OPERATION_NAMES = Object.keys(OPERATIONS) as readonly OperationName[];

export function operationOf(name: OperationName): Operation {
  return OPERATIONS[name];
}

export type { Auth, Method, Operation, OperationKind, RateClass } from './operation.js';
