// An account's own orders and balances. Frames leave in the order of the events, which puts an order before the balances it moved.
import {
  type Event,
  type FillView,
  type OrderView,
  originOf,
  type RequestOrigins,
  type TriggerOrderChanged,
} from '@glasshouse/protocol';
import type { Catalogue } from '../exchange/catalogue.js';
import { assetQuantity, type Listing } from '../exchange/listing.js';
import { type Channels, channelKey } from './channels.js';
import { balanceUpdateFrame, type FillFields, type OrderChange, orderUpdateFrame, type Times } from './frames.js';
import { passedOnBy, passedOnFrame } from './passed-on.js';
import { type TriggerChange, triggerFrame } from './trigger-frames.js';

const ALL_MARKETS = 'account.orderUpdate';
const BALANCES = 'account.balanceUpdate';

export class AccountFeed {
  constructor(
    private readonly channels: Channels,
    private readonly catalogue: Catalogue,
  ) {}

  /** `origins`: of the orders of the same request. */
  observe(event: Event, times: Times, origins: RequestOrigins): void {
    if (event.kind === 'balanceChanged') {
      const asset = this.catalogue.asset(event.balance.assetId);
      const channel = this.channels.find(channelKey(BALANCES, event.balance.accountId));
      if (asset !== undefined) channel?.publish(balanceUpdateFrame(asset, event.balance, times));
      return;
    }
    const change = this.changeOf(event, origins);
    if (change !== undefined) {
      const origin = originOf(origins, change.order.orderId);
      this.publish(change.order, (listing) => orderUpdateFrame(listing, { ...change, origin }, times));
    }
    const waiting = triggerChangeOf(event, origins);
    if (waiting !== undefined) this.publish(waiting.order, (listing) => triggerFrame(listing, waiting, times));
    for (const passed of passedOnBy(event)) {
      this.publish(passed, (listing) => passedOnFrame(listing, passed, times));
    }
  }

  private changeOf(event: Event, { liquidated }: RequestOrigins): OrderChange | undefined {
    switch (event.kind) {
      case 'orderAccepted':
        return { event: 'orderAccepted', order: event.order };
      case 'orderCancelled':
        return liquidated.has(event.order.accountId)
          ? { event: 'orderCancelled', order: event.order, expiryReason: 'Liquidation' }
          : { event: 'orderCancelled', order: event.order };
      case 'orderReduced':
        return { event: 'orderModified', order: event.order };
      case 'orderExpired':
        return { event: 'orderExpired', order: event.order, expiryReason: event.reason };
      case 'orderFilled':
        return this.filled(event.order, event.fill);
      default:
        return undefined;
    }
  }

  private filled(order: OrderView, fill: FillView): OrderChange | undefined {
    const listing = this.catalogue.listing(order.marketId);
    const feeAsset = this.catalogue.asset(fill.feeAssetId);
    if (listing === undefined || feeAsset === undefined) return undefined;
    const fields: FillFields = {
      L: listing.paddedPrice(fill.priceTicks),
      N: feeAsset.symbol,
      l: listing.paddedQuantity(fill.sizeLots),
      m: fill.isMaker,
      n: assetQuantity(feeAsset, fill.feeAtoms),
      t: fill.tradeId,
    };
    return { event: 'orderFill', order, fill: fields };
  }

  /** The frame is written once, and only when somebody listens. */
  private publish(order: Whose, frame: (listing: Listing) => string): void {
    const listing: Listing | undefined = this.catalogue.listing(order.marketId);
    if (listing === undefined) return;
    const all = this.channels.find(channelKey(ALL_MARKETS, order.accountId));
    const one = this.channels.find(channelKey(`${ALL_MARKETS}.${listing.market.symbol}`, order.accountId));
    if (all === undefined && one === undefined) return;
    const data = frame(listing);
    all?.publish(data);
    one?.publish(data);
  }
}

type Whose = { readonly accountId: number; readonly marketId: number };

/** One that was triggered says nothing here: it is accepted, or fails, right after. */
const EVENT_OF_STATUS = {
  waiting: 'orderModified',
  triggered: undefined,
  cancelled: 'orderCancelled',
  expired: 'triggerFailed',
} as const satisfies Record<TriggerOrderChanged['order']['status'], TriggerChange['event'] | undefined>;

function triggerChangeOf(event: Event, { liquidated }: RequestOrigins): TriggerChange | undefined {
  if (event.kind === 'triggerOrderAccepted') return { event: 'triggerPlaced', order: event.order };
  if (event.kind !== 'triggerOrderChanged') return undefined;
  const { order } = event;
  const name = EVENT_OF_STATUS[order.status];
  const takenAway = order.status === 'cancelled' && liquidated.has(order.accountId);
  return name && { event: name, order, reason: event.reason ?? (takenAway ? 'Liquidation' : undefined) };
}
