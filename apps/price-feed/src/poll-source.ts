// A venue's REST ticker as a source: each pair is asked in turn; trouble makes it slower, never end.
import { setTimeout as sleep } from 'node:timers/promises';
import { Backoff } from '@glasshouse/client';
import { boundedText } from './bounded-text.js';
import type { Log, Pair, Quote, Source } from './quote.js';
import { QuoteBoard } from './quote-board.js';
import { TroubleLog } from './trouble-log.js';
import type { PolledVenue } from './venue/bitstamp.js';

export type PollSourceOptions = {
  readonly venue: PolledVenue;
  readonly pairs: readonly Pair[];
  readonly log: Log;
  readonly url?: string | undefined;
  /** From one round over all pairs to the next. */
  readonly everyMs?: number | undefined;
  readonly timeoutMs?: number | undefined;
  readonly maxBytes?: number | undefined;
  readonly backoff?: { readonly firstMs: number; readonly maxMs: number } | undefined;
};

const EVERY_MS = 2_000;
const TIMEOUT_MS = 5_000;
const MAX_BYTES = 65_536;
const BACKOFF = { firstMs: 1_000, maxMs: 60_000 };

export class PollSource implements Source {
  readonly kind = 'live';
  private readonly board: QuoteBoard;
  private readonly trouble: TroubleLog;
  private readonly backoff: Backoff;
  private end = new AbortController();

  constructor(private readonly options: PollSourceOptions) {
    this.board = new QuoteBoard(options.pairs);
    this.trouble = new TroubleLog(options.log);
    this.backoff = new Backoff(options.backoff ?? BACKOFF);
  }

  get name(): string {
    return this.options.venue.name;
  }

  readonly start = (): void => {
    this.end = new AbortController();
    void this.run(this.end.signal);
  };

  readonly stop = (): void => this.end.abort();

  readonly quotes = (nowMs: number): readonly Quote[] => this.board.quotes(nowMs);

  private async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const failed = await this.round(signal);
      if (!failed) this.backoff.reset();
      const pauseMs = failed ? this.backoff.nextDelayMs() : (this.options.everyMs ?? EVERY_MS);
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** True when the venue answered nothing of use: one strange pair must not slow the others. */
  private async round(signal: AbortSignal): Promise<boolean> {
    let good = 0;
    for (const pair of this.options.pairs) if (await this.ask(pair, signal)) good += 1;
    return good === 0;
  }

  private async ask(pair: Pair, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    try {
      const tick = this.options.venue.read(pair.name, await this.answer(pair, signal));
      if (tick === undefined) throw new TypeError(`${pair.name}: the answer is no ticker`);
      return this.board.take(tick, Date.now());
    } catch (error) {
      if (!signal.aborted) this.trouble.report(this.name, error);
      return false;
    }
  }

  private async answer({ name }: Pair, signal: AbortSignal): Promise<string> {
    const { venue, url = venue.url, timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES } = this.options;
    const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const response = await fetch(url + venue.path(name), { signal: limit, redirect: 'error' });
    const text = await boundedText(response, maxBytes);
    if (!response.ok) throw new Error(`${name}: HTTP ${response.status}`);
    return text;
  }
}
