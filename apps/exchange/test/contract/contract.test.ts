// Every operation of the reference venue's published document, called on a venue that has lived, each answer held against the
// schema that the document has for it: no field more, no field less, no other type.
import type { OperationName } from '@glasshouse/api';
import { OPERATION_NAMES, operationOf } from '@glasshouse/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LivedVenue } from './lived-venue.js';
import { FACTS, ReferenceSchemas } from './reference-schemas.js';

if (FACTS === undefined) console.warn('skipped: no document of the reference venue at hand');

type Params = Readonly<Record<string, unknown>>;
type Asked = { readonly by?: 'maker' | 'manager'; readonly params?: Params; readonly mayBeEmpty?: true };

const SPOT = 'SOL_USDC';
const PERP = 'BTC_USDC_PERP';
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');
const order = (clientId: number) => ({
  symbol: SPOT,
  side: 'Bid',
  orderType: 'Limit',
  price: '130',
  quantity: '1',
  clientId,
});
const strategy = (clientStrategyId: number) => ({
  ...{ symbol: SPOT, side: 'Bid', strategyType: 'Scheduled', quantity: '4', clientStrategyId },
  ...{ duration: 60_000, interval: 10_000 },
});

/** What is asked, in this order; what needs an id of something else is asked further down. */
const QUESTIONS: Partial<Record<OperationName, Asked>> = {
  maxBorrowQuantity: { params: { symbol: 'USDT' } },
  maxOrderQuantity: { params: { symbol: SPOT, side: 'Bid', price: '140' } },
  maxWithdrawalQuantity: { params: { symbol: 'USDC' } },
  borrowLendMarketHistory: { params: { interval: '1d', symbol: 'USDT' } },
  borrowLendLiquidationPrice: {
    params: { borrow: base64({ symbol: 'USDT', quantity: '10', side: 'Borrow' }) },
  },
  depth: { params: { symbol: SPOT } },
  fundingRates: { params: { symbol: PERP } },
  klines: { params: { symbol: SPOT, interval: '1m', startTime: 0 } },
  market: { params: { symbol: PERP } },
  markPrices: { params: { symbol: PERP } },
  openInterest: { params: { symbol: PERP } },
  order: { params: { symbol: SPOT, clientId: 77 } },
  ticker: { params: { symbol: SPOT } },
  trades: { params: { symbol: SPOT } },
  tradesHistory: { params: { symbol: SPOT } },
  strategy: { params: { symbol: SPOT, clientStrategyId: 5 } },
  vaultNav: { by: 'manager' },
  vaultPendingRedeems: { params: { vaultId: 1 } },
  vaultHistory: { params: { interval: '1d' } },
  depositAddress: { params: { blockchain: 'Solana' } },
  marketSessions: { mayBeEmpty: true },
  wallets: { mayBeEmpty: true },
  predictionEvents: { mayBeEmpty: true },
  predictionTags: { mayBeEmpty: true },
  securities: { mayBeEmpty: true },
  rfqs: {},
  quoteHistory: { by: 'maker' },
  quoteFillHistory: { by: 'maker' },
  updateAccount: { params: { leverageLimit: '20' } },
  borrowLend: { params: { symbol: 'USDT', side: 'Borrow', quantity: '1' } },
  placeOrder: { params: order(301) },
  cancelOrder: { params: { symbol: SPOT, clientId: 301 } },
  createStrategy: { params: strategy(9) },
  cancelStrategy: { params: { symbol: SPOT, clientStrategyId: 9 } },
  cancelAllStrategies: { params: { symbol: SPOT } },
  submitRfq: { params: { symbol: 'SOL_USDC_RFQ', side: 'Bid', quantity: '2', clientId: 11 } },
  cancelRfq: { params: { clientId: 11 } },
  vaultMint: { params: { vaultId: 1, symbol: 'USDC', quantity: '20' } },
  vaultRedeemCancel: { params: { vaultId: 1 } },
  vaultRedeem: { params: { vaultId: 1, vaultTokenQuantity: '10' } },
  withdraw: { params: { symbol: 'USDC', quantity: '30', blockchain: 'Solana', address: 'elsewhere' } },
  createWithdrawalDelay: { params: { withdrawalDelayHours: 24, twoFactorToken: '' } },
  updateWithdrawalDelay: { params: { withdrawalDelayHours: 48, twoFactorToken: '' } },
};
/** Asked after those of the list above that change what they tell of. */
const LAST: readonly OperationName[] = ['withdrawalDelay', 'convertDust', 'dustHistory', 'cancelAllOrders'];
const BY_ID: readonly OperationName[] = ['placeOrders', 'submitQuote', 'refreshRfq', 'acceptQuote'];
const TEXTS: readonly OperationName[] = ['ping', 'time'];

describe.skipIf(FACTS === undefined)('the contract with clients of the reference venue', () => {
  const facts = FACTS ?? { endpoints: [], schemas: {} };
  const schemas = new ReferenceSchemas(facts);
  let lived: LivedVenue;
  const checked = new Set<string>();
  const faults: string[] = [];

  beforeAll(async () => {
    lived = await LivedVenue.begin();
    await lived.live();
  }, 90_000);
  afterAll(() => lived.stop());

  const endpointOf = (name: OperationName) => {
    const { method, path } = operationOf(name);
    return facts.endpoints.find((endpoint) => endpoint.method === method && endpoint.path === path);
  };

  async function ask(name: OperationName, { by, params, mayBeEmpty }: Asked = {}): Promise<unknown> {
    const person = by === undefined ? lived.taker : lived[by];
    const operation = operationOf(name);
    const isTolerant = operation.method === 'GET' || !Array.isArray(params);
    // What nobody knows is signed and let be.
    const asked = isTolerant ? { ...params, unheardOf: 'x' } : params;
    const answer: unknown = await person
      .client()
      .call(name, asked as never)
      .catch((refusal: unknown) => {
        faults.push(`${name} ${JSON.stringify(params)} is refused: ${refusal}`);
        return [];
      });
    const endpoint = endpointOf(name);
    const schema = endpoint?.responses['200']?.schema;
    const told = schema === undefined ? [] : schemas.faults(schema, answer);
    for (const fault of told) faults.push(`${name}: ${fault} in ${JSON.stringify(answer).slice(0, 2_000)}`);
    if (schema === undefined && answer !== undefined && answer !== null) faults.push(`${name} answers with something`);
    if (Array.isArray(answer) && answer.length === 0 && mayBeEmpty !== true) faults.push(`${name} has nothing to tell`);
    checked.add(`${operation.method} ${operation.path}`);
    return answer;
  }

  it('no operation of the reference is missing', () => {
    const ours = new Set(OPERATION_NAMES.map(operationOf).map(({ method, path }) => `${method} ${path}`));
    expect(facts.endpoints.filter(({ method, path }) => !ours.has(`${method} ${path}`))).toEqual([]);
  });

  it('every answer has exactly what the document says', { timeout: 60_000 }, async () => {
    const inReference = OPERATION_NAMES.filter((name) => endpointOf(name) !== undefined);
    const late = new Set<OperationName>([...LAST, ...BY_ID, ...TEXTS, ...(Object.keys(QUESTIONS) as OperationName[])]);
    for (const name of inReference.filter((one) => !late.has(one))) await ask(name);
    for (const name of Object.keys(QUESTIONS) as OperationName[]) await ask(name, QUESTIONS[name]);
    for (const name of TEXTS) {
      const { path } = operationOf(name);
      const reply = await fetch(`${lived.venue.url}${path}`);
      expect(await reply.text()).toMatch(name === 'ping' ? /^pong$/ : /^\d{13}$/);
      checked.add(`GET ${path}`);
    }
    await ask('placeOrders', { params: [order(401), { ...order(402), price: '0.00001' }] as never });
    const { rfqId } = (await ask('submitRfq', {
      params: { symbol: 'SOL_USDC_RFQ', side: 'Bid', quantity: '1', clientId: 12 },
    })) as { readonly rfqId: string };
    const { quoteId } = (await ask('submitQuote', {
      ...{ by: 'maker', params: { rfqId, bidPrice: '149', askPrice: '151' } },
    })) as { readonly quoteId: string };
    await ask('refreshRfq', { params: { rfqId } });
    await ask('acceptQuote', { params: { rfqId, quoteId } });
    await ask('withdrawalDelay');
    await ask('convertDust', { params: { symbol: 'ETH' } });
    await ask('dustHistory');
    await ask('cancelAllOrders', { params: { symbol: SPOT } });
    expect(faults).toEqual([]);
    expect(facts.endpoints.map(({ method, path }) => `${method} ${path}`).filter((one) => !checked.has(one))).toEqual(
      [],
    );
  });
});
