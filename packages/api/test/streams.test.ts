import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatStream,
  isPrivateStream,
  parseStream,
  readControlFrame,
  STREAM_ERRORS,
  streamErrorFrame,
} from '../src/index.js';

const KEY = 'A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=';
const SIGNATURE = '80cYcHmUHbvcO3IonY2y+nObqUTRkZrNbRsPB30r+NjqgKfP5DIFKryC0ea11fMcweyoymFT+S2cGbPACyinDw==';

describe('stream names', () => {
  it.each([
    ['depth.SOL_USDC', { kind: 'depth', symbol: 'SOL_USDC', speed: 'realtime' }],
    ['depth.200ms.SOL_USDC', { kind: 'depth', symbol: 'SOL_USDC', speed: '200ms' }],
    ['depth.600ms.SOL_USDC', { kind: 'depth', symbol: 'SOL_USDC', speed: '600ms' }],
    ['depth.1000ms.SOL_USDC', { kind: 'depth', symbol: 'SOL_USDC', speed: '1000ms' }],
    ['bookTicker.BTC_USDC', { kind: 'bookTicker', symbol: 'BTC_USDC' }],
    ['trade.BTC_USDC', { kind: 'trade', symbol: 'BTC_USDC' }],
    ['ticker.BTC_USDC', { kind: 'ticker', symbol: 'BTC_USDC' }],
    ['kline.1month.BTC_USDC', { kind: 'kline', symbol: 'BTC_USDC', interval: '1month' }],
    ['account.orderUpdate', { kind: 'orderUpdate', symbol: null }],
    ['account.orderUpdate.BTC_USDC', { kind: 'orderUpdate', symbol: 'BTC_USDC' }],
    ['markPrice.BTC_USDC_PERP', { kind: 'markPrice', symbol: 'BTC_USDC_PERP' }],
    ['openInterest.BTC_USDC_PERP', { kind: 'openInterest', symbol: 'BTC_USDC_PERP' }],
    ['account.positionUpdate', { kind: 'positionUpdate', symbol: null }],
    ['account.positionUpdate.BTC_USDC_PERP', { kind: 'positionUpdate', symbol: 'BTC_USDC_PERP' }],
    ['account.balanceUpdate', { kind: 'balanceUpdate' }],
    ['account.liquidation', { kind: 'accountLiquidation' }],
    ['liquidation', { kind: 'liquidation', symbol: null }],
    ['liquidation.BTC_USDC_PERP', { kind: 'liquidation', symbol: 'BTC_USDC_PERP' }],
    ['glass.liquidations', { kind: 'glassLiquidations' }],
    ['glass.bookChecksum.SOL_USDC', { kind: 'bookChecksum', symbol: 'SOL_USDC' }],
    ['glass.liquidationStatistics', { kind: 'glassLiquidationStatistics' }],
  ] as const)('%s is read and written back', (name, stream) => {
    expect(parseStream(name)).toEqual(stream);
    expect(formatStream(stream)).toBe(name);
    expect(isPrivateStream(name)).toBe(name.startsWith('account.'));
  });

  it.each([
    'depth',
    'depth.',
    '.SOL_USDC',
    '',
    'kline.SOL_USDC',
    'kline.7m.SOL_USDC',
    'kline.1m.',
    'kline.1m',
    'account',
    'account.',
    'account.orderUpdate.',
    'account.positionUpdate.',
    'account.positionUpdated',
    'markPrice.',
    'liquidation.',
    'liquidations',
    'glass',
    'glass.',
    'glass.liquidations.BTC_USDC_PERP',
    'account.liquidation.BTC_USDC_PERP',
    'account.balanceUpdate.SOL_USDC',
    'trades.SOL_USDC',
    'constructor.SOL_USDC',
  ])('`%s` is no stream', (name) => {
    expect(parseStream(name)).toBeUndefined();
  });

  it('that can be read are written back as they were', () => {
    const part = fc.constantFrom(
      'depth',
      'kline',
      'account',
      'orderUpdate',
      'realtime',
      '200ms',
      '1m',
      'A_B',
      '',
      'trade',
      'liquidation',
      'glass',
      'liquidations',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
        const name = parts.join('.');
        const stream = parseStream(name);
        if (stream !== undefined) expect(formatStream(stream)).toBe(name);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('what a client says on the socket', () => {
  it('subscribes to public streams without a signature', () => {
    expect(readControlFrame('{"method":"SUBSCRIBE","params":["depth.SOL_USDC"],"id":7}')).toEqual({
      ok: true,
      frame: { method: 'SUBSCRIBE', params: ['depth.SOL_USDC'], signature: undefined, id: 7, resume: {} },
    });
  });

  it('may name its frame, and where its streams are to go on', () => {
    const said = { method: 'SUBSCRIBE', params: ['a', 'b'], id: 'mine', resume: { a: 'x-1', b: 'x-2' } };
    expect(readControlFrame(JSON.stringify(said))).toEqual({ ok: true, frame: { ...said, signature: undefined } });
    expect(readControlFrame('{"method":"NO","id":"mine"}')).toEqual({ ok: false, error: 'unknownMethod', id: 'mine' });
    expect(readControlFrame('{"method":"SUBSCRIBE","params":[],"id":null,"resume":null}')).toMatchObject({ ok: true });
  });

  it.each([
    ['text', '"1614550000000"', '"5000"'],
    ['numbers', '1614550000000', '5000'],
  ])('signs with timestamp and window as %s', (_, timestamp, window) => {
    const text = `{"method":"SUBSCRIBE","params":["account.orderUpdate"],"signature":["${KEY}","${SIGNATURE}",${timestamp},${window}]}`;
    expect(readControlFrame(text)).toMatchObject({
      ok: true,
      frame: {
        signature: { publicKey: KEY, signature: SIGNATURE, validity: { timestampMs: 1614550000000, windowMs: 5000 } },
      },
    });
  });

  it.each([
    ['{', 'malformedFrame'],
    ['5', 'malformedFrame'],
    ['null', 'malformedFrame'],
    ['[]', 'unknownMethod'],
    ['{"method":"PING"}', 'unknownMethod'],
    ['{"method":"SUBSCRIBE"}', 'malformedFrame'],
    ['{"method":"SUBSCRIBE","params":[5]}', 'malformedFrame'],
    ['{"method":"SUBSCRIBE","params":[],"id":{}}', 'malformedFrame'],
    ['{"method":"SUBSCRIBE","params":[],"id":0.5}', 'malformedFrame'],
    [`{"method":"SUBSCRIBE","params":[],"id":"${'x'.repeat(65)}"}`, 'malformedFrame'],
    ['{"method":"SUBSCRIBE","params":[],"resume":["x-1"]}', 'malformedFrame'],
    ['{"method":"SUBSCRIBE","params":[],"resume":{"a":1}}', 'malformedFrame'],
    [`{"method":"SUBSCRIBE","params":[],"resume":{"a":"${'x'.repeat(65)}"}}`, 'malformedFrame'],
    ['{"method":"SUBSCRIBE","params":[],"signature":"x"}', 'signatureInvalid'],
    [`{"method":"SUBSCRIBE","params":[],"signature":["${KEY}","${SIGNATURE}","1","70000"]}`, 'signatureInvalid'],
    [`{"method":"SUBSCRIBE","params":[],"signature":["${KEY}","short","1","5000"]}`, 'signatureInvalid'],
  ])('%s is answered with %s', (text, error) => {
    expect(readControlFrame(text)).toEqual({ ok: false, error, id: undefined });
  });

  it('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void readControlFrame(text)));
  });

  it('is told what was wrong in the reference’s frame', () => {
    expect(streamErrorFrame('invalidStream')).toBe('{"id":null,"error":{"code":4006,"message":"Invalid stream"}}');
    expect(STREAM_ERRORS.signatureInvalid).toEqual({ code: 4003, message: 'Invalid signature' });
  });
});
