// Commands that are seldom: read through a list of decoded pairs, field by field, with the first problem named.
import { parseDecimal } from '@glasshouse/units';
import type {
  CancelStrategy,
  Command,
  DecimalText,
  EnrolBackstop,
  MalformedCommand,
  Offered,
  ReportedPrice,
} from './commands.js';
import { INSTRUCTION } from './commands.js';
import { rfqCommandOf } from './decode-rfq.js';
import { FieldProblem, Fields } from './fields.js';
import { MAX_CLIENT_ID } from './order-values.js';

function cancelAllType(fields: Fields): 'RestingLimitOrder' | 'ConditionalOrder' | undefined {
  const type = fields.optionalText('orderType');
  if (type === undefined || type === 'RestingLimitOrder' || type === 'ConditionalOrder') return type;
  throw new FieldProblem('orderType', 'not RestingLimitOrder or ConditionalOrder');
}

function borrowOrLend(fields: Fields): 'Borrow' | 'Lend' {
  const side = fields.text('side');
  if (side === 'Borrow' || side === 'Lend') return side;
  throw new FieldProblem('side', 'not Borrow or Lend');
}

const MAX_REPORTED = 100;

/** `SYMBOL:bid:ask:last`, separated by commas. */
function reportedPrices(fields: Fields): ReportedPrice[] {
  const items = fields.longText('prices').split(',');
  if (items.length > MAX_REPORTED) throw new FieldProblem('prices', `more than ${MAX_REPORTED}`);
  return items.map((item) => {
    const [symbol = '', ...texts] = item.split(':');
    const [bid, ask, last] = texts.map(parseDecimal);
    if (symbol === '' || texts.length !== 3 || !isPositive(bid) || !isPositive(ask) || !isPositive(last)) {
      throw new FieldProblem('prices', 'not SYMBOL:bid:ask:last');
    }
    return { symbol, bid, ask, last };
  });
}

const isPositive = (decimal: DecimalText | undefined): decimal is DecimalText =>
  decimal !== undefined && decimal.digits > 0;

const MAX_OFFERED = 50;

/** `SYMBOL:capacity:hourly`, separated by commas; absent: nothing of the kind. */
function offered(fields: Fields, field: 'markets' | 'assets'): Offered[] {
  if (!fields.has(field)) return [];
  const items = fields.longText(field).split(',');
  if (items.length > MAX_OFFERED) throw new FieldProblem(field, `more than ${MAX_OFFERED}`);
  const offers = items.map((item) => {
    const [symbol = '', ...texts] = item.split(':');
    const [capacity, hourly] = texts.map(parseDecimal);
    if (symbol === '' || texts.length !== 2 || !isPositive(capacity) || !isPositive(hourly)) {
      throw new FieldProblem(field, 'not SYMBOL:capacity:hourly');
    }
    return { symbol, capacity, hourly };
  });
  const symbols = new Set(offers.map(({ symbol }) => symbol));
  if (symbols.size < offers.length) throw new FieldProblem(field, 'one of them twice');
  return offers;
}

function enrolBackstop(fields: Fields): EnrolBackstop {
  const [markets, assets] = [offered(fields, 'markets'), offered(fields, 'assets')];
  if (markets.length + assets.length === 0) throw new FieldProblem('markets', 'missing');
  return { kind: 'enrolBackstop', minimumEquity: fields.decimal('minimumEquity'), markets, assets };
}

function cancelStrategy(fields: Fields): CancelStrategy {
  const strategyId = fields.optionalInteger('strategyId');
  const clientStrategyId = fields.optionalInteger('clientStrategyId');
  if (clientStrategyId > MAX_CLIENT_ID) throw new FieldProblem('clientStrategyId', `more than ${MAX_CLIENT_ID}`);
  if (strategyId >= 0 === clientStrategyId >= 0) {
    throw new FieldProblem('strategyId', 'give exactly one of strategyId and clientStrategyId');
  }
  return { kind: 'cancelStrategy', symbol: fields.text('symbol'), strategyId, clientStrategyId };
}

/** There is no other kind of strategy yet. */
function scheduledOnly(fields: Fields): void {
  const type = fields.optionalText('strategyType');
  if (type !== undefined && type !== 'Scheduled') throw new FieldProblem('strategyType', 'not Scheduled');
}

function commandOf(instruction: string, fields: Fields): Command | undefined {
  switch (instruction) {
    case INSTRUCTION.cancelAllOrders:
      return { kind: 'cancelAllOrders', symbol: fields.text('symbol'), orderType: cancelAllType(fields) };
    case INSTRUCTION.reduceOrder:
      return {
        kind: 'reduceOrder',
        symbol: fields.text('symbol'),
        orderId: fields.integer('orderId'),
        quantity: fields.decimal('quantity'),
      };
    case INSTRUCTION.updateAccount:
      return {
        kind: 'updateAccount',
        autoBorrowSettlements: fields.optionalBoolean('autoBorrowSettlements'),
        autoLend: fields.optionalBoolean('autoLend'),
        autoRepayBorrows: fields.optionalBoolean('autoRepayBorrows'),
        autoRealizePnl: fields.optionalBoolean('autoRealizePnl'),
        leverageLimit: fields.optionalDecimal('leverageLimit'),
      };
    case INSTRUCTION.createAccount:
      return {
        kind: 'createAccount',
        publicKey: fields.publicKey('publicKey'),
        referrerAccountId: fields.optionalInteger('referrerAccountId'),
      };
    case INSTRUCTION.createSubaccount:
      return {
        kind: 'createSubaccount',
        publicKey: fields.publicKey('publicKey'),
        name: fields.optionalText('name') ?? '',
      };
    case INSTRUCTION.transfer:
      return {
        kind: 'transfer',
        toAccountId: fields.integer('toAccountId'),
        symbol: fields.text('symbol'),
        quantity: fields.decimal('quantity'),
      };
    case INSTRUCTION.addKey:
      return {
        kind: 'addKey',
        publicKey: fields.publicKey('publicKey'),
        permissions: fields.permissions('permissions'),
      };
    case INSTRUCTION.revokeKey:
      return { kind: 'revokeKey', publicKey: fields.publicKey('publicKey') };
    case INSTRUCTION.borrowLend:
      return {
        kind: 'borrowLend',
        symbol: fields.text('symbol'),
        side: borrowOrLend(fields),
        quantity: fields.decimal('quantity'),
      };
    case INSTRUCTION.enrolBackstop:
      return enrolBackstop(fields);
    case INSTRUCTION.leaveBackstop:
      return { kind: 'leaveBackstop' };
    case INSTRUCTION.acceptNegativeBalance:
      return {
        kind: 'acceptNegativeBalance',
        symbol: fields.text('symbol'),
        quantity: fields.decimal('quantity'),
      };
    case INSTRUCTION.reportPrices:
      return { kind: 'reportPrices', source: fields.text('source'), prices: reportedPrices(fields) };
    case INSTRUCTION.creditDeposit:
      return {
        kind: 'creditDeposit',
        accountId: fields.integer('accountId'),
        symbol: fields.text('symbol'),
        quantity: fields.decimal('quantity'),
        blockchain: fields.text('blockchain'),
        reference: fields.text('reference'),
      };
    case INSTRUCTION.requestWithdrawal:
      return {
        kind: 'requestWithdrawal',
        symbol: fields.text('symbol'),
        quantity: fields.decimal('quantity'),
        blockchain: fields.text('blockchain'),
        address: fields.text('address'),
        clientId: fields.optionalText('clientId') ?? '',
      };
    case INSTRUCTION.confirmWithdrawal:
      return {
        kind: 'confirmWithdrawal',
        withdrawalId: fields.integer('withdrawalId'),
        transactionHash: fields.text('transactionHash'),
      };
    case INSTRUCTION.propose:
      return { kind: 'propose', action: fields.longText('action') };
    case INSTRUCTION.approve:
      return { kind: 'approve', proposalId: fields.integer('proposalId') };
    case INSTRUCTION.cancelStrategy:
      return cancelStrategy(fields);
    case INSTRUCTION.cancelAllStrategies:
      scheduledOnly(fields);
      return { kind: 'cancelAllStrategies', symbol: fields.text('symbol') };
    default:
      return securityCommand(instruction, fields);
  }
}

const SIGNATURE_TEXT = /^[0-9a-f]{128}$/;

function signatureText(fields: Fields): string {
  const signature = fields.text('signature');
  if (!SIGNATURE_TEXT.test(signature)) throw new FieldProblem('signature', 'not 128 hexadecimal digits');
  return signature;
}

function enabled(fields: Fields): boolean {
  const value = fields.optionalBoolean('enabled');
  if (value === undefined) throw new FieldProblem('enabled', 'missing');
  return value;
}

/** What guards withdrawals. */
function securityCommand(instruction: string, fields: Fields): Command | undefined {
  switch (instruction) {
    case INSTRUCTION.cancelWithdrawal:
      return { kind: 'cancelWithdrawal', withdrawalId: fields.integer('withdrawalId') };
    case INSTRUCTION.createWithdrawalDelay:
      return { kind: 'createWithdrawalDelay', hours: fields.integer('withdrawalDelayHours') };
    case INSTRUCTION.updateWithdrawalDelay:
      return { kind: 'updateWithdrawalDelay', hours: fields.integer('withdrawalDelayHours') };
    case INSTRUCTION.saveAddress:
      return {
        kind: 'saveAddress',
        blockchain: fields.text('blockchain'),
        address: fields.text('address'),
        name: fields.optionalText('name') ?? '',
      };
    case INSTRUCTION.removeAddress:
      return { kind: 'removeAddress', addressId: fields.integer('addressId') };
    case INSTRUCTION.setAddressBook:
      return { kind: 'setAddressBook', enabled: enabled(fields) };
    case INSTRUCTION.enableTwoFactor:
      return { kind: 'enableTwoFactor' };
    case INSTRUCTION.disableTwoFactor:
      return { kind: 'disableTwoFactor' };
    case INSTRUCTION.confirmTwoFactor:
      return {
        kind: 'confirmTwoFactor',
        accountId: fields.integer('accountId'),
        signature: signatureText(fields),
        step: fields.integer('step'),
      };
    case INSTRUCTION.vaultMint:
      return {
        kind: 'vaultMint',
        vaultId: fields.integer('vaultId'),
        symbol: fields.text('symbol'),
        quantity: fields.decimal('quantity'),
        autoBorrow: fields.optionalBoolean('autoBorrow'),
        autoLendRedeem: fields.optionalBoolean('autoLendRedeem'),
      };
    case INSTRUCTION.vaultRedeem:
      return {
        kind: 'vaultRedeem',
        vaultId: fields.integer('vaultId'),
        tokenQuantity: fields.optionalDecimal('vaultTokenQuantity'),
      };
    case INSTRUCTION.vaultRedeemCancel:
      return { kind: 'vaultRedeemCancel', vaultId: fields.integer('vaultId') };
    default:
      return rfqCommandOf(instruction, fields);
  }
}

export function decodeRare(instruction: string, pairs: ReadonlyMap<string, string>): Command | MalformedCommand {
  try {
    const command = commandOf(instruction, new Fields(pairs));
    return command ?? { malformed: 'unknown instruction', field: 'instruction' };
  } catch (problem) {
    if (problem instanceof FieldProblem) return { malformed: problem.problem, field: problem.field };
    throw problem;
  }
}
