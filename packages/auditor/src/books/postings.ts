// What each event moves, in atoms, from whom to whom. Three columns make up what an account has of an asset:
// cash (available + locked), loan (lent − borrowed) and claim (unsettled PnL − cost of positions).
import type {
  Event,
  LoanAssigned,
  MarketView,
  OrderFilled,
  RfqFilled,
  Side,
  VaultMinted,
  VaultRedeemChanged,
  VaultView,
} from '@glasshouse/protocol';
import { MARKET_KIND, SIDE } from '@glasshouse/protocol';
import { unreachable } from '@glasshouse/units';
import type { Catalogue } from './catalogue.js';

export type Column = 'cash' | 'loan' | 'claim';
/** Who stands on the other side of what accounts get or give. */
export type HouseBook =
  | 'outside'
  | 'tradingFees'
  | 'lendingReserve'
  | 'fundingRemainder'
  | 'backstopFund'
  | 'negativeBalances'
  | 'vaultTokens';

/** Atoms that an account gets; from another column or account when no house book is named. */
export type Posting = {
  readonly accountId: number;
  readonly assetId: number;
  readonly column: Column;
  readonly atoms: bigint;
  readonly from?: HouseBook;
};

type Movement = Omit<Posting, 'accountId' | 'assetId' | 'atoms'> & { readonly atoms: number };

const of = (accountId: number, assetId: number, movements: readonly Movement[]): Posting[] =>
  movements.map((movement) => ({ accountId, assetId, ...movement, atoms: BigInt(movement.atoms) }));

export function postingsOf(event: Event, catalogue: Catalogue): Posting[] {
  switch (event.kind) {
    case 'depositCredited':
      return of(event.accountId, event.assetId, [{ column: 'cash', atoms: event.quantityAtoms, from: 'outside' }]);
    case 'withdrawalRequested': {
      const { accountId, assetId, quantityAtoms } = event.withdrawal;
      return of(accountId, assetId, [{ column: 'cash', atoms: -quantityAtoms, from: 'outside' }]);
    }
    case 'withdrawalCancelled': {
      const { accountId, assetId, quantityAtoms } = event.withdrawal;
      return of(accountId, assetId, [{ column: 'cash', atoms: quantityAtoms, from: 'outside' }]);
    }
    case 'transferred':
      return [
        ...of(event.fromAccountId, event.assetId, [{ column: 'cash', atoms: -event.quantityAtoms }]),
        ...of(event.toAccountId, event.assetId, [{ column: 'cash', atoms: event.quantityAtoms }]),
      ];
    case 'orderFilled':
      return fillPostings(event, catalogue.market(event.order.marketId));
    case 'cashSettled':
      return of(event.accountId, event.assetId, [
        { column: 'cash', atoms: event.cashAtoms },
        { column: 'claim', atoms: -event.cashAtoms },
      ]);
    case 'fundingPaid': {
      const { quoteAssetId } = catalogue.market(event.marketId);
      const movement: Movement = { column: 'claim', atoms: event.fundingAtoms, from: 'fundingRemainder' };
      return of(event.accountId, quoteAssetId, [movement]);
    }
    case 'borrowLendChanged':
      return of(event.accountId, event.assetId, loanMovements(event.change, event.quantityAtoms));
    case 'interestPosted': {
      const column = event.source === 'unsettledPnl' ? 'claim' : 'loan';
      return of(event.accountId, event.assetId, [{ column, atoms: event.interestAtoms, from: 'lendingReserve' }]);
    }
    case 'referralPaid': {
      const column = columnOf(catalogue.market(event.marketId));
      const movement: Movement = { column, atoms: event.quantityAtoms, from: 'tradingFees' };
      return of(event.referrerAccountId, event.assetId, [movement]);
    }
    case 'liquidationStep': {
      const { quoteAssetId } = catalogue.market(event.marketId);
      return of(event.accountId, quoteAssetId, [{ column: 'claim', atoms: -event.feeAtoms, from: 'backstopFund' }]);
    }
    case 'backstopAssigned': {
      const { quoteAssetId } = catalogue.market(event.marketId);
      const { accountId, providerAccountId, providerFeeAtoms, fundFeeAtoms } = event;
      return [
        ...passedOn(accountId, providerAccountId, quoteAssetId, event),
        ...of(accountId, quoteAssetId, [{ column: 'claim', atoms: -providerFeeAtoms }]),
        ...of(providerAccountId, quoteAssetId, [{ column: 'claim', atoms: providerFeeAtoms }]),
        ...of(accountId, quoteAssetId, [{ column: 'claim', atoms: -fundFeeAtoms, from: 'backstopFund' }]),
      ];
    }
    case 'deleveraged': {
      const { quoteAssetId } = catalogue.market(event.marketId);
      const { accountId, counterpartyAccountId, feeAtoms } = event;
      return [
        ...passedOn(accountId, counterpartyAccountId, quoteAssetId, event),
        ...of(accountId, quoteAssetId, [{ column: 'claim', atoms: -feeAtoms, from: 'backstopFund' }]),
      ];
    }
    case 'loanDeleveraged': {
      const { accountId, counterpartyAccountId, assetId, quantityAtoms, settlementAssetId, settlementAtoms } = event;
      return [
        ...of(accountId, assetId, [{ column: 'loan', atoms: -quantityAtoms }]),
        ...of(counterpartyAccountId, assetId, [{ column: 'loan', atoms: quantityAtoms }]),
        ...of(accountId, settlementAssetId, [{ column: 'loan', atoms: settlementAtoms }]),
        ...of(counterpartyAccountId, settlementAssetId, [{ column: 'loan', atoms: -settlementAtoms }]),
      ];
    }
    case 'loanAssigned':
      return loanPostings(event, catalogue);
    case 'deficitCovered': {
      const column = COVERED_COLUMNS[event.into];
      return of(event.accountId, event.assetId, [{ column, atoms: event.quantityAtoms, from: 'backstopFund' }]);
    }
    case 'negativeBalanceRecorded': {
      const { accountId, assetId } = event.negative;
      const column = event.from === 'unsettled' ? 'claim' : 'loan';
      return of(accountId, assetId, [{ column, atoms: event.addedAtoms, from: 'negativeBalances' }]);
    }
    case 'negativeBalanceAccepted': {
      const { accountId, assetId } = event.negative;
      return of(accountId, assetId, [{ column: 'cash', atoms: -event.paidAtoms, from: 'negativeBalances' }]);
    }
    case 'vaultMinted':
      return mintPostings(event, catalogue.vault(event.vaultId));
    case 'vaultRedeemChanged':
      return redeemPostings(event, catalogue.vault(event.redeem.vaultId));
    case 'rfqFilled':
      return quotePostings(event, catalogue.market(event.rfq.marketId));
    case 'dustConverted': {
      const { accountId, assetId, quantityAtoms, quoteAssetId, receivedAtoms } = event;
      return [
        ...of(accountId, assetId, [{ column: 'cash', atoms: -quantityAtoms, from: 'tradingFees' }]),
        ...of(accountId, quoteAssetId, [{ column: 'cash', atoms: receivedAtoms, from: 'tradingFees' }]),
      ];
    }
    case 'pnlSettled': // from the cost of a position to unsettled PnL: both are in the claim
    case 'rejected':
    case 'orderAccepted':
    case 'orderCancelled':
    case 'orderExpired':
    case 'orderReduced':
    case 'traded':
    case 'levelChanged':
    case 'balanceChanged':
    case 'positionOpened':
    case 'positionChanged':
    case 'fundingRateSet':
    case 'perpPriceChanged':
    case 'assetPriceChanged':
    case 'poolChanged':
    case 'collateralConverted':
    case 'marginWarning':
    case 'liquidationStarted':
    case 'liquidationEnded':
    case 'backstopEnrolled':
    case 'backstopLeft':
    case 'triggerOrderChanged':
    case 'triggerOrderAccepted':
    case 'accountCreated':
    case 'accountUpdated':
    case 'keyAdded':
    case 'keyRevoked':
    case 'withdrawalConfirmed':
    case 'assetListed':
    case 'assetChanged':
    case 'marketListed':
    case 'marketChanged':
    case 'settingsChanged':
    case 'proposed':
    case 'approved':
    case 'proposalExpired':
    case 'strategyCreated':
    case 'strategySliced':
    case 'strategyEnded':
    case 'securityChanged':
    case 'twoFactorConfirmed':
    case 'withdrawalReleased':
    case 'vaultListed':
    case 'vaultChanged':
    case 'vaultNavSampled':
    case 'rfqOpened':
    case 'rfqRefreshed':
    case 'rfqClosed':
    case 'quoteOpened':
    case 'quoteClosed':
      return [];
    default:
      return unreachable(event);
  }
}

function mintPostings({ accountId, quantityAtoms, tokenAtoms }: VaultMinted, vault: VaultView): Posting[] {
  return [
    ...of(accountId, vault.depositAssetId, [{ column: 'cash', atoms: -quantityAtoms }]),
    ...of(vault.accountId, vault.depositAssetId, [{ column: 'cash', atoms: quantityAtoms }]),
    ...of(accountId, vault.tokenAssetId, [{ column: 'cash', atoms: tokenAtoms, from: 'vaultTokens' }]),
  ];
}

/** Tokens are with the house while they wait; what is paid for them comes out of the vault's account. */
function redeemPostings({ redeem }: VaultRedeemChanged, vault: VaultView): Posting[] {
  const { accountId, status, tokenAtoms, quantityAtoms } = redeem;
  if (status === 'redeemed') {
    return [
      ...of(vault.accountId, vault.depositAssetId, [{ column: 'cash', atoms: -quantityAtoms }]),
      ...of(accountId, vault.depositAssetId, [{ column: 'cash', atoms: quantityAtoms }]),
    ];
  }
  const atoms = status === 'requested' ? -tokenAtoms : tokenAtoms;
  return of(accountId, vault.tokenAssetId, [{ column: 'cash', atoms, from: 'vaultTokens' }]);
}

/** Fees are claims of the asset in which perpetuals settle. */
function loanPostings(event: LoanAssigned, catalogue: Catalogue): Posting[] {
  const { accountId, providerAccountId, assetId, quantityAtoms, collateralAssetId, collateralAtoms } = event;
  const column = event.collateralFrom === 'lent' ? 'loan' : 'cash';
  const settlementAssetId = catalogue.settlementAssetId ?? 0;
  const { providerFeeAtoms, fundFeeAtoms } = event;
  return [
    ...of(accountId, assetId, [{ column: 'loan', atoms: quantityAtoms }]),
    ...of(providerAccountId, assetId, [{ column: 'loan', atoms: -quantityAtoms }]),
    ...of(accountId, collateralAssetId, [{ column, atoms: -collateralAtoms }]),
    ...of(providerAccountId, collateralAssetId, [{ column, atoms: collateralAtoms }]),
    ...of(accountId, settlementAssetId, [{ column: 'claim', atoms: -providerFeeAtoms }]),
    ...of(providerAccountId, settlementAssetId, [{ column: 'claim', atoms: providerFeeAtoms }]),
    ...of(accountId, settlementAssetId, [{ column: 'claim', atoms: -fundFeeAtoms, from: 'backstopFund' }]),
  ];
}

const COVERED_COLUMNS = { unsettled: 'claim', available: 'cash', loan: 'loan' } as const;

type Passed = { readonly side: Side; readonly quoteAtoms: number };

/** A position, or a part of it, from one account to another: bid closes a short of the first. */
function passedOn(fromId: number, toId: number, assetId: number, { side, quoteAtoms }: Passed): Posting[] {
  const paid = side === SIDE.bid ? quoteAtoms : -quoteAtoms;
  return [
    ...of(fromId, assetId, [{ column: 'claim', atoms: -paid }]),
    ...of(toId, assetId, [{ column: 'claim', atoms: paid }]),
  ];
}

/** Spot settles in cash; what a perpetual brings is a claim until a settlement. */
const columnOf = (market: MarketView): Column => (market.kind === MARKET_KIND.perp ? 'claim' : 'cash');

function loanMovements(change: 'lend' | 'redeem' | 'borrow' | 'repay', quantityAtoms: number): Movement[] {
  const lent = change === 'lend' || change === 'repay' ? quantityAtoms : -quantityAtoms;
  return [
    { column: 'loan', atoms: lent },
    { column: 'cash', atoms: -lent },
  ];
}

/** Both assets change hands between the two; the fee is the quoter's. */
function quotePostings({ rfq, quote, fill }: RfqFilled, market: MarketView): Posting[] {
  const bought = (rfq.side === SIDE.bid ? fill.sizeLots : -fill.sizeLots) * market.baseAtomsPerLot;
  const paid = rfq.side === SIDE.bid ? fill.quoteAtoms : -fill.quoteAtoms;
  return [
    ...of(rfq.accountId, market.baseAssetId, [{ column: 'cash', atoms: bought }]),
    ...of(rfq.accountId, market.quoteAssetId, [{ column: 'cash', atoms: -paid }]),
    ...of(quote.accountId, market.baseAssetId, [{ column: 'cash', atoms: -bought }]),
    ...of(quote.accountId, market.quoteAssetId, [{ column: 'cash', atoms: paid }]),
    ...of(quote.accountId, fill.feeAssetId, [{ column: 'cash', atoms: -fill.feeAtoms, from: 'tradingFees' }]),
  ];
}

/** Spot moves both assets; a perpetual moves what its size costs. The fee is the house's. */
function fillPostings({ order, fill }: OrderFilled, market: MarketView): Posting[] {
  const column = columnOf(market);
  const bought = order.side === SIDE.bid ? fill.sizeLots : -fill.sizeLots;
  const paid = order.side === SIDE.bid ? fill.quoteAtoms : -fill.quoteAtoms;
  const base: Movement[] = column === 'cash' ? [{ column, atoms: bought * market.baseAtomsPerLot }] : [];
  return [
    ...of(order.accountId, market.baseAssetId, base),
    ...of(order.accountId, market.quoteAssetId, [{ column, atoms: -paid }]),
    ...of(order.accountId, fill.feeAssetId, [{ column, atoms: -fill.feeAtoms, from: 'tradingFees' }]),
  ];
}
