// Movements of lends and debts, interest on them, and each of them from its beginning to its end.
import type { InterestPosted } from '@glasshouse/protocol';
import type { Moment } from '../../committed.js';
import { type Loan, LoanBook, type LoanMoved, loanRowOf } from '../../loan-book.js';
import { CHANGES, INTEREST_SOURCES, LOAN_SOURCES } from '../../loan-history.js';
import { LoanRecorder } from '../../loan-recorder.js';
import type {
  InterestQuery,
  InterestRow,
  LoanMovementQuery,
  LoanMovementRow,
  LoanQuery,
  LoanRow,
  Page,
} from '../../queries.js';
import type { Database } from '../database.js';
import type { CurrentMoment } from '../moment.js';
import { readPage, where } from '../page-query.js';
import { AddedRows, ChangedRows, Places } from '../row-batch.js';
import { type Placed, replaced, selection, table } from '../table.js';

type MovementRecord = Placed & LoanMovementRow & { readonly accountId: number };

export const LOAN_MOVEMENTS = table<MovementRecord>(
  'loan_movements',
  {
    accountId: 'bigint',
    seq: 'bigint',
    place: 'integer',
    timeUs: 'bigint',
    assetId: 'integer',
    change: 'text',
    quantityAtoms: 'bigint',
    source: 'text',
  },
  ['accountId', 'seq', 'place'],
);

type InterestRecord = Placed & InterestRow & { readonly accountId: number };

export const INTEREST = table<InterestRecord>(
  'interest',
  {
    accountId: 'bigint',
    seq: 'bigint',
    place: 'integer',
    timeUs: 'bigint',
    assetId: 'integer',
    interestAtoms: 'bigint',
    principalAtoms: 'bigint',
    rate: 'real',
    source: 'text',
  },
  ['accountId', 'seq', 'place'],
);

type LoanRecord = Placed & Loan & { readonly updatedUs: number };

export const LOANS = table<LoanRecord>(
  'loans',
  {
    accountId: 'bigint',
    seq: 'bigint',
    place: 'integer',
    assetId: 'integer',
    side: 'text',
    quantityAtoms: 'bigint',
    source: 'text',
    interestAtoms: 'bigint',
    rateSum: 'real',
    postings: 'bigint',
    openedUs: 'bigint',
    updatedUs: 'bigint',
    open: 'boolean',
  },
  ['accountId', 'seq', 'place'],
  replaced<LoanRecord>('quantityAtoms', 'interestAtoms', 'rateSum', 'postings', 'updatedUs', 'open'),
);

class LoanRecordBook extends LoanBook<Placed> {
  readonly rows = new ChangedRows(LOANS);
  private readonly places = new Places();

  constructor(private readonly moment: CurrentMoment) {
    super();
  }

  protected override append(loan: Loan, { seq }: Moment): Placed {
    const place = this.places.next(seq);
    this.rewrite(place, loan);
    return place;
  }

  protected override rewrite(place: Placed, loan: Loan): void {
    this.rows.put({ ...loan, ...place, updatedUs: this.moment.now.timeUs });
  }

  load(open: readonly LoanRecord[]): void {
    for (const { seq, place, updatedUs: _updated, ...loan } of open) this.know({ loan, place: { seq, place } });
  }
}

export class LoanRecords extends LoanRecorder {
  readonly movements = new AddedRows(LOAN_MOVEMENTS);
  readonly interest = new AddedRows(INTEREST);
  protected override readonly loans: LoanRecordBook;
  private readonly movementPlaces = new Places();
  private readonly interestPlaces = new Places();

  constructor(moment: CurrentMoment) {
    super();
    this.loans = new LoanRecordBook(moment);
  }

  get loanRows(): ChangedRows<LoanRecord> {
    return this.loans.rows;
  }

  /** What is open where the database stands. */
  async load(database: Database): Promise<void> {
    const text = `SELECT ${selection(LOANS)} FROM loans WHERE open`;
    this.loans.load(await database.query<LoanRecord>({ text, values: [] }));
  }

  protected override appendMovement(moved: LoanMoved, { seq, timeUs }: Moment): void {
    this.movements.add({ ...moved, timeUs, ...this.movementPlaces.next(seq) });
  }

  protected override appendInterest(event: InterestPosted, { seq, timeUs }: Moment): void {
    this.interest.add({ ...event, timeUs, ...this.interestPlaces.next(seq) });
  }
}

/** Filters that are not given are asked for in full, so that one index serves every combination. */
function movementFilters({ assetId, change, sources }: LoanMovementQuery) {
  if (assetId === undefined && change === undefined && sources === undefined) return [];
  return [
    ...where(LOAN_MOVEMENTS, 'assetId', '=', assetId),
    ...where(LOAN_MOVEMENTS, 'change', 'oneOf', change === undefined ? CHANGES : [change]),
    ...where(LOAN_MOVEMENTS, 'source', 'oneOf', sources ?? LOAN_SOURCES),
  ];
}

export function loanMovementPage(database: Database, query: LoanMovementQuery): Promise<Page<LoanMovementRow>> {
  return readPage<MovementRecord, LoanMovementRow>(
    database,
    {
      table: LOAN_MOVEMENTS,
      order: ['seq', 'place'],
      conditions: [...where(LOAN_MOVEMENTS, 'accountId', '=', query.accountId), ...movementFilters(query)],
      select: ['assetId', 'change', 'quantityAtoms', 'source', 'timeUs'],
    },
    query,
  );
}

export function interestPage(database: Database, query: InterestQuery): Promise<Page<InterestRow>> {
  return readPage<InterestRecord, InterestRow>(
    database,
    {
      table: INTEREST,
      order: ['seq', 'place'],
      conditions: [
        ...where(INTEREST, 'accountId', '=', query.accountId),
        ...where(INTEREST, 'assetId', '=', query.assetId),
        ...where(
          INTEREST,
          'source',
          'oneOf',
          query.sources ?? (query.assetId === undefined ? undefined : INTEREST_SOURCES),
        ),
      ],
      select: ['assetId', 'interestAtoms', 'principalAtoms', 'source', 'timeUs', 'rate'],
    },
    query,
  );
}

export async function loanPage(database: Database, query: LoanQuery): Promise<Page<LoanRow>> {
  const { rows, total } = await readPage<LoanRecord, Loan>(
    database,
    {
      table: LOANS,
      order: ['seq', 'place'],
      conditions: [
        ...where(LOANS, 'accountId', '=', query.accountId),
        ...where(LOANS, 'assetId', '=', query.assetId),
        ...where(LOANS, 'side', '=', query.side),
        ...where(LOANS, 'open', '=', query.open),
      ],
      select: [
        'accountId',
        'assetId',
        'side',
        'quantityAtoms',
        'source',
        'interestAtoms',
        'rateSum',
        'postings',
        'openedUs',
        'open',
      ],
    },
    query,
  );
  return { rows: rows.map(loanRowOf), total };
}
