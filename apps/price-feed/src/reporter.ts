// Reports one source: never two requests at a time, and nothing that the exchange said it does not listen to.
import { type ExchangeClient, ExchangeError } from '@glasshouse/client';
import type { Log, Quote } from './quote.js';
import { reportTexts } from './report.js';
import type { TroubleLog } from './trouble-log.js';

/** Operators may list an asset later: what was refused is tried again after this. */
const ASK_AGAIN_MS = 60_000;

function strangerIn(error: unknown): string | undefined {
  if (!(error instanceof ExchangeError) || error.code !== 'INVALID_SOURCE') return undefined;
  const symbol = error.details?.['symbol'];
  return typeof symbol === 'string' ? symbol : undefined;
}

export class Reporter {
  private readonly refusedMs = new Map<string, number>();
  private running: Promise<void> | undefined;

  constructor(
    private readonly name: string,
    private readonly client: Pick<ExchangeClient, 'reportPrices'>,
    private readonly log: Log,
    private readonly trouble: TroubleLog,
  ) {}

  /** A report that is still on its way is not overtaken: the next one has newer prices. */
  report(quotes: readonly Quote[], nowMs: number): void {
    if (this.running !== undefined) return;
    const wanted = quotes.filter(({ asset }) => !this.isRefused(asset, nowMs));
    this.running = this.send(wanted, nowMs).finally(() => {
      this.running = undefined;
    });
  }

  async idle(): Promise<void> {
    await this.running;
  }

  private isRefused(asset: string, nowMs: number): boolean {
    const refusedMs = this.refusedMs.get(asset);
    return refusedMs !== undefined && nowMs - refusedMs < ASK_AGAIN_MS;
  }

  private async send(quotes: readonly Quote[], nowMs: number): Promise<void> {
    try {
      for (const prices of reportTexts(quotes)) await this.client.reportPrices({ source: this.name, prices });
    } catch (error) {
      const stranger = strangerIn(error);
      if (stranger === undefined) this.trouble.report(this.name, error);
      else await this.without(stranger, quotes, nowMs);
    }
  }

  private async without(stranger: string, quotes: readonly Quote[], nowMs: number): Promise<void> {
    if (!this.refusedMs.has(stranger)) {
      this.log(`${this.name}: this exchange does not listen to it for ${stranger}; left out`);
    }
    this.refusedMs.set(stranger, nowMs);
    const rest = quotes.filter(({ asset }) => asset !== stranger);
    if (rest.length < quotes.length) await this.send(rest, nowMs);
  }
}
