// The REST side of the SDK: one typed method per operation.
import type { OperationName, OrderExecutePayload, OrderType, RequestOf, ResponseOf } from '@glasshouse/api';
import { Signer } from '../keys.js';
import { Connection, type ConnectionOptions } from './connection.js';
import { type IdentifiedOrder, placeOnce } from './place-once.js';

export type ExchangeClientOptions = ConnectionOptions & {
  /** Both, or neither for public operations only. */
  readonly apiKey?: string | undefined;
  readonly apiSecret?: string | undefined;
};

/** Parameters may be left out where none is required. */
export type Params<Name extends OperationName> =
  RequestOf<Name> extends undefined ? [] : object extends RequestOf<Name> ? [RequestOf<Name>?] : [RequestOf<Name>];

function signerOf(options: ExchangeClientOptions): Signer | undefined {
  const { apiKey, apiSecret } = options;
  if (apiSecret === undefined) return undefined;
  return new Signer(apiKey === undefined ? { apiSecret } : { apiKey, apiSecret });
}

function isIdentified(order: OrderExecutePayload): order is IdentifiedOrder {
  return order.clientId !== undefined;
}

export class ExchangeClient {
  readonly connection: Connection;

  constructor(options: ExchangeClientOptions) {
    this.connection = new Connection(options, signerOf(options));
  }

  /** Any operation by its name. Queries are repeated when nothing comes back; commands are not. */
  async call<Name extends OperationName>(name: Name, ...params: Params<Name>): Promise<ResponseOf<Name>> {
    return (await this.connection.call(name, params[0])) as ResponseOf<Name>;
  }

  /** The exchange's clock in milliseconds, for dating signatures made elsewhere. */
  async nowMs(): Promise<number> {
    await this.connection.clock.ready();
    return this.connection.clock.nowMs();
  }

  /** With a `clientId` the order is placed exactly once even when replies get lost; without one, lost replies are reported. */
  async placeOrder(order: OrderExecutePayload): Promise<OrderType> {
    return isIdentified(order) ? placeOnce(this.connection, order) : this.call('placeOrder', order);
  }

  /** Throws what placing it would. */
  readonly testOrder = (order: RequestOf<'testOrder'>) => this.call('testOrder', order);
  readonly placeOrders = (orders: RequestOf<'placeOrders'>) => this.call('placeOrders', orders);
  readonly cancelOrder = (params: RequestOf<'cancelOrder'>) => this.call('cancelOrder', params);
  readonly cancelAllOrders = (params: RequestOf<'cancelAllOrders'>) => this.call('cancelAllOrders', params);
  readonly reduceOrder = (params: RequestOf<'reduceOrder'>) => this.call('reduceOrder', params);
  readonly order = (params: RequestOf<'order'>) => this.call('order', params);
  readonly openOrders = (params?: RequestOf<'openOrders'>) => this.call('openOrders', params);
  readonly orderHistory = (params?: RequestOf<'orderHistory'>) => this.call('orderHistory', params);
  readonly fillHistory = (params?: RequestOf<'fillHistory'>) => this.call('fillHistory', params);

  readonly createStrategy = (params: RequestOf<'createStrategy'>) => this.call('createStrategy', params);
  readonly cancelStrategy = (params: RequestOf<'cancelStrategy'>) => this.call('cancelStrategy', params);
  readonly cancelAllStrategies = (params: RequestOf<'cancelAllStrategies'>) => this.call('cancelAllStrategies', params);
  readonly strategy = (params: RequestOf<'strategy'>) => this.call('strategy', params);
  readonly strategies = (params?: RequestOf<'strategies'>) => this.call('strategies', params);
  readonly strategyHistory = (params?: RequestOf<'strategyHistory'>) => this.call('strategyHistory', params);

  readonly withdrawalDelay = () => this.call('withdrawalDelay');
  readonly createWithdrawalDelay = (params: RequestOf<'createWithdrawalDelay'>) =>
    this.call('createWithdrawalDelay', params);
  readonly updateWithdrawalDelay = (params: RequestOf<'updateWithdrawalDelay'>) =>
    this.call('updateWithdrawalDelay', params);
  readonly cancelWithdrawal = (params: RequestOf<'cancelWithdrawal'>) => this.call('cancelWithdrawal', params);
  readonly addressBook = () => this.call('addressBook');
  readonly saveAddress = (params: RequestOf<'saveAddress'>) => this.call('saveAddress', params);
  readonly removeAddress = (params: RequestOf<'removeAddress'>) => this.call('removeAddress', params);
  readonly setAddressBook = (params: RequestOf<'setAddressBook'>) => this.call('setAddressBook', params);
  readonly twoFactor = () => this.call('twoFactor');
  readonly twoFactorSecret = () => this.call('twoFactorSecret');
  readonly enableTwoFactor = (params: RequestOf<'enableTwoFactor'>) => this.call('enableTwoFactor', params);
  readonly disableTwoFactor = (params: RequestOf<'disableTwoFactor'>) => this.call('disableTwoFactor', params);

  readonly status = () => this.call('status');
  readonly assets = () => this.call('assets');
  readonly markets = (params?: RequestOf<'markets'>) => this.call('markets', params);
  readonly market = (params: RequestOf<'market'>) => this.call('market', params);
  readonly ticker = (params: RequestOf<'ticker'>) => this.call('ticker', params);
  readonly tickers = (params?: RequestOf<'tickers'>) => this.call('tickers', params);
  readonly depth = (params: RequestOf<'depth'>) => this.call('depth', params);
  readonly klines = (params: RequestOf<'klines'>) => this.call('klines', params);
  readonly trades = (params: RequestOf<'trades'>) => this.call('trades', params);
  readonly tradesHistory = (params: RequestOf<'tradesHistory'>) => this.call('tradesHistory', params);

  readonly markPrices = (params?: RequestOf<'markPrices'>) => this.call('markPrices', params);
  readonly openInterest = (params?: RequestOf<'openInterest'>) => this.call('openInterest', params);
  readonly fundingRates = (params: RequestOf<'fundingRates'>) => this.call('fundingRates', params);
  readonly collateralParameters = () => this.call('collateralParameters');
  readonly borrowLendMarkets = () => this.call('borrowLendMarkets');
  readonly borrowLendMarketHistory = (params: RequestOf<'borrowLendMarketHistory'>) =>
    this.call('borrowLendMarketHistory', params);
  readonly apy = (params?: RequestOf<'apy'>) => this.call('apy', params);

  readonly account = () => this.call('account');
  readonly updateAccount = (params: RequestOf<'updateAccount'>) => this.call('updateAccount', params);
  readonly balances = () => this.call('balances');
  readonly deposits = (params?: RequestOf<'deposits'>) => this.call('deposits', params);
  readonly depositAddress = (params: RequestOf<'depositAddress'>) => this.call('depositAddress', params);
  readonly withdrawals = (params?: RequestOf<'withdrawals'>) => this.call('withdrawals', params);
  readonly withdraw = (params: RequestOf<'withdraw'>) => this.call('withdraw', params);

  readonly positions = (params?: RequestOf<'positions'>) => this.call('positions', params);
  readonly positionHistory = (params?: RequestOf<'positionHistory'>) => this.call('positionHistory', params);
  readonly collateral = (params?: RequestOf<'collateral'>) => this.call('collateral', params);
  readonly margin = () => this.call('margin');
  readonly maxOrderQuantity = (params: RequestOf<'maxOrderQuantity'>) => this.call('maxOrderQuantity', params);
  readonly maxBorrowQuantity = (params: RequestOf<'maxBorrowQuantity'>) => this.call('maxBorrowQuantity', params);
  readonly maxWithdrawalQuantity = (params: RequestOf<'maxWithdrawalQuantity'>) =>
    this.call('maxWithdrawalQuantity', params);
  readonly fundingHistory = (params?: RequestOf<'fundingHistory'>) => this.call('fundingHistory', params);
  readonly settlementHistory = (params?: RequestOf<'settlementHistory'>) => this.call('settlementHistory', params);

  readonly borrowLend = (params: RequestOf<'borrowLend'>) => this.call('borrowLend', params);
  readonly borrowLendPositions = () => this.call('borrowLendPositions');
  readonly borrowLendHistory = (params?: RequestOf<'borrowLendHistory'>) => this.call('borrowLendHistory', params);
  readonly borrowLendPositionHistory = (params?: RequestOf<'borrowLendPositionHistory'>) =>
    this.call('borrowLendPositionHistory', params);
  readonly interestHistory = (params?: RequestOf<'interestHistory'>) => this.call('interestHistory', params);

  readonly submitRfq = (params: RequestOf<'submitRfq'>) => this.call('submitRfq', params);
  readonly acceptQuote = (params: RequestOf<'acceptQuote'>) => this.call('acceptQuote', params);
  readonly cancelRfq = (params: RequestOf<'cancelRfq'>) => this.call('cancelRfq', params);
  readonly refreshRfq = (params: RequestOf<'refreshRfq'>) => this.call('refreshRfq', params);
  readonly submitQuote = (params: RequestOf<'submitQuote'>) => this.call('submitQuote', params);
  readonly rfqs = (params?: RequestOf<'rfqs'>) => this.call('rfqs', params);
  readonly rfqHistory = (params?: RequestOf<'rfqHistory'>) => this.call('rfqHistory', params);
  readonly rfqFillHistory = (params?: RequestOf<'rfqFillHistory'>) => this.call('rfqFillHistory', params);
  readonly quoteHistory = (params?: RequestOf<'quoteHistory'>) => this.call('quoteHistory', params);
  readonly quoteFillHistory = (params?: RequestOf<'quoteFillHistory'>) => this.call('quoteFillHistory', params);
  readonly convertDust = (params: RequestOf<'convertDust'> = {}) => this.call('convertDust', params);
  readonly dustHistory = (params?: RequestOf<'dustHistory'>) => this.call('dustHistory', params);

  readonly liquidations = (params?: RequestOf<'liquidations'>) => this.call('liquidations', params);
  readonly liquidationStatistics = () => this.call('liquidationStatistics');
  readonly ownLiquidations = (params?: RequestOf<'ownLiquidations'>) => this.call('ownLiquidations', params);
  readonly deleverageQueues = () => this.call('deleverageQueues');
  readonly deleverageIndicators = () => this.call('deleverageIndicators');
  readonly backstop = () => this.call('backstop');
  readonly ownBackstop = () => this.call('ownBackstop');
  readonly enrolBackstop = (params: RequestOf<'enrolBackstop'>) => this.call('enrolBackstop', params);
  readonly leaveBackstop = () => this.call('leaveBackstop', {});
  readonly negativeBalances = () => this.call('negativeBalances');
  readonly ownNegativeBalances = () => this.call('ownNegativeBalances');
  readonly acceptNegativeBalance = (params: RequestOf<'acceptNegativeBalance'>) =>
    this.call('acceptNegativeBalance', params);

  readonly vaults = () => this.call('vaults');
  readonly vaultStandings = () => this.call('vaultStandings');
  readonly vaultHistory = (params: RequestOf<'vaultHistory'>) => this.call('vaultHistory', params);
  readonly vaultNav = () => this.call('vaultNav');
  readonly vaultPendingRedeems = (params: RequestOf<'vaultPendingRedeems'>) => this.call('vaultPendingRedeems', params);
  readonly vaultMint = (params: RequestOf<'vaultMint'>) => this.call('vaultMint', params);
  readonly vaultRedeem = (params: RequestOf<'vaultRedeem'>) => this.call('vaultRedeem', params);
  readonly vaultRedeemCancel = (params: RequestOf<'vaultRedeemCancel'>) => this.call('vaultRedeemCancel', params);

  readonly createAccount = (params: RequestOf<'createAccount'>) => this.call('createAccount', params);
  readonly faucet = (params: RequestOf<'faucet'>) => this.call('faucet', params);
  readonly subaccounts = () => this.call('subaccounts');
  readonly createSubaccount = (params: RequestOf<'createSubaccount'>) => this.call('createSubaccount', params);
  readonly transfer = (params: RequestOf<'transfer'>) => this.call('transfer', params);
  readonly keys = () => this.call('keys');
  readonly addKey = (params: RequestOf<'addKey'>) => this.call('addKey', params);
  readonly revokeKey = (params: RequestOf<'revokeKey'>) => this.call('revokeKey', params);
  readonly parameters = () => this.call('parameters');
  readonly state = () => this.call('state');
  readonly proposals = () => this.call('proposals');
  readonly propose = (params: RequestOf<'propose'>) => this.call('propose', params);
  readonly approve = (params: RequestOf<'approve'>) => this.call('approve', params);
  readonly reportPrices = (params: RequestOf<'reportPrices'>) => this.call('reportPrices', params);
}
