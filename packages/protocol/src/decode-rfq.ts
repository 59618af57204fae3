// Requests for quotes, quotes, and the conversion of dust.
import type { CancelRfq, Command, LendingWishes, SubmitRfq } from './commands.js';
import { INSTRUCTION } from './commands.js';
import { FieldProblem, type Fields } from './fields.js';
import { RFQ_MODE } from './vocabulary.js';

function modeOf(fields: Fields): SubmitRfq['mode'] {
  const mode = fields.optionalText('executionMode');
  if (mode === undefined || mode === 'AwaitAccept') return RFQ_MODE.awaitAccept;
  if (mode === 'Immediate') return RFQ_MODE.immediate;
  throw new FieldProblem('executionMode', 'not AwaitAccept or Immediate');
}

function lendingWishes(fields: Fields): LendingWishes {
  return {
    autoBorrow: fields.optionalBoolean('autoBorrow'),
    autoBorrowRepay: fields.optionalBoolean('autoBorrowRepay'),
    autoLend: fields.optionalBoolean('autoLend'),
    autoLendRedeem: fields.optionalBoolean('autoLendRedeem'),
  };
}

/** By its id, by its owner's, or by both. */
function namedRequest(fields: Fields): Pick<CancelRfq, 'rfqId' | 'clientId'> {
  const named = { rfqId: fields.optionalInteger('rfqId'), clientId: fields.clientId() };
  if (named.rfqId < 0 && named.clientId < 0) throw new FieldProblem('rfqId', 'give rfqId or clientId');
  return named;
}

export function rfqCommandOf(instruction: string, fields: Fields): Command | undefined {
  switch (instruction) {
    case INSTRUCTION.submitRfq:
      return {
        kind: 'submitRfq',
        symbol: fields.text('symbol'),
        side: fields.side(),
        clientId: fields.clientId(),
        mode: modeOf(fields),
        quantity: fields.optionalDecimal('quantity'),
        quoteQuantity: fields.optionalDecimal('quoteQuantity'),
        price: fields.optionalDecimal('price'),
        ...lendingWishes(fields),
      };
    case INSTRUCTION.cancelRfq:
      return { kind: 'cancelRfq', ...namedRequest(fields) };
    case INSTRUCTION.acceptQuote:
      return { kind: 'acceptQuote', ...namedRequest(fields), quoteId: fields.integer('quoteId') };
    case INSTRUCTION.refreshRfq:
      return { kind: 'refreshRfq', rfqId: fields.integer('rfqId') };
    case INSTRUCTION.submitQuote:
      return {
        kind: 'submitQuote',
        rfqId: fields.integer('rfqId'),
        clientId: fields.clientId(),
        bidPrice: fields.decimal('bidPrice'),
        askPrice: fields.decimal('askPrice'),
        ...lendingWishes(fields),
      };
    case INSTRUCTION.convertDust:
      return { kind: 'convertDust', symbol: fields.optionalText('symbol') ?? '' };
    default:
      return undefined;
  }
}
