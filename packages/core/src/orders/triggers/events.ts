import type { ExpiryReason, RejectDetails, RejectReason, TriggerOrderView } from '@glasshouse/protocol';
import type { State } from '../../state/state.js';
import type { TriggerOrder } from '../../state/trigger-order.js';
import { triggerViewOf } from '../../state/trigger-views.js';

/** Why it waits no more, other than its owner's wish. */
export type TriggerRefusal = RejectReason | ExpiryReason;

export function announceWaiting({ scope }: State, order: TriggerOrder, index: number): void {
  scope.emit?.({ kind: 'triggerOrderAccepted', index, order: triggerViewOf(order) });
}

export function announceTrigger(
  { scope }: State,
  order: TriggerOrder,
  status: TriggerOrderView['status'],
  reason?: TriggerRefusal,
  details: RejectDetails = {},
): void {
  scope.emit?.({ kind: 'triggerOrderChanged', order: triggerViewOf(order, status), reason, details });
}
