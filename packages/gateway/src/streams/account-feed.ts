// An account's own orders and balances. Frames leave in the order of the events, which puts an order before the balances it moved.
import type { Event, FillView, OrderView } from '@glasshouse/protocol';
import type { Catalogue } from '../exchange/catalogue.js';
import { assetQuantity, type Listing } from '../exchange/listing.js';
import { type Channels, channelKey } from './channels.js';
import { balanceUpdateFrame, type FillFields, type OrderChange, orderUpdateFrame, type Times } from './frames.js';

const ALL_MARKETS = 'account.orderUpdate';
const BALANCES = 'account.balanceUpdate';

export class AccountFeed {
  constructor(
    private readonly channels: Channels,
    private readonly catalogue: Catalogue,
  ) {}

  observe(event: Event, times: Times): void {
    if (event.kind === 'balanceChanged') {
      const asset = this.catalogue.asset(event.balance.assetId);
      const channel = this.channels.find(channelKey(BALANCES, event.balance.accountId));
      if (asset !== undefined) channel?.publish(balanceUpdateFrame(asset, event.balance, times));
      return;
    }
    const change = this.changeOf(event);
    if (change !== undefined) this.publish(change, times);
  }

  private changeOf(event: Event): OrderChange | undefined {
    switch (event.kind) {
      case 'orderAccepted':
        return { event: 'orderAccepted', order: event.order };
      case 'orderCancelled':
        return { event: 'orderCancelled', order: event.order };
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

  private publish(change: OrderChange, times: Times): void {
    const { accountId, marketId } = change.order;
    const listing: Listing | undefined = this.catalogue.listing(marketId);
    if (listing === undefined) return;
    const all = this.channels.find(channelKey(ALL_MARKETS, accountId));
    const one = this.channels.find(channelKey(`${ALL_MARKETS}.${listing.market.symbol}`, accountId));
    if (all === undefined && one === undefined) return;
    const data = orderUpdateFrame(listing, change, times);
    all?.publish(data);
    one?.publish(data);
  }
}
