import { reject } from '../state/reject.js';
import type { Rfq } from '../state/rfqs.js';
import type { State } from '../state/state.js';

/** The signer's open request, by its id or, when that is below 0, by client id; undefined after a reject. */
export function ownRfq(state: State, rfqId: number, clientId: number): Rfq | undefined {
  const { rfqs, scope } = state;
  const rfq = rfqId >= 0 ? rfqs.get(rfqId) : rfqs.byClientId(scope.accountId, clientId);
  if (rfq?.accountId === scope.accountId) return rfq;
  reject(state, 'rfqUnknown', rfqId >= 0 ? { rfqId: String(rfqId) } : { clientId });
  return undefined;
}
