// Commands as clients sign them, made by playing them once: what is cancelled was open, what crosses had a counterpart.
import { depthView } from '@glasshouse/core';
import type { Event } from '@glasshouse/protocol';
import { formatDecimal } from '@glasshouse/units';
import { Feeder, keyIdOf } from './feeder.js';
import { LiveOrders } from './live-orders.js';
import type { Batch } from './log.js';
import { BENCH_MARKETS, type BenchMarket } from './venue.js';

export type WorkloadOptions = {
  readonly commands: number;
  readonly accounts: number;
  /** Open orders that the mix keeps, about. */
  readonly resting: number;
  readonly seed: number;
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
const FUNDS = { USDC: '1000000', BTC: '1000', ETH: '10000', SOL: '100000' } as const;

class WorkloadMaker {
  events: Record<string, number> = {};
  readonly #feeder: Feeder;
  readonly #live = new LiveOrders();

  constructor(private readonly options: WorkloadOptions) {
    this.#feeder = new Feeder({ seed: options.seed, keeps: true, observe: (event) => this.#observe(event) });
  }

  setup(): readonly Batch[] {
    for (let accountId = 1; accountId <= this.options.accounts; accountId += 1)
      this.#feeder.openAccount(accountId, FUNDS);
    while (this.#live.count < this.options.resting && this.#feeder.rejects === 0) this.#rest();
    if (this.#feeder.rejects > 0) throw new Error('the setup was not accepted whole');
    return this.#feeder.takeBatches();
  }

  commands(): readonly Batch[] {
    this.events = {};
    for (let count = 0; count < this.options.commands; count += 1) {
      if (this.#feeder.random.fraction() < TAKER_SHARE) this.#take();
      else if (this.#live.count > this.options.resting) this.#cancel();
      else this.#rest();
    }
    return this.#feeder.takeBatches();
  }

  #rest(): void {
    const { random } = this.#feeder;
    const { market, bid, ask } = this.#drawMarket();
    const buys = random.fraction() < 0.5;
    const distance = 1 + random.geometric(MEAN_DISTANCE_TICKS);
    this.#order(market, buys, buys ? ask - distance : bid + distance, 'GTC');
  }

  #take(): void {
    const { random } = this.#feeder;
    const { market, bid, ask } = this.#drawMarket();
    const buys = random.fraction() < 0.5;
    const reach = random.geometric(MEAN_REACH_TICKS);
    this.#order(market, buys, buys ? ask + reach : bid - reach, 'IOC');
  }

  #cancel(): void {
    const { orderId, accountId, marketId } = this.#live.draw(this.#feeder.random);
    const { symbol } = BENCH_MARKETS[marketId - 1]!;
    this.#feeder.signed(keyIdOf(accountId), `instruction=orderCancel&orderId=${orderId}&symbol=${symbol}`);
  }

  #order(market: BenchMarket, buys: boolean, ticks: number, timeInForce: string): void {
    const { random } = this.#feeder;
    const accountId = 1 + random.below(this.options.accounts);
    const price = formatDecimal(ticks, market.tickScale);
    const quantity = formatDecimal(1 + random.geometric(market.meanLots), market.stepScale);
    const side = buys ? 'Bid' : 'Ask';
    const text = `orderType=Limit&price=${price}&quantity=${quantity}&side=${side}&symbol=${market.symbol}&timeInForce=${timeInForce}`;
    this.#feeder.signed(keyIdOf(accountId), `instruction=orderExecute&${text}`);
  }

  #drawMarket(): { market: BenchMarket; bid: number; ask: number } {
    const place = this.#feeder.random.below(BENCH_MARKETS.length);
    const market = BENCH_MARKETS[place]!;
    const depth = depthView(this.#feeder.state, place + 1, 1);
    const bid = depth?.bids[0]?.[0] ?? market.startTicks - 1;
    const ask = depth?.asks[0]?.[0] ?? market.startTicks + 1;
    return { market, bid, ask };
  }

  #observe(event: Event): void {
    this.events[event.kind] = (this.events[event.kind] ?? 0) + 1;
    this.#live.observe(event);
  }
}

export function makeWorkload(options: WorkloadOptions): Workload {
  const maker = new WorkloadMaker(options);
  const setup = maker.setup();
  const batches = maker.commands();
  return { setup, batches, commands: options.commands, events: maker.events };
}
