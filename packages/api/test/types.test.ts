import { describe, expectTypeOf, it } from 'vitest';
import type { OrderType, RequestOf, ResponseOf } from '../src/index.js';

describe('the types of the contract', () => {
  it('follow the table: body, query, nothing', () => {
    expectTypeOf<RequestOf<'cancelOrder'>>().toEqualTypeOf<{ symbol: string; orderId?: string; clientId?: number }>();
    expectTypeOf<RequestOf<'ticker'>>().toEqualTypeOf<{ symbol: string; interval?: '1d' | '1w' }>();
    expectTypeOf<RequestOf<'balances'>>().toEqualTypeOf<undefined>();
    expectTypeOf<ResponseOf<'placeOrder'>>().toEqualTypeOf<OrderType>();
    expectTypeOf<ResponseOf<'updateAccount'>>().toEqualTypeOf<undefined>();
    expectTypeOf<ResponseOf<'balances'>[string]>().toEqualTypeOf<{ available: string; locked: string; staked: string }>();
  });

  it('tell limit from market orders by `orderType`', () => {
    type Limit = Extract<OrderType, { orderType: 'Limit' }>;
    expectTypeOf<Limit['price']>().toEqualTypeOf<string>();
    expectTypeOf<Limit['clientId']>().toEqualTypeOf<number | null>();
    expectTypeOf<Extract<OrderType, { orderType: 'Market' }>['quoteQuantity']>().toEqualTypeOf<string | null>();
  });
});
