// Outside venues → signed price requests: each second what every source quotes, in dollars, one request for each source.
import type { ExchangeClient } from '@glasshouse/client';
import { dollarRates, inDollars } from './dollars.js';
import type { Log, Quote, Source } from './quote.js';
import { Reporter } from './reporter.js';
import { TroubleLog } from './trouble-log.js';

export type FeedOptions = {
  readonly sources: readonly Source[];
  /** Signs with the feed's key. Without it nothing is reported. */
  readonly client?: Pick<ExchangeClient, 'reportPrices'> | undefined;
  readonly log: Log;
  readonly intervalMs?: number | undefined;
  /** Hears each round. */
  readonly onRound?: ((round: Round) => void) | undefined;
};

export type SourceQuote = { readonly quoted: Quote; readonly dollars: Quote | undefined };
export type SourceRound = { readonly source: Source; readonly quotes: readonly SourceQuote[] };
export type Round = { readonly timeMs: number; readonly sources: readonly SourceRound[] };

export type Feed = { readonly stop: () => Promise<void> };

const INTERVAL_MS = 1_000;

/** What all sources quote at this moment, and what that is in dollars. */
export function roundOf(sources: readonly Source[], timeMs: number): Round {
  const heard = sources.map((source) => ({ source, quotes: source.quotes(timeMs) }));
  const rates = dollarRates(heard.flatMap(({ quotes }) => quotes));
  const withDollars = (quoted: Quote): SourceQuote => ({ quoted, dollars: inDollars(quoted, rates) });
  return { timeMs, sources: heard.map(({ source, quotes }) => ({ source, quotes: quotes.map(withDollars) })) };
}

class RunningFeed implements Feed {
  private readonly reporters: ReadonlyMap<Source, Reporter>;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly options: FeedOptions) {
    const { client, log, sources, intervalMs = INTERVAL_MS } = options;
    const trouble = new TroubleLog(log);
    const reporters = client === undefined ? [] : sources.map((source) => [source, client] as const);
    this.reporters = new Map(reporters.map(([source, to]) => [source, new Reporter(source.name, to, log, trouble)]));
    for (const source of sources) source.start();
    this.timer = setInterval(() => this.turn(), intervalMs);
    this.turn();
  }

  readonly stop = async (): Promise<void> => {
    clearInterval(this.timer);
    for (const source of this.options.sources) source.stop();
    for (const reporter of this.reporters.values()) await reporter.idle();
  };

  private turn(): void {
    const round = roundOf(this.options.sources, Date.now());
    this.options.onRound?.(round);
    for (const { source, quotes } of round.sources) {
      const dollars = quotes.flatMap((quote) => quote.dollars ?? []);
      if (dollars.length > 0) this.reporters.get(source)?.report(dollars, round.timeMs);
    }
  }
}

export function startFeed(options: FeedOptions): Feed {
  return new RunningFeed(options);
}
