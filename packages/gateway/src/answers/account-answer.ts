// What belongs to an account, as REST shows it.
import type {
  Account,
  AccountSummary,
  ApiKey,
  Balance,
  Blockchain,
  Deposit,
  NewAccount,
  OrderFill,
  Proposal,
  Withdrawal,
} from '@glasshouse/api';
import { depositSourceOf } from '@glasshouse/api';
import type { AccountView, AssetView, BalanceView, KeyView, ProposalView, WithdrawalView } from '@glasshouse/protocol';
import { formatDecimal } from '@glasshouse/units';
import type { Listing } from '../exchange/listing.js';
import { assetQuantity } from '../exchange/listing.js';
import type { DepositRow, FillRow } from '../history-port.js';
import { meanPrice } from './mean-price.js';
import { permissionNames, SIDE_NAME, SYSTEM_ORDER_TYPE } from './names.js';
import { priceText, usdText } from './real-number.js';
import { naiveDateTime } from './times.js';

/** A hundred millionths are one basis point. */
const basisPoints = (ppm: number): string => formatDecimal(ppm, 2, 0);

/** The largest a venue allows, in USD: what all pools lend to one account, what all perpetuals let it hold. */
export type VenueLimits = {
  readonly maxLeverage: number;
  readonly borrowLimitUsd: number;
  readonly positionLimitUsd: number;
};

/** The account's own limit, or the venue's. */
export function leverageText(account: AccountView, { maxLeverage }: VenueLimits): string {
  return account.leverageLimitCenti === 0 ? usdText(maxLeverage) : formatDecimal(account.leverageLimitCenti, 2, 0);
}

export function accountSummary(account: AccountView, limits: VenueLimits): AccountSummary {
  return {
    autoBorrowSettlements: account.autoBorrowSettlements,
    autoLend: account.autoLend,
    autoRealizePnl: account.autoRealizePnl,
    autoRepayBorrows: account.autoRepayBorrows,
    borrowLimit: usdText(limits.borrowLimitUsd),
    futuresMakerFee: basisPoints(account.perpMakerFeePpm),
    futuresTakerFee: basisPoints(account.perpTakerFeePpm),
    leverageLimit: leverageText(account, limits),
    limitOrders: account.openOrders,
    liquidating: account.liquidating,
    positionLimit: usdText(limits.positionLimitUsd),
    spotMakerFee: basisPoints(account.makerFeePpm),
    spotTakerFee: basisPoints(account.takerFeePpm),
    triggerOrders: account.triggerOrders,
  };
}

export function accountAnswer(account: AccountView): Account {
  return {
    accountId: account.accountId,
    createdAt: naiveDateTime(account.createdUs),
    customerId: account.customerId,
    mainAccountId: account.mainAccountId,
    name: account.name,
  };
}

export function newAccountAnswer(account: AccountView, key: KeyView): NewAccount {
  return { ...accountAnswer(account), permissions: permissionNames(key.permissions), publicKey: key.publicKey };
}

export function keyAnswer(key: KeyView): ApiKey {
  return {
    accountId: key.accountId,
    active: key.active,
    permissions: permissionNames(key.permissions),
    publicKey: key.publicKey,
  };
}

export function balanceAnswer(asset: AssetView, balance: BalanceView): Balance {
  return {
    available: assetQuantity(asset, balance.availableAtoms),
    locked: assetQuantity(asset, balance.lockedAtoms),
    staked: '0',
  };
}

/** A position that was passed on to a provider, or had to give way, has no order and no trade; its price need not be on the grid. */
function fillPrice(listing: Listing, fill: FillRow): string {
  return fill.priceTicks === 0 ? priceText(meanPrice(listing, fill)) : listing.price(fill.priceTicks);
}

export function fillAnswer(listing: Listing, feeAsset: AssetView, fill: FillRow): OrderFill {
  return {
    clientId: fill.clientId < 0 ? null : String(fill.clientId),
    fee: assetQuantity(feeAsset, fill.feeAtoms),
    feeSymbol: feeAsset.symbol,
    isMaker: fill.isMaker,
    orderId: String(fill.orderId),
    price: fillPrice(listing, fill),
    quantity: listing.quantity(fill.sizeLots),
    side: SIDE_NAME[fill.side],
    symbol: listing.market.symbol,
    systemOrderType: SYSTEM_ORDER_TYPE[fill.origin],
    timestamp: naiveDateTime(fill.timeUs),
    tradeId: fill.tradeId === 0 ? null : fill.tradeId,
  };
}

export function depositAnswer(asset: AssetView, deposit: DepositRow): Deposit {
  return {
    createdAt: naiveDateTime(deposit.timeUs),
    fiatAmount: null,
    fiatCurrency: null,
    fromAddress: null,
    id: deposit.depositId,
    institutionBic: null,
    platformMemo: null,
    quantity: assetQuantity(asset, deposit.quantityAtoms),
    source: depositSourceOf(deposit.blockchain),
    status: 'confirmed',
    symbol: asset.symbol,
    toAddress: null,
    transactionHash: deposit.reference,
  };
}

export function withdrawalAnswer(asset: AssetView, withdrawal: WithdrawalView): Withdrawal {
  return {
    accountIdentifier: null,
    bankIdentifier: null,
    bankName: null,
    blockchain: withdrawal.blockchain as Blockchain,
    clientId: withdrawal.clientId === '' ? null : withdrawal.clientId,
    createdAt: naiveDateTime(withdrawal.createdUs),
    fee: assetQuantity(asset, withdrawal.feeAtoms),
    fiatFee: null,
    fiatState: null,
    fiatSymbol: null,
    id: withdrawal.withdrawalId,
    identifier: null,
    isInternal: false,
    providerId: null,
    quantity: assetQuantity(asset, withdrawal.quantityAtoms),
    status: withdrawal.status === 'waiting' ? 'pending' : withdrawal.status,
    subaccountId: null,
    symbol: asset.symbol,
    toAddress: withdrawal.address,
    transactionHash: withdrawal.transactionHash === '' ? null : withdrawal.transactionHash,
    triggerAt: withdrawal.triggerUs === undefined ? null : naiveDateTime(withdrawal.triggerUs),
  };
}

/** The action is JSON text that the core has read, so it parses. */
export function proposalAnswer(proposal: ProposalView, proposedBy: string): Proposal {
  return {
    action: JSON.parse(proposal.action),
    createdAt: naiveDateTime(proposal.proposedUs),
    proposalId: proposal.proposalId,
    proposedBy,
    status: proposal.status,
  };
}
