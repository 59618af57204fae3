// The book comes first: above the auto-close fraction providers are asked only when it has taken nothing for so many turns in a row. An account has
// one turn an interval, the first when it is taken over.
import type { Event, LiquidationConfiguration } from '@glasshouse/protocol';
import type { FindingLog } from '../books/finding.js';
import type { Standings } from './standing.js';

const US_PER_MS = 1_000;

export class PatienceBook {
  /** Interval of the first turn that can have been in vain. */
  readonly #since = new Map<number, number>();
  /** Who has been passed on in this step: its stage was found at its turn's begin. */
  readonly #passed = new Set<number>();

  constructor(private readonly standings: Standings) {}

  /** Before the event is on the books. */
  observe(event: Event, timeUs: number, terms: LiquidationConfiguration, findings: FindingLog): void {
    const interval = Math.floor(timeUs / (terms.stepIntervalMs * US_PER_MS));
    if (event.kind === 'liquidationStarted') this.#since.set(event.accountId, interval);
    if (event.kind === 'liquidationStep') this.#since.set(event.accountId, interval + 1);
    if (event.kind !== 'backstopAssigned' && event.kind !== 'loanAssigned') return;
    const { accountId } = event;
    if (this.#passed.has(accountId)) return;
    this.#passed.add(accountId);
    const { equity, autoCloseEquity, slack } = this.standings.of(accountId);
    if (!equity.greaterThan(autoCloseEquity.plus(slack))) return;
    const turns = interval - (this.#since.get(accountId) ?? interval) + 1;
    if (turns >= terms.bookPatience) return;
    findings.add(
      'bookFirst',
      event.kind === 'loanAssigned' ? { accountId, assetId: event.assetId } : { accountId, marketId: event.marketId },
      `${terms.bookPatience} turns in which the book took nothing`,
      turns,
    );
  }

  closeStep(): void {
    this.#passed.clear();
  }
}
