import { MAX_BATCH_ORDERS, SIDE } from '@glasshouse/protocol';
import { venueChecks, venueFigures } from '../closing.js';
import { type Grid, GridFinder } from '../grid.js';
import { equalCheck, type FlowReport, noneCheck, shareCheck } from '../report.js';
import type { LimitOrder } from '../request-text.js';
import { type FlowOptions, FlowRun } from '../run.js';
import { type FlowAccount, FlowVenue } from '../venue.js';
import type { Pair } from '../venue-genesis.js';
import { type BookChange, DepthSequence, TickerIndex } from './depth-sequence.js';
import { type BinanceCapture, type BinanceEvent, type FlatLevels, readBinanceCapture, type Ticker } from './events.js';
import { LevelMaker } from './level-maker.js';
import { RecordedBook, targetsOf } from './recorded-book.js';

/** Two streams of one exchange, captured apart: a ticker in ten thousand disagrees with the depth stream itself. */
const LEAST_TICKERS_EQUAL = 0.999;
/** Whole books are compared every so many updates, best levels after each. */
const UPDATES_PER_WHOLE_COMPARISON = 500;
const ALL_LEVELS = Number.MAX_SAFE_INTEGER;
const QUOTES = /^(.+?)(USDT|USDC|BUSD|USD)(?:_PERP)?$/;

export function pairOf(symbol: string): Pair {
  const match = QUOTES.exec(symbol);
  return match === null ? { base: 'BASE', quote: 'QUOTE' } : { base: match[1] as string, quote: match[2] as string };
}

export function gridFinderOf(events: readonly BinanceEvent[]): GridFinder {
  const finder = new GridFinder();
  const see = (levels: FlatLevels) => {
    for (let cell = 0; cell < levels.length; cell += 2) finder.see(levels[cell] as number, levels[cell + 1] as number);
  };
  for (const event of events) {
    if (event.kind === 'ticker') continue;
    see(event.bids);
    see(event.asks);
  }
  return finder;
}

class BinanceFlow {
  readonly #sequence = new DepthSequence();
  readonly #recorded = new RecordedBook();
  readonly #maker: LevelMaker;
  readonly #account: FlowAccount;
  readonly #tickers: TickerIndex;
  #updates = 0;
  #levelChanges = 0;
  #comparisons = 0;
  #comparisonsEqual = 0;
  #tickersCompared = 0;
  #tickersEqual = 0;

  constructor(
    private readonly venue: FlowVenue,
    private readonly grid: Grid,
    private readonly capture: BinanceCapture,
  ) {
    this.#maker = new LevelMaker(grid.maxOrderLots);
    this.#account = venue.addAccount('maker', ['base', 'quote']);
    this.#tickers = new TickerIndex(capture.events.filter((event) => event.kind === 'ticker'));
  }

  feed(event: BinanceEvent): void {
    for (const change of this.#sequence.changesOf(event)) this.#apply(change);
  }

  #apply(change: BookChange): void {
    const targets = targetsOf(change, this.grid);
    this.venue.moveTo(change.timeUs);
    this.#recorded.apply(targets);
    for (const shrink of this.#maker.shrinks(targets)) this.venue.shrink(this.#account, shrink.orderId, shrink.lots);
    this.#place(this.#maker.additions(targets));
    this.#updates += 1;
    this.#levelChanges += targets.length;
    this.#compare(change);
  }

  #place(additions: readonly LimitOrder[]): void {
    for (let start = 0; start < additions.length; start += MAX_BATCH_ORDERS) {
      const batch = additions.slice(start, start + MAX_BATCH_ORDERS);
      const { orderIds } = this.venue.placeAll(this.#account, batch);
      // A rejected element leaves no id behind: which ones rest is then unknown, and the comparison will say so.
      if (orderIds.length !== batch.length) continue;
      for (const [index, order] of batch.entries()) this.#maker.rested(order, orderIds[index] as number);
    }
  }

  #compare(change: BookChange): void {
    const whole = this.#updates % UPDATES_PER_WHOLE_COMPARISON === 0;
    if (whole) this.compareWhole();
    const ticker = this.#tickers.upTo(change.lastId);
    if (!change.live || ticker === undefined) return;
    this.#tickersCompared += 1;
    if (this.#bestEquals(ticker)) this.#tickersEqual += 1;
  }

  compareWhole(): void {
    const depth = this.venue.depth(ALL_LEVELS);
    this.#comparisons += 1;
    if (this.#recorded.equals(SIDE.bid, depth.bids) && this.#recorded.equals(SIDE.ask, depth.asks))
      this.#comparisonsEqual += 1;
  }

  #bestEquals({ bid, ask }: Ticker): boolean {
    const { bids, asks } = this.venue.depth(1);
    const same = (level: readonly [number, number] | undefined, [priceUnits = 0, sizeUnits = 0]: FlatLevels) =>
      level?.[0] === this.grid.ticks(priceUnits) && level[1] === this.grid.lots(sizeUnits);
    return same(bids[0], bid) && same(asks[0], ask);
  }

  report(run: FlowRun, dust: number): FlowReport {
    const { symbol, events, trades } = this.capture;
    return {
      title: `Binance ${symbol}`,
      figures: {
        'depth updates': events.filter(({ kind }) => kind === 'depth').length,
        'book tickers': events.filter(({ kind }) => kind === 'ticker').length,
        trades,
        'level changes': this.#levelChanges,
        'level changes per second': run.perSecond(this.#levelChanges),
        'sizes rounded to the step': dust,
        'bid levels at the end': this.#recorded.levelCount(SIDE.bid),
        'ask levels at the end': this.#recorded.levelCount(SIDE.ask),
        ...venueFigures(this.venue, run, this.#updates, 'book updates'),
      },
      checks: [
        noneCheck('gaps', this.#sequence.gaps, 'gaps in the update ids'),
        equalCheck('books', this.#comparisonsEqual, this.#comparisons, 'whole books equal to the feed'),
        shareCheck(
          'tickers',
          this.#tickersEqual,
          this.#tickersCompared,
          LEAST_TICKERS_EQUAL,
          'best prices and sizes equal to bookTicker',
        ),
        ...venueChecks(this.venue),
      ],
    };
  }
}

export async function runBinance(files: readonly string[], options: FlowOptions): Promise<FlowReport> {
  const capture = await readBinanceCapture(files);
  const finder = gridFinderOf(capture.events);
  const grid = finder.grid();
  const run = await FlowRun.open(options);
  try {
    const startUs = capture.events.find((event) => event.kind === 'snapshot')?.timeUs ?? 0;
    const venue = new FlowVenue({ pair: pairOf(capture.symbol), grid, startUs, sign: run.sign, log: run.log });
    const flow = new BinanceFlow(venue, grid, capture);
    await run.feed('events', capture.events, (event) => flow.feed(event));
    flow.compareWhole();
    return flow.report(run, finder.dust);
  } finally {
    await run.close();
  }
}
