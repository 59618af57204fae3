// Commands as clients sign them, made by playing them once: what is cancelled was open, what crosses had a counterpart.
import { apply, createState, depthView } from '@glasshouse/core';
import { type Event, genesisRequest, type Request, SIGNATURE_BYTES, signedRequest } from '@glasshouse/protocol';
import { formatDecimal, type Seq, type TimeUs } from '@glasshouse/units';
import { Random } from '../book/random.js';
import { LiveOrders } from './live-orders.js';
import { type Batch, LogWriter, REQUESTS_PER_BATCH } from './log.js';
import {
  BENCH_GENESIS,
  BENCH_MARKETS,
  type BenchMarket,
  CHAIN,
  CHAIN_KEY_ID,
  publicKeyOf,
  REGISTRAR_KEY_ID,
} from './venue.js';

export type WorkloadOptions = {
  readonly commands: number;
  readonly accounts: number;
  /** Open orders that the mix keeps, about. */
  readonly resting: number;
  readonly seed: number;
};

export type Workload = {
  /** Genesis, registration and funding: not timed. */
  readonly setup: readonly Batch[];
  readonly batches: readonly Batch[];
  readonly commands: number;
  /** What the timed part does, by event kind. */
  readonly events: Readonly<Record<string, number>>;
};

const FIRST_ACCOUNT_KEY_ID = 3;
const START_US = 1_800_000_000_000_000;
/** A batch every 2.56 ms: 100,000 commands a second of sequenced time. */
const US_PER_COMMAND = 10;
const WINDOW_MS = 5_000;
const TAKER_SHARE = 0.12;
const FUNDS = { USDC: '1000000', BTC: '1000', ETH: '10000', SOL: '100000' } as const;

class WorkloadMaker {
  readonly #state = createState();
  readonly #random: Random;
  readonly #live = new LiveOrders();
  #writer = new LogWriter();
  #events: Record<string, number> = {};

  constructor(private readonly options: WorkloadOptions) {
    this.#random = new Random(options.seed);
  }

  setup(): readonly Batch[] {
    this.#apply(genesisRequest(Buffer.from(JSON.stringify(BENCH_GENESIS), 'latin1')));
    for (let account = 1; account <= this.options.accounts; account += 1) {
      const publicKey = encodeURIComponent(publicKeyOf(`account${account}of`));
      this.#signed(REGISTRAR_KEY_ID, `instruction=glassAccountCreate&publicKey=${publicKey}`);
      for (const [symbol, quantity] of Object.entries(FUNDS)) {
        const reference = `${symbol}${account}`;
        const text = `accountId=${account}&blockchain=${CHAIN}&quantity=${quantity}&reference=${reference}&symbol=${symbol}`;
        this.#signed(CHAIN_KEY_ID, `instruction=glassDepositCredit&${text}`);
      }
    }
    while (this.#live.count < this.options.resting) this.#rest();
    if (this.#events['rejected'] !== undefined) throw new Error('the setup was not accepted whole');
    return this.#takeBatches();
  }

  commands(): readonly Batch[] {
    this.#events = {};
    for (let count = 0; count < this.options.commands; count += 1) {
      const draw = this.#random.fraction();
      if (draw < TAKER_SHARE) this.#take();
      else if (this.#live.count > this.options.resting) this.#cancel();
      else this.#rest();
    }
    return this.#takeBatches();
  }

  get events(): Readonly<Record<string, number>> {
    return this.#events;
  }

  #takeBatches(): readonly Batch[] {
    this.#writer.flush();
    const { batches } = this.#writer;
    this.#writer = new LogWriter();
    return batches;
  }

  #rest(): void {
    const { market, bid, ask } = this.#drawMarket();
    const buys = this.#random.fraction() < 0.5;
    const distance = 1 + this.#random.geometric(30);
    this.#order(market, buys, buys ? ask - distance : bid + distance, 'GTC');
  }

  #take(): void {
    const { market, bid, ask } = this.#drawMarket();
    const buys = this.#random.fraction() < 0.5;
    const reach = this.#random.geometric(3);
    this.#order(market, buys, buys ? ask + reach : bid - reach, 'IOC');
  }

  #cancel(): void {
    const { orderId, accountId, marketId } = this.#live.draw(this.#random);
    const { symbol } = BENCH_MARKETS[marketId - 1]!;
    this.#signed(FIRST_ACCOUNT_KEY_ID + accountId - 1, `instruction=orderCancel&orderId=${orderId}&symbol=${symbol}`);
  }

  #order(market: BenchMarket, buys: boolean, ticks: number, timeInForce: string): void {
    const keyId = FIRST_ACCOUNT_KEY_ID + this.#random.below(this.options.accounts);
    const price = formatDecimal(ticks, market.tickScale);
    const quantity = formatDecimal(1 + this.#random.geometric(market.meanLots), market.stepScale);
    const side = buys ? 'Bid' : 'Ask';
    this.#signed(
      keyId,
      `instruction=orderExecute&orderType=Limit&price=${price}&quantity=${quantity}&side=${side}&symbol=${market.symbol}&timeInForce=${timeInForce}`,
    );
  }

  #drawMarket(): { market: BenchMarket; bid: number; ask: number } {
    const place = this.#random.below(BENCH_MARKETS.length);
    const market = BENCH_MARKETS[place]!;
    const depth = depthView(this.#state, place + 1, 1);
    const bid = depth?.bids[0]?.[0] ?? market.startTicks - 1;
    const ask = depth?.asks[0]?.[0] ?? market.startTicks + 1;
    return { market, bid, ask };
  }

  #signed(keyId: number, text: string): void {
    const timestampMs = Math.floor(this.#timeUs() / 1000);
    const payload = Buffer.from(`${text}&timestamp=${timestampMs}&window=${WINDOW_MS}`, 'latin1');
    this.#apply(signedRequest(keyId, this.#signature(), payload));
  }

  /** Eight random bytes: the core only asks that it has not seen them. */
  #signature(): Uint8Array {
    const signature = new Uint8Array(SIGNATURE_BYTES);
    for (let index = 0; index < 8; index += 1) signature[index] = this.#random.below(256);
    return signature;
  }

  #timeUs(): number {
    const batch = Math.floor(this.#state.nextSeq / REQUESTS_PER_BATCH);
    return START_US + batch * REQUESTS_PER_BATCH * US_PER_COMMAND;
  }

  #apply(request: Request): void {
    const seq = this.#state.nextSeq;
    const timeUs = Math.max(this.#timeUs(), this.#state.timeUs);
    if (seq % REQUESTS_PER_BATCH === 0) this.#writer.flush();
    this.#writer.add(seq, timeUs, request);
    apply(this.#state, { seq: seq as Seq, timeUs: timeUs as TimeUs, request }, (event) => this.#observe(event));
  }

  #observe(event: Event): void {
    this.#events[event.kind] = (this.#events[event.kind] ?? 0) + 1;
    this.#live.observe(event);
  }
}

export function makeWorkload(options: WorkloadOptions): Workload {
  const maker = new WorkloadMaker(options);
  const setup = maker.setup();
  const batches = maker.commands();
  return { setup, batches, commands: options.commands, events: maker.events };
}
