import { type Event, ORDER_STATUS } from '@glasshouse/protocol';

const ENDS: Readonly<Record<number, string>> = {
  [ORDER_STATUS.cancelled]: 'cancelled',
  [ORDER_STATUS.expired]: 'expired',
};

/** An event's kind, with what tells two of a kind apart. */
export function nameOf(event: Event): string {
  switch (event.kind) {
    case 'cashSettled':
    case 'orderExpired':
      return `${event.kind} ${event.reason}`;
    case 'borrowLendChanged':
      return `${event.kind} ${event.change} ${event.source}`;
    case 'interestPosted':
      return `${event.kind} ${event.source}`;
    case 'triggerOrderChanged':
      return `${event.kind} ${event.order.status}`;
    case 'quoteClosed':
      return event.reason === undefined ? event.kind : `${event.kind} ${event.reason}`;
    case 'rfqClosed':
      return [event.kind, ENDS[event.rfq.status], event.reason].filter((word) => word !== undefined).join(' ');
    default:
      return event.kind;
  }
}

/** What a venue with margin can do that one without cannot. */
export const WITH_MARGIN = [
  'assetChanged',
  'assetPriceChanged',
  'borrowLendChanged borrow manual',
  'borrowLendChanged borrow order',
  'borrowLendChanged borrow settlement',
  'borrowLendChanged lend autoLend',
  'borrowLendChanged lend manual',
  'borrowLendChanged lend settlement',
  'borrowLendChanged redeem manual',
  'borrowLendChanged redeem order',
  'borrowLendChanged redeem settlement',
  'borrowLendChanged redeem withdrawal',
  'borrowLendChanged repay autoRepay',
  'borrowLendChanged repay manual',
  'borrowLendChanged repay settlement',
  'cashSettled accountLimit',
  'cashSettled autoRealizePnl',
  'cashSettled positionReduced',
  'fundingPaid',
  'fundingRateSet',
  'interestPosted borrow',
  'interestPosted lend',
  'interestPosted unsettledPnl',
  'orderExpired InsufficientMargin',
  'orderExpired PriceOutOfBounds',
  'orderExpired ReduceOnlyNotReduced',
  'perpPriceChanged',
  'pnlSettled',
  'poolChanged',
  'positionChanged',
  'positionOpened',
  'referralPaid',
  'triggerOrderAccepted',
  'triggerOrderChanged cancelled',
  'triggerOrderChanged triggered',
];
