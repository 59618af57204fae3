import type { FundingPaid, FundingRateSet } from '@glasshouse/protocol';
import type { FundingPaymentQuery, FundingPaymentRow, FundingRateQuery, FundingRateRow, Page } from '../../queries.js';
import type { Database } from '../database.js';
import type { CurrentMoment } from '../moment.js';
import { readPage, where } from '../page-query.js';
import { AddedRows, Places } from '../row-batch.js';
import { type Placed, table } from '../table.js';

type PaymentRecord = Placed & FundingPaymentRow & { readonly accountId: number };

export const FUNDING_PAYMENTS = table<PaymentRecord>(
  'funding_payments',
  {
    accountId: 'bigint',
    seq: 'bigint',
    place: 'integer',
    timeUs: 'bigint',
    marketId: 'integer',
    sizeLots: 'bigint',
    fundingAtoms: 'bigint',
    markPrice: 'real',
    rate: 'real',
  },
  ['accountId', 'seq', 'place'],
);

type RateRecord = Placed & FundingRateRow & { readonly marketId: number };

export const FUNDING_RATES = table<RateRecord>(
  'funding_rates',
  {
    marketId: 'integer',
    seq: 'bigint',
    place: 'integer',
    intervalEndUs: 'bigint',
    rate: 'real',
    averagePremium: 'real',
    markPrice: 'real',
  },
  ['marketId', 'seq', 'place'],
);

export class FundingRecords {
  readonly payments = new AddedRows(FUNDING_PAYMENTS);
  readonly rates = new AddedRows(FUNDING_RATES);
  private readonly paymentPlaces = new Places();
  private readonly ratePlaces = new Places();

  constructor(private readonly moment: CurrentMoment) {}

  recordPayment(event: FundingPaid): void {
    const { now } = this.moment;
    this.payments.add({ ...event, ...now, ...this.paymentPlaces.next(now.seq) });
  }

  recordRate(event: FundingRateSet): void {
    this.rates.add({ ...event, ...this.ratePlaces.next(this.moment.now.seq) });
  }
}

export function fundingPaymentPage(database: Database, query: FundingPaymentQuery): Promise<Page<FundingPaymentRow>> {
  return readPage<PaymentRecord, FundingPaymentRow>(
    database,
    {
      table: FUNDING_PAYMENTS,
      order: ['seq', 'place'],
      conditions: [
        ...where(FUNDING_PAYMENTS, 'accountId', '=', query.accountId),
        ...where(FUNDING_PAYMENTS, 'marketId', '=', query.marketId),
      ],
      select: ['marketId', 'sizeLots', 'fundingAtoms', 'timeUs', 'markPrice', 'rate'],
    },
    query,
  );
}

export function fundingRatePage(database: Database, query: FundingRateQuery): Promise<Page<FundingRateRow>> {
  return readPage<RateRecord, FundingRateRow>(
    database,
    {
      table: FUNDING_RATES,
      order: ['seq', 'place'],
      conditions: where(FUNDING_RATES, 'marketId', '=', query.marketId),
      select: ['intervalEndUs', 'rate', 'averagePremium', 'markPrice'],
    },
    query,
  );
}
