import type { Event } from '@glasshouse/protocol';

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
