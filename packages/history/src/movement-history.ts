// What came into accounts, went out, and moved between them.
import type { DepositCredited, Transferred, WithdrawalView } from '@glasshouse/protocol';
import type { Atoms, TimeUs } from '@glasshouse/units';
import type { ListBounds } from './account-lists.js';
import type { ByteReader, ByteWriter } from './encoding.js';
import { within } from './page.js';
import type { DepositQuery, DepositRow, Page, TransferQuery, TransferRow, WithdrawalQuery } from './queries.js';
import { RowLog } from './row-log.js';

function writeDeposit(writer: ByteWriter, row: DepositRow): void {
  for (const value of [row.depositId, row.accountId, row.assetId, row.quantityAtoms, row.timeUs]) writer.integer(value);
  writer.text(row.blockchain);
  writer.text(row.reference);
}

function readDeposit(reader: ByteReader): DepositRow {
  return {
    depositId: reader.integer(),
    accountId: reader.integer(),
    assetId: reader.integer(),
    quantityAtoms: reader.integer() as Atoms,
    timeUs: reader.integer() as TimeUs,
    blockchain: reader.text(),
    reference: reader.text(),
  };
}

function writeTransfer(writer: ByteWriter, row: TransferRow): void {
  for (const value of [row.fromAccountId, row.toAccountId, row.assetId, row.quantityAtoms, row.timeUs]) {
    writer.integer(value);
  }
}

function readTransfer(reader: ByteReader): TransferRow {
  return {
    fromAccountId: reader.integer(),
    toAccountId: reader.integer(),
    assetId: reader.integer(),
    quantityAtoms: reader.integer() as Atoms,
    timeUs: reader.integer() as TimeUs,
  };
}

function writeWithdrawal(writer: ByteWriter, row: WithdrawalView): void {
  for (const value of [row.withdrawalId, row.accountId, row.assetId, row.quantityAtoms, row.feeAtoms, row.createdUs]) {
    writer.integer(value);
  }
  writer.integer(row.triggerUs ?? 0);
  for (const text of [row.blockchain, row.address, row.clientId, row.status, row.transactionHash]) writer.text(text);
}

const STATUSES = [
  'waiting',
  'pending',
  'confirmed',
  'cancelled',
] as const satisfies readonly WithdrawalView['status'][];

function readTrigger(reader: ByteReader): Pick<WithdrawalView, 'triggerUs'> {
  const triggerUs = reader.integer() as TimeUs;
  return triggerUs === 0 ? {} : { triggerUs };
}

function readStatus(reader: ByteReader): WithdrawalView['status'] {
  const text = reader.text();
  return STATUSES.find((status) => status === text) ?? 'pending';
}

function readWithdrawal(reader: ByteReader): WithdrawalView {
  return {
    withdrawalId: reader.integer(),
    accountId: reader.integer(),
    assetId: reader.integer(),
    quantityAtoms: reader.integer() as Atoms,
    feeAtoms: reader.integer() as Atoms,
    createdUs: reader.integer() as TimeUs,
    ...readTrigger(reader),
    blockchain: reader.text(),
    address: reader.text(),
    clientId: reader.text(),
    status: readStatus(reader),
    transactionHash: reader.text(),
  };
}

const mayChange = ({ status }: WithdrawalView): boolean => status === 'pending' || status === 'waiting';

export class MovementHistory {
  private readonly depositRows: RowLog<DepositRow>;
  private readonly transferRows: RowLog<TransferRow>;
  private readonly withdrawalRows: RowLog<WithdrawalView>;
  private readonly pendingWithdrawals = new Map<number, number>();

  constructor(bounds: ListBounds) {
    this.depositRows = new RowLog(bounds);
    this.transferRows = new RowLog(bounds);
    this.withdrawalRows = new RowLog(bounds, (row) => this.pendingWithdrawals.delete(row.withdrawalId));
  }

  recordDeposit(event: DepositCredited, timeUs: TimeUs): void {
    const { depositId, accountId, assetId, quantityAtoms, blockchain, reference } = event;
    this.depositRows.append(accountId, { depositId, accountId, assetId, quantityAtoms, blockchain, reference, timeUs });
  }

  /** Both accounts see it. */
  recordTransfer(event: Transferred, timeUs: TimeUs): void {
    const { fromAccountId, toAccountId, assetId, quantityAtoms } = event;
    const row = { fromAccountId, toAccountId, assetId, quantityAtoms, timeUs };
    this.transferRows.append(fromAccountId, row);
    this.transferRows.append(toAccountId, row);
  }

  recordWithdrawal(withdrawal: WithdrawalView): void {
    const known = this.pendingWithdrawals.get(withdrawal.withdrawalId);
    if (known !== undefined) this.withdrawalRows.replace(known, withdrawal);
    const slot = known ?? this.withdrawalRows.append(withdrawal.accountId, withdrawal);
    if (mayChange(withdrawal)) this.pendingWithdrawals.set(withdrawal.withdrawalId, slot);
    else this.pendingWithdrawals.delete(withdrawal.withdrawalId);
  }

  deposits(query: DepositQuery): Page<DepositRow> {
    return this.depositRows.page(query, (row) => within(row.timeUs, query));
  }

  transfers(query: TransferQuery): Page<TransferRow> {
    return this.transferRows.page(query, (row) => within(row.timeUs, query));
  }

  withdrawals(query: WithdrawalQuery): Page<WithdrawalView> {
    return this.withdrawalRows.page(
      query,
      (row) =>
        (query.withdrawalId === undefined || row.withdrawalId === query.withdrawalId) &&
        (query.clientId === undefined || row.clientId === query.clientId) &&
        within(row.createdUs, query),
    );
  }

  write(writer: ByteWriter): void {
    this.depositRows.write(writer, (row) => writeDeposit(writer, row));
    this.transferRows.write(writer, (row) => writeTransfer(writer, row));
    this.withdrawalRows.write(writer, (row) => writeWithdrawal(writer, row));
  }

  read(reader: ByteReader): void {
    this.depositRows.read(reader, () => readDeposit(reader));
    this.transferRows.read(reader, () => readTransfer(reader));
    this.withdrawalRows.read(
      reader,
      () => readWithdrawal(reader),
      (row, slot) => {
        if (mayChange(row)) this.pendingWithdrawals.set(row.withdrawalId, slot);
      },
    );
  }
}
