// The past of an account's positions and loans.
import type { BorrowLendEventType, BorrowLendSource as SourceName } from '@glasshouse/api';
import type { LoanMovementRow, LoanSource } from '../accrual-port.js';
import { assetOfLoan } from '../answers/identities.js';
import {
  EVENT_TYPE_NAME,
  interestAnswer,
  LOAN_SOURCE_NAME,
  loanRowAnswer,
  movementAnswer,
} from '../answers/lending-answer.js';
import { fundingPaymentAnswer } from '../answers/perp-answer.js';
import { settlementAnswer, settlementSources } from '../answers/settlement-answer.js';
import type { SignedQueries } from './contract.js';
import { assetOf, listingOf } from './listing-of.js';
import { NO_ROWS, pagedRows, pagingOf } from './paging.js';
import type { SignedQueryParts } from './query-parts.js';

const CHANGES = Object.keys(EVENT_TYPE_NAME) as LoanMovementRow['change'][];
const SOURCES = Object.keys(LOAN_SOURCE_NAME) as LoanSource[];

function changeOf(type: BorrowLendEventType | undefined): LoanMovementRow['change'] | undefined {
  return CHANGES.find((change) => EVENT_TYPE_NAME[change] === type);
}

/** Names with commas between them; one that this exchange does not have finds nothing. */
function sourcesOf(names: string | undefined): readonly LoanSource[] | undefined {
  if (names === undefined) return undefined;
  const asked = names.split(',') as SourceName[];
  return SOURCES.filter((source) => asked.includes(LOAN_SOURCE_NAME[source]));
}

type AssetFilter = { readonly symbol?: string; readonly positionId?: string };

/** The asset that is asked for by name or by position; undefined when no row can fit. */
function assetFilter({ catalogue }: SignedQueryParts, accountId: number, { symbol, positionId }: AssetFilter) {
  const named = symbol === undefined ? undefined : assetOf(catalogue, symbol).assetId;
  if (positionId === undefined) return { accountId, assetId: named };
  const assetId = assetOfLoan(accountId, positionId);
  if (assetId === undefined) return undefined;
  return named === undefined || named === assetId ? { accountId, assetId } : undefined;
}

function settlementQueries({ history, catalogue }: SignedQueryParts) {
  return {
    fundingHistory: async (values, { accountId }) => {
      const marketId = values.symbol === undefined ? undefined : listingOf(catalogue, values.symbol).market.marketId;
      const paging = pagingOf(values);
      const page = await history.fundingPayments({ accountId, marketId, ...paging });
      return pagedRows(page, paging, (row) => {
        const listing = catalogue.listing(row.marketId);
        return listing && fundingPaymentAnswer(listing, accountId, row);
      });
    },
    settlementHistory: async (values, { accountId }) => {
      const paging = pagingOf(values);
      const sources = values.source === undefined ? undefined : settlementSources(values.source);
      const page = await history.settlements({ accountId, sources, ...paging });
      return pagedRows(page, paging, (row) => {
        const asset = catalogue.asset(row.assetId);
        return asset && settlementAnswer(asset, accountId, row);
      });
    },
  } satisfies Partial<SignedQueries>;
}

const INTEREST_SOURCES = { UnrealizedPnl: ['unsettledPnl'], BorrowLend: ['lend', 'borrow'] } as const;

function loanQueries(parts: SignedQueryParts) {
  const { history, catalogue } = parts;
  return {
    borrowLendHistory: async (values, { accountId }) => {
      const paging = pagingOf(values);
      const filter = assetFilter(parts, accountId, values);
      const wanted = { change: changeOf(values.type), sources: sourcesOf(values.sources) };
      const page = filter === undefined ? NO_ROWS : await history.loanMovements({ ...filter, ...wanted, ...paging });
      return pagedRows(page, paging, (row) => {
        const asset = catalogue.asset(row.assetId);
        return asset && movementAnswer(asset, accountId, row);
      });
    },
    borrowLendPositionHistory: async (values, { accountId }) => {
      const paging = pagingOf(values);
      const assetId = values.symbol === undefined ? undefined : assetOf(catalogue, values.symbol).assetId;
      const side =
        values.side === undefined ? undefined : values.side === 'Lend' ? ('lend' as const) : ('borrow' as const);
      const open = values.state === undefined ? undefined : values.state === 'Open';
      const page = await history.loans({ accountId, assetId, side, open, ...paging });
      return pagedRows(page, paging, (row) => {
        const asset = catalogue.asset(row.assetId);
        return asset && loanRowAnswer(asset, accountId, row);
      });
    },
    interestHistory: async (values, { accountId }) => {
      const paging = pagingOf(values);
      const symbol = values.asset ?? values.symbol;
      const filter = assetFilter(parts, accountId, { ...values, ...(symbol === undefined ? {} : { symbol }) });
      const sources = values.source === undefined ? undefined : INTEREST_SOURCES[values.source];
      const page = filter === undefined ? NO_ROWS : await history.interest({ ...filter, sources, ...paging });
      return pagedRows(page, paging, (row) => {
        const asset = catalogue.asset(row.assetId);
        return asset && interestAnswer(asset, accountId, row);
      });
    },
  } satisfies Partial<SignedQueries>;
}

export function accrualQueries(parts: SignedQueryParts) {
  return { ...settlementQueries(parts), ...loanQueries(parts) };
}
