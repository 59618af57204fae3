// Commands as clients sign them, made by playing them once: what is cancelled was open, what crosses had a counterpart.
import { depthView } from '@glasshouse/core';
import type { Event } from '@glasshouse/protocol';
import { formatDecimal } from '@glasshouse/units';
import { Feeder, type FeederOptions } from './feeder.js';
import { LiveOrders } from './live-orders.js';
import type { Batch } from './log.js';
import { type BenchMarket, type BenchVenue, SPOT_VENUE } from './venue.js';

export type WorkloadOptions = {
  readonly commands: number;
  readonly accounts: number;
  /** Open orders that the mix keeps, about. */
  readonly resting: number;
  readonly seed: number;
};

/** Where it plays, and what happens beside the orders. */
export type Scene = {
  readonly venue: BenchVenue;
  readonly feeding?: Pick<FeederOptions, 'pace' | 'timed' | 'eachSecond' | 'observe'>;
  /** After the accounts have their funds, before orders rest. */
  readonly prepare?: (feeder: Feeder) => void;
};

export type Workload = {
  /** Genesis, registration, funding and the opening orders: not timed. */
  readonly setup: readonly Batch[];
  readonly batches: readonly Batch[];
  readonly commands: number;
  /** What the timed part does, by event kind. */
  readonly events: Readonly<Record<string, number>>;
};

const TAKER_SHARE = 0.12;
const MEAN_DISTANCE_TICKS = 30;
const MEAN_REACH_TICKS = 3;

/** Plays the mix as it makes it. */
export class OrderFlow {
  events: Record<string, number> = {};
  readonly feeder: Feeder;
  readonly #live = new LiveOrders();

  constructor(
    private readonly options: Omit<WorkloadOptions, 'commands'>,
    private readonly scene: Scene,
    keeps: boolean,
  ) {
    const { venue, feeding } = scene;
    const observe = (event: Event) => this.#observe(event);
    this.feeder = new Feeder({ ...feeding, genesis: venue.genesis, seed: options.seed, keeps, observe });
  }

  setup(): void {
    const { accounts, resting } = this.options;
    for (let accountId = 1; accountId <= accounts; accountId += 1) {
      this.feeder.openAccount(accountId, this.scene.venue.funds);
    }
    this.scene.prepare?.(this.feeder);
    while (this.#live.count < resting && this.feeder.rejects === 0) this.#rest();
    if (this.feeder.rejects > 0) throw new Error('the setup was not accepted whole');
  }

  next(): void {
    if (this.feeder.random.fraction() < TAKER_SHARE) this.#take();
    else if (this.#live.count > this.options.resting) this.#cancel();
    else this.#rest();
  }

  #rest(): void {
    const { random } = this.feeder;
    const { market, bid, ask } = this.#drawMarket();
    const buys = random.fraction() < 0.5;
    const distance = 1 + random.geometric(MEAN_DISTANCE_TICKS);
    this.#order(market, buys, buys ? ask - distance : bid + distance, 'GTC');
  }

  #take(): void {
    const { random } = this.feeder;
    const { market, bid, ask } = this.#drawMarket();
    const buys = random.fraction() < 0.5;
    const reach = random.geometric(MEAN_REACH_TICKS);
    this.#order(market, buys, buys ? ask + reach : bid - reach, 'IOC');
  }

  #cancel(): void {
    const { orderId, accountId, marketId } = this.#live.draw(this.feeder.random);
    const { symbol } = this.scene.venue.markets[marketId - 1]!;
    this.feeder.signed(this.feeder.keyIdOf(accountId), `instruction=orderCancel&orderId=${orderId}&symbol=${symbol}`);
  }

  #order(market: BenchMarket, buys: boolean, ticks: number, timeInForce: string): void {
    const { random } = this.feeder;
    const accountId = 1 + random.below(this.options.accounts);
    const price = formatDecimal(ticks, market.tickScale);
    const quantity = formatDecimal(1 + random.geometric(market.meanLots), market.stepScale);
    const side = buys ? 'Bid' : 'Ask';
    const text = `orderType=Limit&price=${price}&quantity=${quantity}&side=${side}&symbol=${market.symbol}&timeInForce=${timeInForce}`;
    this.feeder.signed(this.feeder.keyIdOf(accountId), `instruction=orderExecute&${text}`);
  }

  #drawMarket(): { market: BenchMarket; bid: number; ask: number } {
    const { markets } = this.scene.venue;
    const place = this.feeder.random.below(markets.length);
    const market = markets[place]!;
    const depth = depthView(this.feeder.state, place + 1, 1);
    const bid = depth?.bids[0]?.[0] ?? market.startTicks - 1;
    const ask = depth?.asks[0]?.[0] ?? market.startTicks + 1;
    return { market, bid, ask };
  }

  #observe(event: Event): void {
    this.events[event.kind] = (this.events[event.kind] ?? 0) + 1;
    this.#live.observe(event);
    this.scene.feeding?.observe?.(event);
  }
}

const requestsIn = (batches: readonly Batch[]): number => batches.reduce((sum, { count }) => sum + count, 0);

export function makeWorkload(options: WorkloadOptions, scene: Scene = { venue: SPOT_VENUE }): Workload {
  const flow = new OrderFlow(options, scene, true);
  flow.setup();
  const setup = flow.feeder.takeBatches();
  flow.events = {};
  for (let count = 0; count < options.commands; count += 1) flow.next();
  const batches = flow.feeder.takeBatches();
  return { setup, batches, commands: requestsIn(batches), events: flow.events };
}
