// What came into accounts, went out, and moved between them.
import type { DepositCredited, Transferred, WithdrawalView } from '@glasshouse/protocol';
import type { TimeUs } from '@glasshouse/units';
import type { DepositQuery, DepositRow, Page, TransferQuery, TransferRow, WithdrawalQuery } from '../../queries.js';
import type { Database } from '../database.js';
import type { CurrentMoment } from '../moment.js';
import { during, readPage, where } from '../page-query.js';
import { AddedRows, ChangedRows, Places } from '../row-batch.js';
import { type Placed, replaced, table } from '../table.js';

type DepositRecord = Placed & DepositRow;

export const DEPOSITS = table<DepositRecord>(
  'deposits',
  {
    accountId: 'bigint',
    timeUs: 'bigint',
    seq: 'bigint',
    place: 'integer',
    depositId: 'bigint',
    assetId: 'integer',
    quantityAtoms: 'bigint',
    blockchain: 'text',
    reference: 'text',
  },
  ['accountId', 'timeUs', 'seq', 'place'],
);

/** Both accounts have one. */
type TransferRecord = Placed & TransferRow & { readonly accountId: number };

export const TRANSFERS = table<TransferRecord>(
  'transfers',
  {
    accountId: 'bigint',
    timeUs: 'bigint',
    seq: 'bigint',
    place: 'integer',
    fromAccountId: 'bigint',
    toAccountId: 'bigint',
    assetId: 'integer',
    quantityAtoms: 'bigint',
  },
  ['accountId', 'timeUs', 'seq', 'place'],
);

type WithdrawalRecord = Omit<WithdrawalView, 'triggerUs'> & {
  readonly seq: number;
  readonly triggerUs: TimeUs | undefined;
};

export const WITHDRAWALS = table<WithdrawalRecord>(
  'withdrawals',
  {
    withdrawalId: 'bigint',
    accountId: 'bigint',
    seq: 'bigint',
    assetId: 'integer',
    quantityAtoms: 'bigint',
    feeAtoms: 'bigint',
    blockchain: 'text',
    address: 'text',
    clientId: 'text',
    status: 'text',
    transactionHash: 'text',
    createdUs: 'bigint',
    triggerUs: 'bigint',
  },
  ['withdrawalId'],
  replaced<WithdrawalRecord>('quantityAtoms', 'feeAtoms', 'address', 'status', 'transactionHash', 'triggerUs'),
);

export class MovementRecords {
  readonly deposits = new AddedRows(DEPOSITS);
  readonly transfers = new AddedRows(TRANSFERS);
  readonly withdrawals = new ChangedRows(WITHDRAWALS, ({ seq }, later) => ({ ...later, seq }));
  private readonly depositPlaces = new Places();
  private readonly transferPlaces = new Places();

  constructor(private readonly moment: CurrentMoment) {}

  recordDeposit(event: DepositCredited): void {
    const { now } = this.moment;
    this.deposits.add({ ...event, ...now, ...this.depositPlaces.next(now.seq) });
  }

  recordTransfer(event: Transferred): void {
    const { now } = this.moment;
    for (const accountId of [event.fromAccountId, event.toAccountId]) {
      this.transfers.add({ ...event, accountId, ...now, ...this.transferPlaces.next(now.seq) });
    }
  }

  recordWithdrawal(withdrawal: WithdrawalView): void {
    this.withdrawals.put({ ...withdrawal, triggerUs: withdrawal.triggerUs, seq: this.moment.now.seq });
  }
}

export function depositPage(database: Database, query: DepositQuery): Promise<Page<DepositRow>> {
  return readPage<DepositRecord, DepositRow>(
    database,
    {
      table: DEPOSITS,
      order: ['timeUs', 'seq', 'place'],
      conditions: [...where(DEPOSITS, 'accountId', '=', query.accountId), ...during(DEPOSITS, 'timeUs', query)],
      select: ['depositId', 'accountId', 'assetId', 'quantityAtoms', 'blockchain', 'reference', 'timeUs'],
    },
    query,
  );
}

export function transferPage(database: Database, query: TransferQuery): Promise<Page<TransferRow>> {
  return readPage<TransferRecord, TransferRow>(
    database,
    {
      table: TRANSFERS,
      order: ['timeUs', 'seq', 'place'],
      conditions: [...where(TRANSFERS, 'accountId', '=', query.accountId), ...during(TRANSFERS, 'timeUs', query)],
      select: ['fromAccountId', 'toAccountId', 'assetId', 'quantityAtoms', 'timeUs'],
    },
    query,
  );
}

export async function withdrawalPage(database: Database, query: WithdrawalQuery): Promise<Page<WithdrawalView>> {
  const { withdrawalId, clientId } = query;
  const { rows, total } = await readPage<WithdrawalRecord>(
    database,
    {
      table: WITHDRAWALS,
      order: ['createdUs', 'withdrawalId'],
      conditions: [
        ...where(WITHDRAWALS, 'accountId', '=', query.accountId),
        ...where(WITHDRAWALS, 'withdrawalId', '=', withdrawalId),
        ...where(WITHDRAWALS, 'clientId', '=', clientId),
        ...during(WITHDRAWALS, 'createdUs', query),
      ],
      select: WITHDRAWALS.columns.map(({ property }) => property).filter((property) => property !== 'seq'),
    },
    query,
  );
  return { rows: rows.map(withdrawalOf), total };
}

function withdrawalOf({ triggerUs, seq: _seq, ...withdrawal }: WithdrawalRecord): WithdrawalView {
  return { ...withdrawal, ...((triggerUs ?? undefined) && { triggerUs }) };
}
