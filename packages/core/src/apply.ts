// The exchange in one function: the next request in, events out, nothing else touched. Never asks the clock, never waits.
import { type Command, type Emit, REQUEST_KIND, type Request, type Sequenced } from '@glasshouse/protocol';
import { assert, unreachable } from '@glasshouse/units';
import { addKey, createAccount, createSubaccount, revokeKey, transfer, updateAccount } from './admin/accounts.js';
import { ConfigurationReader } from './admin/configuration/index.js';
import { creditDeposit } from './admin/funding.js';
import { applyGenesis } from './admin/genesis.js';
import { approve, propose } from './admin/operators.js';
import { cancelWithdrawal, confirmWithdrawal, requestWithdrawal } from './admin/withdrawals.js';
import { authenticate } from './authenticate.js';
import { runTimers, timersBegin } from './clock/timers.js';
import { sampleInvariants } from './invariants/sample.js';
import { borrowLend } from './lending/borrow-lend.js';
import { lendIdle } from './lending/idle.js';
import { announcePools } from './lending/views.js';
import { enrolBackstop, leaveBackstop } from './liquidation/backstop/enrolment.js';
import { acceptNegativeBalance } from './liquidation/negative-balance.js';
import { cancelAllOrders, cancelOrder, reduceOrder } from './orders/cancel.js';
import { convertDust } from './orders/dust.js';
import { announceBalances, announceLevels, announcePositions } from './orders/events.js';
import { placeOrders } from './orders/place.js';
import { settleTriggers } from './orders/triggers/settle.js';
import { settleReduced } from './perps/settle-cash.js';
import { reportPrices } from './prices/report.js';
import { acceptQuote } from './rfq/accept.js';
import { submitQuote } from './rfq/quote.js';
import { cancelRfq, refreshRfq, submitRfq } from './rfq/request.js';
import { removeAddress, saveAddress, setAddressBook } from './security/address-book.js';
import { createWithdrawalDelay, updateWithdrawalDelay } from './security/delay.js';
import { confirmTwoFactor, disableTwoFactor, enableTwoFactor } from './security/second-factor.js';
import type { State } from './state/state.js';
import { muteTexts } from './state/texts.js';
import { cancelAllStrategies, cancelStrategy } from './strategies/cancel.js';
import { createStrategy } from './strategies/create.js';
import { settleStrategies } from './strategies/run.js';

type Guard = Extract<
  Command,
  {
    readonly kind:
      | 'cancelWithdrawal'
      | 'createWithdrawalDelay'
      | 'updateWithdrawalDelay'
      | 'saveAddress'
      | 'removeAddress'
      | 'setAddressBook'
      | 'enableTwoFactor'
      | 'disableTwoFactor'
      | 'confirmTwoFactor';
  }
>;

/** What guards withdrawals. */
function executeGuard(state: State, command: Guard): void {
  switch (command.kind) {
    case 'cancelWithdrawal':
      return cancelWithdrawal(state, command);
    case 'createWithdrawalDelay':
      return createWithdrawalDelay(state, command);
    case 'updateWithdrawalDelay':
      return updateWithdrawalDelay(state, command);
    case 'saveAddress':
      return saveAddress(state, command);
    case 'removeAddress':
      return removeAddress(state, command);
    case 'setAddressBook':
      return setAddressBook(state, command);
    case 'enableTwoFactor':
      return enableTwoFactor(state);
    case 'disableTwoFactor':
      return disableTwoFactor(state);
    case 'confirmTwoFactor':
      return confirmTwoFactor(state, command);
    default:
      return unreachable(command);
  }
}

import { mintTokens } from './vaults/mint.js';
import { cancelRedeem, requestRedeem } from './vaults/redeem.js';

function execute(state: State, command: Command): void {
  switch (command.kind) {
    case 'placeOrders':
      return placeOrders(state, command);
    case 'cancelOrder':
      return cancelOrder(state, command);
    case 'cancelAllOrders':
      return cancelAllOrders(state, command);
    case 'reduceOrder':
      return reduceOrder(state, command);
    case 'updateAccount':
      return updateAccount(state, command);
    case 'createAccount':
      return createAccount(state, command);
    case 'createSubaccount':
      return createSubaccount(state, command);
    case 'transfer':
      return transfer(state, command);
    case 'addKey':
      return addKey(state, command);
    case 'revokeKey':
      return revokeKey(state, command);
    case 'borrowLend':
      return borrowLend(state, command);
    case 'enrolBackstop':
      return enrolBackstop(state, command);
    case 'leaveBackstop':
      return leaveBackstop(state);
    case 'acceptNegativeBalance':
      return acceptNegativeBalance(state, command);
    case 'reportPrices':
      return reportPrices(state, command);
    case 'creditDeposit':
      return creditDeposit(state, command);
    case 'requestWithdrawal':
      return requestWithdrawal(state, command);
    case 'confirmWithdrawal':
      return confirmWithdrawal(state, command);
    case 'propose':
      return propose(state, command);
    case 'approve':
      return approve(state, command);
    case 'createStrategy':
      return createStrategy(state, command);
    case 'cancelStrategy':
      return cancelStrategy(state, command);
    case 'cancelAllStrategies':
      return cancelAllStrategies(state, command);
    case 'vaultMint':
      return mintTokens(state, command);
    case 'vaultRedeem':
      return requestRedeem(state, command);
    case 'vaultRedeemCancel':
      return cancelRedeem(state, command);
    case 'submitRfq':
      return submitRfq(state, command);
    case 'cancelRfq':
      return cancelRfq(state, command);
    case 'acceptQuote':
      return acceptQuote(state, command);
    case 'refreshRfq':
      return refreshRfq(state, command);
    case 'submitQuote':
      return submitQuote(state, command);
    case 'convertDust':
      return convertDust(state, command);
    default:
      return executeGuard(state, command);
  }
}

function payloadText({ bytes, payloadStart, payloadEnd }: Request): string {
  let text = '';
  for (let index = payloadStart; index < payloadEnd; index += 1) text += String.fromCharCode(bytes[index] as number);
  return text;
}

function perform(state: State, request: Request): void {
  switch (request.kind) {
    case REQUEST_KIND.tick:
      return;
    case REQUEST_KIND.genesis:
      assert(state.scope.seq === 0, 'genesis is the first request', { seq: state.scope.seq });
      return applyGenesis(state, ConfigurationReader.parse(payloadText(request), 'genesis'));
    case REQUEST_KIND.signed: {
      state.scope.request = request;
      const command = authenticate(state, request);
      if (command !== undefined) execute(state, command);
      return;
    }
  }
}

/**
 * Applies the next request. A caller's mistake is a `rejected` event and changes nothing but the memory of its signature.
 * Throws InvariantViolation when a rule of the house is broken, after which the state must not be used; ConfigurationProblem
 * for a genesis that cannot open. Without `emit` no events are made; the state is the same.
 */
export function apply(state: State, sequenced: Sequenced, emit: Emit | undefined): void {
  const { seq, timeUs, request } = sequenced;
  if (seq !== state.nextSeq || timeUs < state.timeUs) {
    assert(false, 'requests come in order', { seq, expected: state.nextSeq, timeUs, notBefore: state.timeUs });
  }
  state.scope.begin(seq, timeUs, emit);
  muteTexts(emit === undefined);
  if (timeUs !== state.timeUs || timersBegin(state)) {
    state.timeUs = timeUs;
    runTimers(state);
  }
  perform(state, request);
  settleTriggers(state);
  settleStrategies(state);
  settleReduced(state);
  lendIdle(state);
  announceLevels(state);
  announcePositions(state);
  announceBalances(state);
  announcePools(state);
  state.nextSeq = (seq + 1) as typeof seq;
  sampleInvariants(state);
}
