// Liquidation as its events tell it, held against the auditor's own books. Each event is looked at twice: before it is on the books, and after.
import type { Event, LiquidationConfiguration } from '@glasshouse/protocol';
import type { Catalogue } from '../books/catalogue.js';
import type { FindingLog } from '../books/finding.js';
import type { Columns, Ledger } from '../books/ledger.js';
import type { LifetimeBook } from '../books/lifetimes.js';
import type { Position, PositionBook } from '../books/positions.js';
import { PriceBoard } from './board.js';
import { CaseBook } from './cases.js';
import { DeficitBook } from './deficits.js';
import { DueBook } from './due.js';
import { LoanBook } from './loans.js';
import { PassingBook } from './passing-on.js';
import { PatienceBook } from './patience.js';
import { ProviderBook } from './providers.js';
import { type Standing, Standings } from './standing.js';
import { StepBook } from './steps.js';

const US_PER_MS = 1_000;
const CHANGED_TERMS: ReadonlySet<Event['kind']> = new Set(['assetChanged', 'marketChanged', 'settingsChanged']);

type Books = {
  readonly catalogue: Catalogue;
  readonly ledger: Ledger;
  readonly positions: PositionBook;
  readonly lifetimes: LifetimeBook;
};

export class LiquidationBook {
  readonly #board: PriceBoard;
  readonly #standings: Standings;
  readonly #due = new DueBook();
  readonly #cases: CaseBook;
  readonly #steps: StepBook;
  readonly #patience: PatienceBook;
  readonly #providers: ProviderBook;
  readonly #passing: PassingBook;
  readonly #loans: LoanBook;
  readonly #deficits: DeficitBook;
  #terms: LiquidationConfiguration | undefined;
  #sampleUs = US_PER_MS * US_PER_MS;

  constructor(private readonly books: Books) {
    const { catalogue, ledger, positions } = books;
    const board = new PriceBoard(catalogue);
    const standings = new Standings(catalogue, ledger, positions, board);
    this.#board = board;
    this.#standings = standings;
    this.#cases = new CaseBook(standings);
    this.#steps = new StepBook({ catalogue, ledger, positions, board, standings });
    this.#patience = new PatienceBook(standings);
    this.#providers = new ProviderBook(catalogue, positions, standings, this.#cases, ledger);
    this.#loans = new LoanBook(catalogue, board, standings);
    this.#passing = new PassingBook({ ...books, board, standings, providers: this.#providers });
    this.#deficits = new DeficitBook(catalogue, ledger, standings, board);
  }

  /** Before the event is on the books. */
  observe(event: Event, timeUs: number, findings: FindingLog): void {
    this.#board.observe(event);
    if (event.kind === 'settingsChanged') {
      this.#terms = event.risk.liquidation;
      this.#standings.sheltersAtIndex = event.risk.liquidation.trigger === 'markAndIndex';
      this.#sampleUs = event.risk.sampleIntervalMs * US_PER_MS;
    }
    if (CHANGED_TERMS.has(event.kind)) this.#due.exposeAll();
    if (this.#terms !== undefined) {
      this.#steps.observe(event, timeUs, this.#terms, findings);
      this.#patience.observe(event, timeUs, this.#terms, findings);
    }
    this.#cases.observe(event, findings);
    this.#passing.observe(event, timeUs, findings);
    this.#loans.observe(event, findings);
    this.#providers.observe(event, timeUs, findings);
    this.#deficits.observe(event, findings);
  }

  /** After it is. */
  settle(event: Event, findings: FindingLog): void {
    this.#cases.settle(event, findings);
    this.#deficits.settle(event, findings);
    if (this.#terms === undefined) return;
    this.#passing.settle(event, this.#terms, findings);
    this.#loans.settle(event, this.#terms, findings);
  }

  /** After ledger and positions are closed. */
  closeStep(touched: Iterable<Columns>, moved: Iterable<Position>, timeUs: number, findings: FindingLog): void {
    for (const { accountId } of touched) this.#due.expose(accountId);
    for (const { accountId } of moved) this.#due.expose(accountId);
    this.#cases.closeStep();
    this.#passing.closeStep();
    this.#patience.closeStep();
    this.#providers.closeStep();
    this.#deficits.closeStep(findings);
    if (!this.#due.isSample(timeUs, this.#sampleUs)) return;
    this.#due.sample(timeUs, this.#board, (accountId) => this.#workable(accountId), findings);
  }

  #workable(accountId: number): Standing | undefined {
    if (this.#cases.has(accountId)) return undefined;
    const standing = this.#standings.of(accountId);
    return standing.exposure.isZero() || this.#canBeWorkedOn(accountId) ? standing : undefined;
  }

  #canBeWorkedOn(accountId: number): boolean {
    const { catalogue, ledger } = this.books;
    for (const { market } of this.#standings.openPositions(accountId)) if (this.#board.isLive(market)) return true;
    for (const { assetId } of catalogue.assets) {
      if ((ledger.known(accountId, assetId)?.loan ?? 0n) < 0n && this.#board.isPriced(assetId)) return true;
    }
    return false;
  }
}
