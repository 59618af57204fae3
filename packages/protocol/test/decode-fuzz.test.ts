// FUZZ_RUNS sets the number of texts per property (default 2000).
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Command, decodeCommand, INSTRUCTION, isMalformed, type OrderIntent } from '../src/index.js';
import { bytesOf, DATE, decodeText } from './signed.js';

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 2000);

const KEY = `${'A'.repeat(42)}0=`;
const VALID = [
  'instruction=orderExecute&clientId=7&orderType=Limit&postOnly=true&price=1.5&quantity=2&side=Bid&symbol=A_B',
  'instruction=orderExecute&orderType=Market&quoteQuantity=2&selfTradePrevention=RejectBoth&side=Ask&symbol=A_B',
  'instruction=orderExecute&orderType=Limit&side=Bid&symbol=A_B&instruction=orderExecute&orderType=Limit&side=Ask&symbol=C_D',
  'instruction=orderExecute&autoBorrow=true&orderType=Market&side=Ask&slippageTolerance=1&symbol=A_B&triggerPrice=5&triggerQuantity=50%',
  'instruction=orderExecute&orderType=Limit&side=Bid&stopLossTriggerBy=MarkPrice&stopLossTriggerPrice=1&symbol=A_B',
  'instruction=orderCancel&orderId=28&symbol=A_B',
  'instruction=orderCancelAll&orderType=RestingLimitOrder&symbol=A_B',
  'instruction=glassOrderReduce&orderId=1&quantity=0.1&symbol=A_B',
  'instruction=accountUpdate&autoLend=True&leverageLimit=5',
  `instruction=glassSubaccountCreate&name=a%20b&publicKey=${KEY}`,
  'instruction=borrowLendExecute&quantity=1.5&side=Lend&symbol=USDC',
  'instruction=glassPricesReport&prices=BTC:1:2:1.5,SOL:3:4:3&source=alpha',
  'instruction=glassTransfer&quantity=1&symbol=USDC&toAccountId=2',
  `instruction=glassKeyAdd&permissions=read,trade&publicKey=${KEY}`,
  'instruction=withdraw&address=abcd&blockchain=Sandbox&clientId=x&quantity=1&symbol=USDC',
  'instruction=rfqSubmit&clientId=3&executionMode=Immediate&price=1.5&quantity=2&side=Bid&symbol=A_B_RFQ',
  'instruction=quoteSubmit&askPrice=1.6&autoBorrow=true&bidPrice=1.5&rfqId=12',
  'instruction=quoteAccept&clientId=3&quoteId=13',
  'instruction=rfqCancel&rfqId=12',
  'instruction=convertDust&symbol=SOL',
  'instruction=glassOperatorPropose&action={"kind":"setSettings"}',
].map((text) => bytesOf(text + DATE));

/** A small accident: bytes changed, cut, doubled or brought in from elsewhere. */
const mutation = fc.record({
  kind: fc.constantFrom('set', 'cut', 'insert', 'repeat'),
  place: fc.nat(300),
  length: fc.nat(12),
  byte: fc.oneof(fc.nat(255), fc.constantFrom(38, 61, 37, 46, 48, 0, 128)),
});
type Mutation = { kind: string; place: number; length: number; byte: number };

function mutated(bytes: Uint8Array, { kind, place, length, byte }: Mutation): Uint8Array {
  const start = place % (bytes.length + 1);
  const head = bytes.slice(0, start);
  const piece = bytes.slice(start, start + length);
  const rest = bytes.slice(start + piece.length);
  const middle = { set: piece.map(() => byte), cut: [], insert: [byte, ...piece], repeat: [...piece, ...piece] }[kind];
  return Uint8Array.from([...head, ...(middle ?? []), ...rest]);
}

const mutant = fc
  .tuple(fc.constantFrom(...VALID), fc.array(mutation, { minLength: 1, maxLength: 4 }))
  .map(([bytes, mutations]) => mutations.reduce(mutated, bytes));

/** A command or a named problem, never anything between. */
function expectClean(bytes: Uint8Array): void {
  const decoded = decodeCommand(bytes, 0, bytes.length);
  if (isMalformed(decoded)) {
    expect(decoded.malformed.length > 0 && typeof decoded.field === 'string').toBe(true);
    return;
  }
  expect(Number.isSafeInteger(decoded.timestampMs) && decoded.timestampMs >= 0).toBe(true);
  expect(decoded.windowMs >= 1 && decoded.windowMs <= 60_000).toBe(true);
  expect(Object.keys(INSTRUCTION)).toContain(decoded.command.kind);
  expectNumbers(decoded.command);
}

function expectNumbers(command: Command): void {
  if (command.kind !== 'placeOrders') return;
  for (const order of command.orders) {
    for (const digits of [order.priceDigits, order.quantityDigits, order.quoteQuantityDigits, order.clientId]) {
      expect(Number.isSafeInteger(digits) && digits >= -1).toBe(true);
    }
    for (const scale of [order.priceScale, order.quantityScale, order.quoteQuantityScale]) {
      expect(scale >= 0 && scale <= 15).toBe(true);
    }
  }
}

describe('no bytes make the decoder throw or give half a command', () => {
  test('noise', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), expectClean), { numRuns });
  });

  test('printable noise with the marks of a signed text', () => {
    const piece = fc.oneof(
      fc.constantFrom('&', '=', '%', 'instruction', 'orderExecute', 'timestamp', 'window', '1', 'symbol', '%26', '{'),
      fc.string({ maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => expectClean(bytesOf(pieces.join('')))),
      { numRuns },
    );
  });

  test('accidents to valid texts', () => {
    fc.assert(fc.property(mutant, expectClean), { numRuns: numRuns * 2 });
  });

  test.each([
    ['digits', `price=${'9'.repeat(60_000)}`],
    ['zeros', `price=0.${'0'.repeat(60_000)}`],
    ['percent signs', `action=${'%'.repeat(60_000)}`],
    ['pairs', 'a=b&'.repeat(16_000)],
    ['ampersands', '&'.repeat(60_000)],
    ['equals signs', '='.repeat(60_000)],
  ])('as many %s as a payload holds', (_name, text) => {
    for (const instruction of Object.values(INSTRUCTION)) {
      expectClean(bytesOf(`instruction=${instruction}&${text}${DATE}`));
    }
  });
});

describe('what a command was written from is what it reads as', () => {
  const decimal = fc
    .tuple(fc.nat({ max: 999_999_999_999_999 }), fc.nat(15))
    .map(([digits, scale]) => (digits === 0 ? { digits: 0, scale: 0 } : withoutZeros(digits, scale)));
  const maybeDecimal = fc.oneof(fc.constant({ digits: -1, scale: 0 }), decimal);
  const intent = fc
    .record({
      symbol: fc.stringMatching(/^[A-Z0-9]{1,40}_[A-Z]{1,5}$/),
      side: fc.constantFrom(0 as const, 1 as const),
      orderType: fc.constantFrom(0 as const, 1 as const),
      timeInForce: fc.constantFrom(0 as const, 1 as const, 2 as const),
      postOnly: fc.boolean(),
      reduceOnly: fc.boolean(),
      selfTradePrevention: fc.constantFrom(0 as const, 1 as const, 2 as const),
      clientId: fc.oneof(fc.constant(-1), fc.nat({ max: 0xffff_ffff })),
      price: maybeDecimal,
      quantity: maybeDecimal,
      quoteQuantity: maybeDecimal,
    })
    .map(
      ({ price, quantity, quoteQuantity, ...rest }): OrderIntent => ({
        ...rest,
        priceDigits: price.digits,
        priceScale: price.scale,
        quantityDigits: quantity.digits,
        quantityScale: quantity.scale,
        quoteQuantityDigits: quoteQuantity.digits,
        quoteQuantityScale: quoteQuantity.scale,
        extras: undefined,
      }),
    );

  test('orders, alone and in batches', () => {
    fc.assert(
      fc.property(fc.array(intent, { minLength: 1, maxLength: 5 }), fc.boolean(), (orders, briefly) => {
        const text = orders.map((order) => orderText(order, briefly)).join('&');
        expect(decodeText(text + DATE)).toEqual({
          command: { kind: 'placeOrders', orders },
          timestampMs: 1_700_000_000_000,
          windowMs: 5000,
        });
      }),
      { numRuns },
    );
  });
});

function withoutZeros(digits: number, scale: number): { digits: number; scale: number } {
  return scale > 0 && digits % 10 === 0 ? withoutZeros(digits / 10, scale - 1) : { digits, scale };
}

function decimalOf(digits: number, scale: number): string {
  const text = String(digits).padStart(scale + 1, '0');
  return scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`;
}

/** Defaults are left out when `briefly`, as clients do. */
function orderText(order: OrderIntent, briefly: boolean): string {
  const parts = [
    'instruction=orderExecute',
    `orderType=${['Limit', 'Market'][order.orderType]}`,
    `side=${['Bid', 'Ask'][order.side]}`,
    `symbol=${order.symbol}`,
  ];
  if (order.clientId >= 0) parts.push(`clientId=${order.clientId}`);
  if (order.priceDigits >= 0) parts.push(`price=${decimalOf(order.priceDigits, order.priceScale)}`);
  if (order.quantityDigits >= 0) parts.push(`quantity=${decimalOf(order.quantityDigits, order.quantityScale)}`);
  if (order.quoteQuantityDigits >= 0) {
    parts.push(`quoteQuantity=${decimalOf(order.quoteQuantityDigits, order.quoteQuantityScale)}`);
  }
  if (!briefly || order.postOnly) parts.push(`postOnly=${order.postOnly}`);
  if (!briefly || order.reduceOnly) parts.push(`reduceOnly=${order.reduceOnly}`);
  if (!briefly || order.timeInForce > 0) parts.push(`timeInForce=${['GTC', 'IOC', 'FOK'][order.timeInForce]}`);
  const prevention = ['RejectTaker', 'RejectMaker', 'RejectBoth'][order.selfTradePrevention];
  if (!briefly || order.selfTradePrevention > 0) parts.push(`selfTradePrevention=${prevention}`);
  return parts.join('&');
}
