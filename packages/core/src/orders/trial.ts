// Whether an order would be accepted now: its own checks are asked in their order, and nothing is changed.
import type { OrderIntent } from '@glasshouse/protocol';
import { reject } from '../state/reject.js';
import type { Refusal } from '../state/scope.js';
import type { State } from '../state/state.js';
import { admit } from './admission.js';
import { ownerMayTrade, takeFeeRates } from './place.js';
import { Taker } from './taker.js';
import { admitTrigger } from './triggers/accept.js';
import { waitsForPrice } from './triggers/parameters.js';

function ask(state: State, accountId: number, intent: OrderIntent): void {
  if (state.liquidations.has(accountId)) return reject(state, 'accountLiquidating', { accountId });
  if (!ownerMayTrade(state, accountId)) return;
  const market = state.markets.bySymbol(intent.symbol);
  if (market === undefined) return reject(state, 'marketUnknown', { symbol: intent.symbol });
  if (waitsForPrice(intent)) {
    admitTrigger(state, accountId, market, intent);
    return;
  }
  const taker = new Taker();
  taker.accountId = accountId;
  takeFeeRates(state, market, taker);
  admit(state, market, intent, taker);
}

/** Why the account's order would be refused; undefined when it would be accepted. Says nothing of whether it would fill. */
export function orderRefusal(state: State, accountId: number, intent: OrderIntent): Refusal | undefined {
  const { scope } = state;
  const signer = scope.accountId;
  scope.accountId = accountId;
  scope.onBehalf = true;
  scope.refusal = undefined;
  ask(state, accountId, intent);
  const { refusal } = scope;
  scope.accountId = signer;
  scope.onBehalf = false;
  scope.refusal = undefined;
  return refusal;
}
