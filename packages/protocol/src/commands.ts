// What a signed text asks for. Quantities are exact decimals as the caller wrote them; the core puts them on a grid.
import type { OrderType, RfqMode, SelfTradePrevention, Side, TimeInForce, TriggerBy } from './vocabulary.js';

/** An order as asked for. An absent decimal has digits −1; an absent client id is −1. */
export type OrderIntent = {
  symbol: string;
  side: Side;
  orderType: OrderType;
  timeInForce: TimeInForce;
  postOnly: boolean;
  selfTradePrevention: SelfTradePrevention;
  clientId: number;
  priceDigits: number;
  priceScale: number;
  quantityDigits: number;
  quantityScale: number;
  quoteQuantityDigits: number;
  quoteQuantityScale: number;
  reduceOnly: boolean;
  /** Absent for nearly every order. */
  extras: OrderExtras | undefined;
};

/** What a trade asks of lending. An absent member was not given. */
export type LendingWishes = {
  autoBorrow?: boolean | undefined;
  autoBorrowRepay?: boolean | undefined;
  autoLend?: boolean | undefined;
  autoLendRedeem?: boolean | undefined;
};

/** What few orders carry. An absent member was not given. */
export type OrderExtras = LendingWishes & {
  triggerPrice?: DecimalText;
  triggerBy?: TriggerBy;
  /** Of the base asset, or with `percent` of the position. */
  triggerQuantity?: DecimalText & { readonly percent: boolean };
  takeProfit?: AttachedExit;
  stopLoss?: AttachedExit;
  /** How far from the best price a market order may fill: `percent` of it, otherwise so many ticks. */
  slippageTolerance?: DecimalText & { readonly percent: boolean };
};

/** An order that comes alive as its parent fills, and closes what the parent opened. */
export type AttachedExit = {
  triggerPrice?: DecimalText;
  limitPrice?: DecimalText;
  triggerBy?: TriggerBy;
};

export type DecimalText = { readonly digits: number; readonly scale: number };

export type PlaceOrders = { readonly kind: 'placeOrders'; readonly orders: readonly OrderIntent[] };
/** Exactly one of the two ids is ≥ 0. */
export type CancelOrder = {
  readonly kind: 'cancelOrder';
  readonly symbol: string;
  readonly orderId: number;
  readonly clientId: number;
};
export type CancelAllOrders = {
  readonly kind: 'cancelAllOrders';
  readonly symbol: string;
  /** `ConditionalOrder` leaves resting orders alone. */
  readonly orderType: 'RestingLimitOrder' | 'ConditionalOrder' | undefined;
};
/** Takes `quantity` off a resting order, which keeps its place in the queue. */
export type ReduceOrder = {
  readonly kind: 'reduceOrder';
  readonly symbol: string;
  readonly orderId: number;
  readonly quantity: DecimalText;
};
export type UpdateAccount = {
  readonly kind: 'updateAccount';
  readonly autoBorrowSettlements: boolean | undefined;
  readonly autoLend: boolean | undefined;
  readonly autoRepayBorrows: boolean | undefined;
  readonly autoRealizePnl: boolean | undefined;
  readonly leverageLimit: DecimalText | undefined;
};
/** Opens a customer with a main account whose first key is `publicKey` (base64). Signed by a registrar. */
export type CreateAccount = {
  readonly kind: 'createAccount';
  readonly publicKey: string;
  /** Main account of who brought the customer; −1 for nobody. */
  readonly referrerAccountId: number;
};
export type CreateSubaccount = { readonly kind: 'createSubaccount'; readonly publicKey: string; readonly name: string };
export type Transfer = {
  readonly kind: 'transfer';
  readonly toAccountId: number;
  readonly symbol: string;
  readonly quantity: DecimalText;
};
export type AddKey = {
  readonly kind: 'addKey';
  readonly publicKey: string;
  readonly permissions: number;
};
export type RevokeKey = { readonly kind: 'revokeKey'; readonly publicKey: string };
/** A deposit seen on a chain. Signed by that chain's service key; `reference` is unique per chain (transaction and output). */
export type CreditDeposit = {
  readonly kind: 'creditDeposit';
  readonly accountId: number;
  readonly symbol: string;
  readonly quantity: DecimalText;
  readonly blockchain: string;
  readonly reference: string;
};
/** Lend: repays a loan of the asset first. Borrow: redeems what is lent first. */
export type BorrowLend = {
  readonly kind: 'borrowLend';
  readonly symbol: string;
  readonly side: 'Borrow' | 'Lend';
  readonly quantity: DecimalText;
};
/** What an outside venue shows now, by asset, in USD. Signed by a price feed. */
export type ReportPrices = {
  readonly kind: 'reportPrices';
  readonly source: string;
  readonly prices: readonly ReportedPrice[];
};
export type ReportedPrice = {
  readonly symbol: string;
  readonly bid: DecimalText;
  readonly ask: DecimalText;
  readonly last: DecimalText;
};
/** Offers to take over what is liquidated; replaces the account's offer before. */
export type EnrolBackstop = {
  readonly kind: 'enrolBackstop';
  /** In USD. */
  readonly minimumEquity: DecimalText;
  readonly markets: readonly Offered[];
  /** Of which it takes over loans. */
  readonly assets: readonly Offered[];
};
export type Offered = {
  readonly symbol: string;
  /** Largest position or loan that taking over may bring about, and how much an hour; of the base asset or the asset itself. */
  readonly capacity: DecimalText;
  readonly hourly: DecimalText;
};
export type LeaveBackstop = { readonly kind: 'leaveBackstop' };
/** Pays on a negative balance that was recorded when the account was liquidated. */
export type AcceptNegativeBalance = {
  readonly kind: 'acceptNegativeBalance';
  readonly symbol: string;
  readonly quantity: DecimalText;
};
/**
 * Places an order again and again: every `intervalMs`, from now on, one part of `terms.quantity`. The terms are those of every
 * slice but for its quantity, and have no client id.
 */
export type CreateStrategy = {
  readonly kind: 'createStrategy';
  /** −1 when the caller gave none. */
  readonly clientStrategyId: number;
  readonly terms: OrderIntent;
  readonly durationMs: number;
  readonly intervalMs: number;
  /** Slices differ by up to a fifth from each other's mean. */
  readonly randomized: boolean;
};
/** Exactly one of the two ids is ≥ 0. */
export type CancelStrategy = {
  readonly kind: 'cancelStrategy';
  readonly symbol: string;
  readonly strategyId: number;
  readonly clientStrategyId: number;
};
export type CancelAllStrategies = { readonly kind: 'cancelAllStrategies'; readonly symbol: string };
export type RequestWithdrawal = {
  readonly kind: 'requestWithdrawal';
  readonly symbol: string;
  readonly quantity: DecimalText;
  readonly blockchain: string;
  readonly address: string;
  readonly clientId: string;
};
/** Takes back a withdrawal that waits for its delay. */
export type CancelWithdrawal = { readonly kind: 'cancelWithdrawal'; readonly withdrawalId: number };
/** The first delay of a customer's withdrawals; a later one is an update. */
export type CreateWithdrawalDelay = { readonly kind: 'createWithdrawalDelay'; readonly hours: number };
/** Longer: at once. Shorter, or 0 for none: when the delay of now has passed. */
export type UpdateWithdrawalDelay = { readonly kind: 'updateWithdrawalDelay'; readonly hours: number };
export type SaveAddress = {
  readonly kind: 'saveAddress';
  readonly blockchain: string;
  readonly address: string;
  readonly name: string;
};
export type RemoveAddress = { readonly kind: 'removeAddress'; readonly addressId: number };
export type SetAddressBook = { readonly kind: 'setAddressBook'; readonly enabled: boolean };
export type EnableTwoFactor = { readonly kind: 'enableTwoFactor' };
export type DisableTwoFactor = { readonly kind: 'disableTwoFactor' };
/**
 * The service that holds the customers' shared secrets has seen the code of a time step beside one request, which is named by
 * its signature. Signed by a key of role twoFactor.
 */
export type ConfirmTwoFactor = {
  readonly kind: 'confirmTwoFactor';
  readonly accountId: number;
  /** Of the request, 128 hexadecimal digits. */
  readonly signature: string;
  readonly step: number;
};
/** The chain's word that a withdrawal has left. */
export type ConfirmWithdrawal = {
  readonly kind: 'confirmWithdrawal';
  readonly withdrawalId: number;
  readonly transactionHash: string;
};
export type Propose = { readonly kind: 'propose'; readonly action: string };
export type Approve = { readonly kind: 'approve'; readonly proposalId: number };

/** Pays the deposit asset into a vault for tokens of it. */
export type VaultMint = {
  readonly kind: 'vaultMint';
  readonly vaultId: number;
  readonly symbol: string;
  readonly quantity: DecimalText;
  /** What is missing is borrowed; no by default. */
  readonly autoBorrow: boolean | undefined;
  /** What is lent may be redeemed for it; yes by default. */
  readonly autoLendRedeem: boolean | undefined;
};
/** Queues tokens to be paid out, all that the account has when no quantity is given. */
export type VaultRedeem = {
  readonly kind: 'vaultRedeem';
  readonly vaultId: number;
  readonly tokenQuantity: DecimalText | undefined;
};
export type VaultRedeemCancel = { readonly kind: 'vaultRedeemCancel'; readonly vaultId: number };

/** Asks for quotes. Client ids are −1 when none was given. */
export type SubmitRfq = LendingWishes & {
  readonly kind: 'submitRfq';
  readonly symbol: string;
  readonly side: Side;
  readonly clientId: number;
  readonly mode: RfqMode;
  readonly quantity: DecimalText | undefined;
  readonly quoteQuantity: DecimalText | undefined;
  /** Worst price at which it may be filled. */
  readonly price: DecimalText | undefined;
};
/** Of the two ids that name a request at least one is ≥ 0. */
export type CancelRfq = { readonly kind: 'cancelRfq'; readonly rfqId: number; readonly clientId: number };
export type AcceptQuote = {
  readonly kind: 'acceptQuote';
  readonly rfqId: number;
  readonly clientId: number;
  readonly quoteId: number;
};
/** Begins the request's times anew. */
export type RefreshRfq = { readonly kind: 'refreshRfq'; readonly rfqId: number };
/** Offers to buy at `bidPrice` or to sell at `askPrice`; replaces the account's quote for the request before. */
export type SubmitQuote = LendingWishes & {
  readonly kind: 'submitQuote';
  readonly rfqId: number;
  readonly clientId: number;
  readonly bidPrice: DecimalText;
  readonly askPrice: DecimalText;
};
/** Sells what is too little for an order: of one asset, or ('') of all. */
export type ConvertDust = { readonly kind: 'convertDust'; readonly symbol: string };

export type Command =
  | PlaceOrders
  | CancelOrder
  | CancelAllOrders
  | ReduceOrder
  | UpdateAccount
  | CreateAccount
  | CreateSubaccount
  | Transfer
  | AddKey
  | RevokeKey
  | BorrowLend
  | EnrolBackstop
  | LeaveBackstop
  | AcceptNegativeBalance
  | ReportPrices
  | CreditDeposit
  | RequestWithdrawal
  | ConfirmWithdrawal
  | Propose
  | Approve
  | CreateStrategy
  | CancelStrategy
  | CancelAllStrategies
  | CancelWithdrawal
  | CreateWithdrawalDelay
  | UpdateWithdrawalDelay
  | SaveAddress
  | RemoveAddress
  | SetAddressBook
  | EnableTwoFactor
  | DisableTwoFactor
  | ConfirmTwoFactor
  | VaultMint
  | VaultRedeem
  | VaultRedeemCancel
  | SubmitRfq
  | CancelRfq
  | AcceptQuote
  | RefreshRfq
  | SubmitQuote
  | ConvertDust;

export type CommandKind = Command['kind'];

/** Signed text → command: the name that binds the purpose of the signature. */
export const INSTRUCTION = {
  placeOrders: 'orderExecute',
  cancelOrder: 'orderCancel',
  cancelAllOrders: 'orderCancelAll',
  reduceOrder: 'glassOrderReduce',
  updateAccount: 'accountUpdate',
  createAccount: 'glassAccountCreate',
  createSubaccount: 'glassSubaccountCreate',
  transfer: 'glassTransfer',
  addKey: 'glassKeyAdd',
  revokeKey: 'glassKeyRevoke',
  borrowLend: 'borrowLendExecute',
  enrolBackstop: 'glassBackstopEnrol',
  leaveBackstop: 'glassBackstopLeave',
  acceptNegativeBalance: 'glassNegativeBalanceAccept',
  reportPrices: 'glassPricesReport',
  creditDeposit: 'glassDepositCredit',
  requestWithdrawal: 'withdraw',
  confirmWithdrawal: 'glassWithdrawalConfirm',
  propose: 'glassOperatorPropose',
  approve: 'glassOperatorApprove',
  createStrategy: 'strategyCreate',
  cancelStrategy: 'strategyCancel',
  cancelAllStrategies: 'strategyCancelAll',
  cancelWithdrawal: 'glassWithdrawalCancel',
  createWithdrawalDelay: 'glassWithdrawalDelayCreate',
  updateWithdrawalDelay: 'glassWithdrawalDelayUpdate',
  saveAddress: 'glassAddressSave',
  removeAddress: 'glassAddressRemove',
  setAddressBook: 'glassAddressBookSet',
  enableTwoFactor: 'glassTwoFactorEnable',
  disableTwoFactor: 'glassTwoFactorDisable',
  confirmTwoFactor: 'glassTwoFactorConfirm',
  vaultMint: 'vaultMint',
  vaultRedeem: 'vaultRedeemRequest',
  vaultRedeemCancel: 'vaultRedeemCancel',
  submitRfq: 'rfqSubmit',
  cancelRfq: 'rfqCancel',
  acceptQuote: 'quoteAccept',
  refreshRfq: 'rfqRefresh',
  submitQuote: 'quoteSubmit',
  convertDust: 'convertDust',
} as const satisfies Record<CommandKind, string>;

/** A command with the caller's validity interval, both in milliseconds. */
export type DatedCommand = { readonly command: Command; readonly timestampMs: number; readonly windowMs: number };

/** Why a signed text is no command. */
export type MalformedCommand = { readonly malformed: string; readonly field: string };
