// Nasdaq's recorded orders through the real core: every addition, cancel and execution as a signed request.
import { SIDE } from '@glasshouse/protocol';
import type { Grid } from '../grid.js';
import { Holdings } from '../holdings.js';
import type { FlowAccount, FlowVenue } from '../venue.js';
import { type LobsterMessage, MESSAGE_TYPE } from './messages.js';
import type { OpeningOrder } from './opening-orders.js';

export type LobsterCounts = {
  added: number;
  cancelsOfKnownIds: number;
  cancelsOfUnknownIds: number;
  hiddenExecutions: number;
  visibleExecutions: number;
  /** The aggressor filled whole at the recorded price, which was the best. */
  executionsAtBestPrice: number;
  /** And what it filled was the order that the record names. */
  executionsHittingTheHead: number;
  other: number;
};

export class LobsterReplay {
  readonly counts: LobsterCounts = {
    added: 0,
    cancelsOfKnownIds: 0,
    cancelsOfUnknownIds: 0,
    hiddenExecutions: 0,
    visibleExecutions: 0,
    executionsAtBestPrice: 0,
    executionsHittingTheHead: 0,
    other: 0,
  };
  readonly #holdings = new Holdings();
  /** Two traders, so that no order ever meets its owner's own. */
  readonly #bidder: FlowAccount;
  readonly #asker: FlowAccount;

  constructor(
    private readonly venue: FlowVenue,
    private readonly grid: Grid,
  ) {
    this.#bidder = venue.addAccount('bidder', ['quote']);
    this.#asker = venue.addAccount('asker', ['base']);
  }

  rest(order: OpeningOrder): void {
    const lots = this.grid.lots(order.sizeUnits);
    const limit = { side: order.side, ticks: this.grid.ticks(order.priceUnits), lots };
    const [orderId] = this.venue.place(this.#owner(order.side), limit).orderIds;
    if (orderId !== undefined) this.#holdings.add(order.orderId, orderId, lots);
  }

  feed(message: LobsterMessage): void {
    const { counts } = this;
    switch (message.type) {
      case MESSAGE_TYPE.added:
        counts.added += 1;
        return this.rest(message);
      case MESSAGE_TYPE.reduced:
        return this.#cancel(message, this.grid.lots(message.sizeUnits));
      case MESSAGE_TYPE.deleted:
        return this.#cancel(message, this.#holdings.lots(message.orderId));
      case MESSAGE_TYPE.executed:
        return this.#execute(message);
      case MESSAGE_TYPE.executedHidden:
        counts.hiddenExecutions += 1;
        return;
      default:
        counts.other += 1;
    }
  }

  #owner(side: number): FlowAccount {
    return side === SIDE.bid ? this.#bidder : this.#asker;
  }

  #cancel({ orderId, side }: LobsterMessage, lots: number): void {
    if (!this.#holdings.has(orderId)) {
      this.counts.cancelsOfUnknownIds += 1;
      return;
    }
    this.counts.cancelsOfKnownIds += 1;
    for (const piece of this.#holdings.take(orderId, lots)) {
      this.venue.shrink(this.#owner(side), piece.orderId, piece.lots);
    }
  }

  /** The aggressor whose order the record does not show: it takes exactly what was executed. */
  #execute({ orderId, side, priceUnits, sizeUnits }: LobsterMessage): void {
    const ticks = this.grid.ticks(priceUnits);
    const lots = this.grid.lots(sizeUnits);
    const opposite = side === SIDE.bid ? SIDE.ask : SIDE.bid;
    const { fills } = this.venue.place(this.#owner(opposite), { side: opposite, ticks, lots, timeInForce: 'IOC' });
    let filled = 0;
    let displaced = 0;
    for (const fill of fills) {
      if (fill.ticks === ticks) filled += fill.lots;
      displaced += this.#holdings.fill(orderId, fill.makerOrderId, fill.lots);
    }
    this.counts.visibleExecutions += 1;
    if (filled === lots) this.counts.executionsAtBestPrice += 1;
    if (displaced === 0) this.counts.executionsHittingTheHead += 1;
  }
}
