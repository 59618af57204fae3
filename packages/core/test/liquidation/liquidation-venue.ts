// A venue in which accounts are liquidated when a test says that a sample has been taken.
import type { Event, EventKind } from '@glasshouse/protocol';
import { marginView } from '../../src/index.js';
import { queueDue } from '../../src/liquidation/rotation.js';
import { PricedVenue } from '../perps/priced-venue.js';

export const BTC = 'BTC_USDC_PERP';
export const SOL = 'SOL_USDC_PERP';

type Of<Kind extends EventKind> = Extract<Event, { kind: Kind }>;

export class LiquidationVenue extends PricedVenue {
  readonly events: Event[] = [];

  constructor(options: { readonly fees?: boolean; readonly checked?: boolean } = {}) {
    super(options);
    for (const price of this.state.assetPrices) price.liveSources = price.sources.length;
    this.pass(1000 - 500);
  }

  override apply(request: Parameters<PricedVenue['apply']>[0]): Event[] {
    const events = super.apply(request);
    this.events?.push(...events);
    return events;
  }

  of<Kind extends EventKind>(kind: Kind): Of<Kind>[] {
    return this.events.filter((event): event is Of<Kind> => event.kind === kind);
  }

  /** The price of a perpetual and of what it is on, then what a sample would bring about. */
  price(symbol: string, price: number): Event[] {
    this.mark(symbol, price);
    this.index(symbol.split('_')[0] ?? '', price);
    return this.sample();
  }

  sample(): Event[] {
    queueDue(this.state);
    return this.pass(1);
  }

  /** So many rounds of turns. */
  rounds(count: number): Event[] {
    const events: Event[] = [];
    for (let round = 0; round < count; round += 1) {
      for (let part = 0; part < 4; part += 1) events.push(...this.pass(250));
    }
    return events;
  }

  margin(keyId: number) {
    const view = marginView(this.state, this.accountOf(keyId));
    if (view === undefined) throw new Error('no such account');
    return view;
  }

  /** Maintenance over net equity. */
  ratio(keyId: number): number {
    const { maintenanceMarginUsd, netEquityUsd } = this.margin(keyId);
    return maintenanceMarginUsd / netEquityUsd;
  }

  /** Asks for no less than enough at these prices, all by one maker. */
  quotes(maker: number, side: 'Bid' | 'Ask', symbol: string, levels: readonly (readonly [string, string])[]): void {
    for (const [price, quantity] of levels) this.limit(maker, side, price, quantity, { symbol });
  }
}
