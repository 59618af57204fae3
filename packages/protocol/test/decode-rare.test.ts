import { describe, expect, test } from 'vitest';
import { ALL_PERMISSIONS, decodeCommand, INSTRUCTION, MAX_PAYLOAD_BYTES, PERMISSION } from '../src/index.js';
import { bytesOf, commandIn, DATE, decodeText } from './signed.js';

const KEY = `${'A'.repeat(42)}0=`;
const TEN = { digits: 10, scale: 0 };

describe('every command but orders', () => {
  test.each<[keyof typeof INSTRUCTION, string, object]>([
    ['cancelOrder', 'symbol=A_B&orderId=28', { symbol: 'A_B', orderId: 28, clientId: -1 }],
    ['cancelOrder', 'clientId=0&symbol=A_B', { symbol: 'A_B', orderId: -1, clientId: 0 }],
    ['cancelOrder', 'clientId=1&symbol=A_B&brokerId=9', { symbol: 'A_B', orderId: -1, clientId: 1 }],
    ['cancelAllOrders', 'symbol=A_B', { symbol: 'A_B', orderType: undefined }],
    ['cancelAllOrders', 'symbol=A_B&orderType=RestingLimitOrder', { symbol: 'A_B', orderType: 'RestingLimitOrder' }],
    ['cancelAllOrders', 'symbol=A_B&orderType=ConditionalOrder', { symbol: 'A_B', orderType: 'ConditionalOrder' }],
    [
      'reduceOrder',
      'orderId=5&quantity=0.10&symbol=A_B',
      { symbol: 'A_B', orderId: 5, quantity: { digits: 1, scale: 1 } },
    ],
    [
      'updateAccount',
      '',
      { autoBorrowSettlements: undefined, autoLend: undefined, autoRepayBorrows: undefined, leverageLimit: undefined },
    ],
    [
      'updateAccount',
      'autoBorrowSettlements=True&autoLend=False&autoRepayBorrows=true&leverageLimit=10.00',
      { autoBorrowSettlements: true, autoLend: false, autoRepayBorrows: true, leverageLimit: TEN },
    ],
    ['createAccount', `publicKey=${KEY}`, { publicKey: KEY, referrerAccountId: -1 }],
    ['createAccount', `publicKey=${KEY}&referrerAccountId=7`, { publicKey: KEY, referrerAccountId: 7 }],
    ['createSubaccount', `publicKey=${KEY}`, { publicKey: KEY, name: '' }],
    ['createSubaccount', `name=desk%20one%21&publicKey=${KEY}`, { publicKey: KEY, name: 'desk one!' }],
    ['transfer', 'quantity=10&symbol=USDC&toAccountId=7', { toAccountId: 7, symbol: 'USDC', quantity: TEN }],
    ['addKey', `publicKey=${KEY}`, { publicKey: KEY, permissions: ALL_PERMISSIONS }],
    ['addKey', `permissions=read&publicKey=${KEY}`, { publicKey: KEY, permissions: PERMISSION.read }],
    [
      'addKey',
      `permissions=trade%2Cwithdraw&publicKey=${KEY.replace('=', '%3D')}`,
      { publicKey: KEY, permissions: PERMISSION.trade | PERMISSION.withdraw },
    ],
    ['revokeKey', `publicKey=${KEY}`, { publicKey: KEY }],
    [
      'creditDeposit',
      'accountId=3&blockchain=Sandbox&quantity=10&reference=tx:1/0&symbol=USDC',
      { accountId: 3, symbol: 'USDC', quantity: TEN, blockchain: 'Sandbox', reference: 'tx:1/0' },
    ],
    [
      'requestWithdrawal',
      'address=0xAb&blockchain=Sandbox&quantity=10&symbol=USDC',
      { symbol: 'USDC', quantity: TEN, blockchain: 'Sandbox', address: '0xAb', clientId: '' },
    ],
    [
      'requestWithdrawal',
      'address=a&blockchain=b&clientId=rent+%26+food&quantity=10&symbol=USDC',
      { symbol: 'USDC', quantity: TEN, blockchain: 'b', address: 'a', clientId: 'rent+&+food' },
    ],
    ['confirmWithdrawal', 'transactionHash=0xff&withdrawalId=12', { withdrawalId: 12, transactionHash: '0xff' }],
    ['cancelWithdrawal', 'withdrawalId=12', { withdrawalId: 12 }],
    ['createWithdrawalDelay', 'twoFactorToken=123456&withdrawalDelayHours=24', { hours: 24 }],
    ['updateWithdrawalDelay', 'withdrawalDelayHours=0', { hours: 0 }],
    [
      'saveAddress',
      'address=0xAb&blockchain=Sandbox&name=cold%20store',
      { blockchain: 'Sandbox', address: '0xAb', name: 'cold store' },
    ],
    ['saveAddress', 'address=0xAb&blockchain=Sandbox', { blockchain: 'Sandbox', address: '0xAb', name: '' }],
    ['removeAddress', 'addressId=3', { addressId: 3 }],
    ['setAddressBook', 'enabled=false', { enabled: false }],
    ['enableTwoFactor', 'twoFactorToken=123456', {}],
    ['disableTwoFactor', 'twoFactorToken=123456', {}],
    [
      'confirmTwoFactor',
      `accountId=3&signature=${'0f'.repeat(64)}&step=5`,
      { accountId: 3, signature: '0f'.repeat(64), step: 5 },
    ],
    ['propose', 'action={"kind":"setSettings"}', { action: '{"kind":"setSettings"}' }],
    ['propose', `action=${'x'.repeat(5000)}`, { action: 'x'.repeat(5000) }],
    ['borrowLend', 'quantity=10&side=Lend&symbol=USDC', { symbol: 'USDC', side: 'Lend', quantity: TEN }],
    ['borrowLend', 'symbol=BTC&side=Borrow&quantity=10.0', { symbol: 'BTC', side: 'Borrow', quantity: TEN }],
    [
      'reportPrices',
      'prices=BTC:10:10.0:10&source=alpha',
      { source: 'alpha', prices: [{ symbol: 'BTC', bid: TEN, ask: TEN, last: TEN }] },
    ],
    [
      'reportPrices',
      'source=alpha&prices=BTC:10:10.5:10%2CkBONK%3A0.000001:10:10',
      {
        source: 'alpha',
        prices: [
          { symbol: 'BTC', bid: TEN, ask: { digits: 105, scale: 1 }, last: TEN },
          { symbol: 'kBONK', bid: { digits: 1, scale: 6 }, ask: TEN, last: TEN },
        ],
      },
    ],
    [
      'vaultMint',
      'quantity=10&symbol=USDC&vaultId=1',
      { vaultId: 1, symbol: 'USDC', quantity: TEN, autoBorrow: undefined, autoLendRedeem: undefined },
    ],
    [
      'vaultMint',
      'autoBorrow=true&autoLendRedeem=false&quantity=10&symbol=USDC&vaultId=1',
      { vaultId: 1, symbol: 'USDC', quantity: TEN, autoBorrow: true, autoLendRedeem: false },
    ],
    ['vaultRedeem', 'vaultId=1', { vaultId: 1, tokenQuantity: undefined }],
    ['vaultRedeem', 'vaultId=1&vaultTokenQuantity=10.0', { vaultId: 1, tokenQuantity: TEN }],
    ['vaultRedeemCancel', 'vaultId=1', { vaultId: 1 }],
    ['approve', 'proposalId=999999999999999', { proposalId: 999_999_999_999_999 }],
    [
      'submitRfq',
      'quantity=10&side=Ask&symbol=A_B_RFQ',
      { symbol: 'A_B_RFQ', side: 1, clientId: -1, mode: 0, quantity: TEN, quoteQuantity: undefined, price: undefined },
    ],
    [
      'submitRfq',
      'autoBorrow=true&clientId=4294967295&executionMode=Immediate&price=10&quoteQuantity=10.0&side=Bid&symbol=A_B_RFQ',
      {
        symbol: 'A_B_RFQ',
        side: 0,
        clientId: 0xffff_ffff,
        mode: 1,
        quantity: undefined,
        quoteQuantity: TEN,
        price: TEN,
        autoBorrow: true,
      },
    ],
    ['cancelRfq', 'rfqId=7', { rfqId: 7, clientId: -1 }],
    ['cancelRfq', 'clientId=0', { rfqId: -1, clientId: 0 }],
    ['acceptQuote', 'clientId=2&quoteId=9', { rfqId: -1, clientId: 2, quoteId: 9 }],
    ['refreshRfq', 'rfqId=7', { rfqId: 7 }],
    [
      'submitQuote',
      'askPrice=10.0&autoLend=false&bidPrice=10&clientId=3&rfqId=7',
      { rfqId: 7, clientId: 3, bidPrice: TEN, askPrice: TEN, autoLend: false, autoBorrow: undefined },
    ],
    ['convertDust', '', { symbol: '' }],
    ['convertDust', 'symbol=SOL', { symbol: 'SOL' }],
  ])('%s %s', (kind, parameters, fields) => {
    const instruction = `instruction=${INSTRUCTION[kind]}`;
    expect(commandIn(parameters === '' ? instruction : `${instruction}&${parameters}`)).toEqual({ kind, ...fields });
  });
});

describe('a malformed command names its field', () => {
  test.each([
    ['', 'instruction: missing'],
    ['symbol=A_B', 'instruction: missing'],
    ['symbol=A_B&instruction=orderCancelAll', 'instruction: missing'],
    ['instruction=', 'instruction: unknown instruction'],
    ['instruction', 'instruction: unknown instruction'],
    ['instruction=orderQueryAll', 'instruction: unknown instruction'],
    ['instruction=OrderCancelAll&symbol=A_B', 'instruction: unknown instruction'],
    ['instruction=orderCancel', 'symbol: missing'],
    ['instruction=orderCancel&orderId=1', 'symbol: missing'],
    ['instruction=orderCancel&orderId=1&symbol=', 'symbol: missing'],
    ['instruction=orderCancel&symbol=A_B', 'orderId: give exactly one of orderId and clientId'],
    ['instruction=orderCancel&clientId=1&orderId=1&symbol=A_B', 'orderId: give exactly one of orderId and clientId'],
    ['instruction=orderCancel&orderId=x&symbol=A_B', 'orderId: invalid value'],
    ['instruction=orderCancel&orderId=1234567890123456&symbol=A_B', 'orderId: invalid value'],
    ['instruction=orderCancel&clientId=4294967296&symbol=A_B', 'clientId: invalid value'],
    ['instruction=orderCancel&orderId=1&orderId=2&symbol=A_B', 'orderId: given twice'],
    ['instruction=orderCancel&clientId=1&clientId=1&symbol=A_B', 'clientId: given twice'],
    ['instruction=orderCancel&orderId=1&symbol=A_B&symbol=C_D', 'symbol: given twice'],
    ['instruction=orderCancel&orderId=1&symbol=A_B&instruction=orderCancelAll', 'instruction: given twice'],
    ['instruction=orderCancelAll', 'symbol: missing'],
    ['instruction=orderCancelAll&symbol=', 'symbol: missing'],
    ['instruction=orderCancelAll&symbol=A_B&instruction=withdraw', 'instruction: given twice'],
    ['instruction=orderCancelAll&symbol=A_B&symbol=A_B', 'symbol: given twice'],
    ['instruction=orderCancelAll&orderType=Limit&symbol=A_B', 'orderType: not RestingLimitOrder or ConditionalOrder'],
    ['instruction=glassOrderReduce&orderId=1&symbol=A_B', 'quantity: missing'],
    ['instruction=glassOrderReduce&orderId=1.5&quantity=1&symbol=A_B', 'orderId: not an unsigned integer'],
    ['instruction=glassOrderReduce&orderId=1&quantity=-1&symbol=A_B', 'quantity: not a decimal'],
    ['instruction=rfqSubmit&side=Left&symbol=A_B_RFQ', 'side: not Bid or Ask'],
    ['instruction=rfqSubmit&executionMode=Later&side=Bid&symbol=A', 'executionMode: not AwaitAccept or Immediate'],
    ['instruction=rfqSubmit&clientId=4294967296&side=Bid&symbol=A', 'clientId: invalid value'],
    ['instruction=rfqCancel', 'rfqId: give rfqId or clientId'],
    ['instruction=quoteAccept&rfqId=1', 'quoteId: missing'],
    ['instruction=quoteSubmit&askPrice=1&rfqId=1', 'bidPrice: missing'],
    ['instruction=rfqRefresh&rfqId=x', 'rfqId: not an unsigned integer'],
    ['instruction=accountUpdate&autoLend=1', 'autoLend: not a boolean'],
    ['instruction=accountUpdate&autoLend=', 'autoLend: not a boolean'],
    ['instruction=accountUpdate&leverageLimit=ten', 'leverageLimit: not a decimal'],
    ['instruction=glassAccountCreate', 'publicKey: missing'],
    ['instruction=glassAccountCreate&publicKey=short', 'publicKey: not the base64 of 32 bytes'],
    [`instruction=glassAccountCreate&publicKey=${'A'.repeat(42)}B=`, 'publicKey: not the base64 of 32 bytes'],
    [`instruction=glassAccountCreate&publicKey=${'A'.repeat(44)}`, 'publicKey: not the base64 of 32 bytes'],
    [`instruction=glassSubaccountCreate&name=${'n'.repeat(257)}&publicKey=${KEY}`, 'name: longer than 256'],
    [`instruction=glassKeyAdd&permissions=&publicKey=${KEY}`, 'permissions: unknown permission'],
    [`instruction=glassKeyAdd&permissions=read,admin&publicKey=${KEY}`, 'permissions: unknown permission'],
    ['instruction=glassTransfer&quantity=1&symbol=USDC&toAccountId=-1', 'toAccountId: not an unsigned integer'],
    ['instruction=glassTransfer&quantity=9007199254740992&symbol=USDC&toAccountId=1', 'quantity: not a decimal'],
    ['instruction=withdraw&address=a&blockchain=b&quantity=&symbol=USDC', 'quantity: not a decimal'],
    ['instruction=withdraw&address=&blockchain=b&quantity=1&symbol=USDC', 'address: missing'],
    ['instruction=glassOperatorPropose&action=', 'action: missing'],
    ['instruction=glassOperatorApprove&proposalId=', 'proposalId: missing'],
    ['instruction=glassOperatorApprove&proposalId=1%2E5', 'proposalId: not an unsigned integer'],
    ['instruction=glassAccountCreate&publicKey=KEY&referrerAccountId=-1', 'referrerAccountId: not an unsigned integer'],
    ['instruction=accountUpdate&autoRealizePnl=0', 'autoRealizePnl: not a boolean'],
    ['instruction=glassAddressBookSet', 'enabled: missing'],
    ['instruction=glassAddressBookSet&enabled=1', 'enabled: not a boolean'],
    ['instruction=glassWithdrawalDelayCreate', 'withdrawalDelayHours: missing'],
    ['instruction=glassTwoFactorConfirm&accountId=1&step=5', 'signature: missing'],
    [
      `instruction=glassTwoFactorConfirm&accountId=1&signature=${'0F'.repeat(64)}&step=5`,
      'signature: not 128 hexadecimal digits',
    ],
    ['instruction=borrowLendExecute&quantity=1&symbol=USDC', 'side: missing'],
    ['instruction=borrowLendExecute&quantity=1&side=Bid&symbol=USDC', 'side: not Borrow or Lend'],
    ['instruction=borrowLendExecute&quantity=x&side=Lend&symbol=USDC', 'quantity: not a decimal'],
    ['instruction=borrowLendExecute&side=Lend&symbol=USDC', 'quantity: missing'],
    ['instruction=borrowLendExecute&quantity=1&side=Lend', 'symbol: missing'],
    ['instruction=glassPricesReport&prices=BTC:1:1:1', 'source: missing'],
    ['instruction=glassPricesReport&source=alpha', 'prices: missing'],
    ['instruction=glassPricesReport&prices=&source=alpha', 'prices: missing'],
    ...[
      'BTC',
      'BTC:1:1',
      'BTC:1:1:1:1',
      ':1:1:1',
      'BTC:1:1:0',
      'BTC:1:-1:1',
      'BTC:1e3:1:1',
      'BTC:1:1:1,',
      'BTC:1:1:1,,SOL:1:1:1',
      'BTC::1:1',
    ].map((prices): [string, string] => [
      `instruction=glassPricesReport&prices=${prices}&source=alpha`,
      'prices: not SYMBOL:bid:ask:last',
    ]),
    [
      `instruction=glassPricesReport&prices=${Array.from({ length: 101 }, () => 'BTC:1:1:1').join(',')}&source=alpha`,
      'prices: more than 100',
    ],
  ])('%s', (text, problem) => {
    expect(commandIn(text.replace('=KEY', `=${KEY}`))).toBe(problem);
  });
});

describe('percent-encoding', () => {
  test.each([
    ['50%', '50%'],
    ['50%25', '50%'],
    ['%41%62%7e', 'Ab~'],
    ['%4', '%4'],
    ['%zz', '%zz'],
    ['%%41', '%A'],
    ['%2541', '%41'],
  ])('%s reads as %s', (written, read) => {
    expect(commandIn(`instruction=glassSubaccountCreate&name=${written}&publicKey=${KEY}`)).toMatchObject({
      name: read,
    });
  });

  test.each(['%00', '%0a', 'desk%7F', '%C3%BC'])('%s hides what a signed text may not hold', (name) => {
    expect(commandIn(`instruction=glassSubaccountCreate&name=${name}&publicKey=${KEY}`)).toBe(
      'payload: not printable ASCII',
    );
  });
});

describe('dates', () => {
  const cancelAll = 'instruction=orderCancelAll&symbol=A_B';
  const order = 'instruction=orderExecute&orderType=Limit&side=Bid&symbol=A_B';
  const cancel = 'instruction=orderCancel&orderId=1&symbol=A_B';

  test.each([cancelAll, order, cancel])('%s carries its timestamp and window', (text) => {
    expect(decodeText(`${text}&timestamp=0&window=1`)).toMatchObject({ timestampMs: 0, windowMs: 1 });
    expect(decodeText(`${text}&window=60000&timestamp=999999999999999`)).toMatchObject({
      timestampMs: 999_999_999_999_999,
      windowMs: 60_000,
    });
  });

  test.each([
    ['', 'timestamp', 'missing'],
    ['&window=5000', 'timestamp', 'missing'],
    ['&timestamp=&window=5000', 'timestamp', 'not an unsigned integer'],
    ['&timestamp=-1&window=5000', 'timestamp', 'not an unsigned integer'],
    ['&timestamp=1700000000000.5&window=5000', 'timestamp', 'not an unsigned integer'],
    ['&timestamp=1000000000000000&window=5000', 'timestamp', 'not an unsigned integer'],
    ['&timestamp=1&timestamp=1&window=5000', 'timestamp', 'given twice'],
    ['&timestamp=1', 'window', 'missing'],
    ['&timestamp=1&window=0', 'window', 'not in 1..60000'],
    ['&timestamp=1&window=60001', 'window', 'not in 1..60000'],
    ['&timestamp=1&window=x', 'window', 'not in 1..60000'],
    ['&timestamp=1&window=5000&window=5000', 'window', 'given twice'],
  ])('"%s" is refused for its %s: %s', (date, field, problem) => {
    for (const text of [cancelAll, order, cancel]) {
      expect(decodeText(text + date)).toEqual({ malformed: problem, field });
    }
  });
});

describe('bytes', () => {
  test.each([0, 9, 10, 31, 127, 128, 195, 255])('a text with the byte %d is refused whole', (byte) => {
    const text = bytesOf(`instruction=orderCancelAll&symbol=A_B&note=?${DATE}`);
    text[text.indexOf(63)] = byte;
    expect(decodeBytes(text)).toEqual({ malformed: 'not printable ASCII', field: 'payload' });
  });

  test('the longest payload is read, a longer one is refused: the log could not be read back', () => {
    const cancelAll = `instruction=orderCancelAll&symbol=A_B${DATE}&note=`;
    const longest = cancelAll + 'n'.repeat(MAX_PAYLOAD_BYTES - cancelAll.length);
    expect(decodeText(longest)).toMatchObject({ command: { kind: 'cancelAllOrders' } });
    expect(decodeText(`${longest}n`)).toEqual({ malformed: 'longer than 65536 bytes', field: 'payload' });
  });

  test('only the given range is read', () => {
    const text = `instruction=orderCancelAll&symbol=A_B${DATE}`;
    const inside = bytesOf(`\u0000junk&${text}&window=1\u0000`);
    const decoded = decodeBytes(inside.slice(6, 6 + text.length));
    expect(decoded).toMatchObject({ command: { kind: 'cancelAllOrders' } });
    expect(decodeCommand(inside, 6, 6 + text.length)).toEqual(decoded);
  });

  test('a text that is cut off anywhere is refused or still dated', () => {
    const text = bytesOf(`instruction=orderExecute&orderType=Limit&price=1&quantity=1&side=Bid&symbol=A_B${DATE}`);
    for (let end = 0; end < text.length; end += 1) {
      expect(decodeCommand(text, 0, end)).toEqual(decodeBytes(text.slice(0, end)));
    }
  });
});

function decodeBytes(bytes: Uint8Array) {
  return decodeCommand(bytes, 0, bytes.length);
}
