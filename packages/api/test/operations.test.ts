import { describe, expect, expectTypeOf, it } from 'vitest';
import { OPERATION_NAMES, type OrderType, operationOf, type RequestOf, type ResponseOf } from '../src/index.js';

const rows = OPERATION_NAMES.map((name) => [name, operationOf(name)] as const);

describe('the table of operations', () => {
  it('has one row per method and path', () => {
    const routes = rows.map(([, row]) => `${row.method} ${row.path}`);
    expect(new Set(routes).size).toBe(routes.length);
  });

  it('lives under three prefixes', () => {
    for (const [, row] of rows) expect(row.path).toMatch(/^\/(api|wapi|glass)\/v1\//);
  });

  it.each(rows)('%s names what is signed exactly when something is', (_, row) => {
    expect(row.instruction === null).toBe(row.auth === 'public');
    if (row.path.startsWith('/glass/') && row.instruction !== null) expect(row.instruction).toMatch(/^glass[A-Z]/);
  });

  it.each(rows)('%s reads through its query or changes through its body', (_, row) => {
    if (row.kind === 'query') expect([row.method, row.body]).toEqual(['GET', null]);
    else expect([row.method === 'GET', row.body === null, row.query]).toEqual([false, false, null]);
  });

  it('gives every signed purpose a name of its own, except the batch and the deposit by faucet', () => {
    const instructions = rows.flatMap(([, row]) => (row.instruction === null ? [] : [row.instruction]));
    const repeated = instructions.filter((name, index) => instructions.indexOf(name) !== index);
    expect(repeated.sort()).toEqual(['glassDepositCredit', 'orderExecute']);
  });

  it('types requests and answers after the schemas', () => {
    expectTypeOf<RequestOf<'cancelOrder'>>().toEqualTypeOf<{ symbol: string; orderId?: string; clientId?: number }>();
    expectTypeOf<RequestOf<'ticker'>>().toEqualTypeOf<{ symbol: string; interval?: '1d' | '1w' }>();
    expectTypeOf<RequestOf<'balances'>>().toEqualTypeOf<undefined>();
    expectTypeOf<ResponseOf<'placeOrder'>>().toEqualTypeOf<OrderType>();
    expectTypeOf<ResponseOf<'updateAccount'>>().toEqualTypeOf<undefined>();
    expectTypeOf<ResponseOf<'balances'>[string]>().toEqualTypeOf<{
      available: string;
      locked: string;
      staked: string;
    }>();
    type Limit = Extract<OrderType, { orderType: 'Limit' }>;
    expectTypeOf<Limit['price']>().toEqualTypeOf<string>();
    expectTypeOf<Limit['clientId']>().toEqualTypeOf<number | null>();
    expectTypeOf<Extract<OrderType, { orderType: 'Market' }>['quoteQuantity']>().toEqualTypeOf<string | null>();
    expect(operationOf('updateAccount').response).toBeNull();
  });
});
