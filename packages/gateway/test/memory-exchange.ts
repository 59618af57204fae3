// The real core and the real read models behind the gateway's ports, without a journal: "durable" is the next turn of the event
// loop. Can be told to fail.
import {
  accountsOfCustomer,
  accountView,
  apply,
  assetBySymbol,
  assetPriceViews,
  assetView,
  assetViews,
  backstopView,
  backstopViews,
  balanceViews,
  createState,
  deleverageQueueView,
  depthView,
  exitsOfOrder,
  feeTiersView,
  keyByPublicKey,
  keysOfAccount,
  keyView,
  levelLots,
  liquidationIndexAfter,
  liquidationStatistics,
  liquidationViews,
  marginExplanation,
  marketBySymbol,
  marketView,
  marketViews,
  maxBorrowAtoms,
  maxOrderLots,
  maxWithdrawalAtoms,
  negativeBalanceViews,
  openOrderByClientId,
  openOrderView,
  openOrderViews,
  openProposalViews,
  openRfqViews,
  orderRefusal,
  pendingRedeemViews,
  perpPriceView,
  perpPriceViews,
  poolView,
  poolViews,
  positionViews,
  rfqViews,
  riskView,
  type State,
  securityView,
  settingsView,
  strategyByClientId,
  strategyView,
  strategyViews,
  triggerOrderByClientId,
  triggerOrderView,
  triggerOrderViews,
  vaultNavView,
  vaultViews,
  venueName,
  withdrawalView,
} from '@glasshouse/core';
import { MemoryHistory } from '@glasshouse/history';
import {
  type DepthView,
  type Event,
  type GenesisConfiguration,
  genesisRequest,
  type Request,
} from '@glasshouse/protocol';
import type { TimeUs } from '@glasshouse/units';
import type { Committed, ExchangePort, ExchangeView } from '../src/index.js';

function viewOf(state: State): ExchangeView {
  return {
    name: venueName(state),
    nextSeq: state.nextSeq,
    timeUs: state.timeUs,
    settings: settingsView(state),
    spotFeeTiers: feeTiersView(state),
    risk: riskView(state),
    assets: () => assetViews(state),
    asset: (assetId) => assetView(state, assetId),
    assetBySymbol: (symbol) => assetBySymbol(state, symbol),
    markets: () => marketViews(state),
    market: (marketId) => marketView(state, marketId),
    marketBySymbol: (symbol) => marketBySymbol(state, symbol),
    depth: (marketId, maxLevels) => depthView(state, marketId, maxLevels) as DepthView,
    levelLots: (marketId, side, ticks) => levelLots(state, marketId, side, ticks),
    account: (accountId) => accountView(state, accountId),
    accountsOfCustomer: (customerId) => accountsOfCustomer(state, customerId),
    balances: (accountId) => balanceViews(state, accountId),
    openOrders: (accountId, marketId) => openOrderViews(state, accountId, marketId),
    openOrder: (orderId) => openOrderView(state, orderId),
    openOrderByClientId: (accountId, clientId) => openOrderByClientId(state, accountId, clientId),
    exits: (orderId) => exitsOfOrder(state, orderId),
    triggerOrders: (accountId, marketId) => triggerOrderViews(state, accountId, marketId),
    triggerOrder: (orderId) => triggerOrderView(state, orderId),
    triggerOrderByClientId: (accountId, clientId) => triggerOrderByClientId(state, accountId, clientId),
    strategies: (accountId, marketId) => strategyViews(state, accountId, marketId),
    strategy: (strategyId) => strategyView(state, strategyId),
    strategyByClientId: (accountId, clientStrategyId) => strategyByClientId(state, accountId, clientStrategyId),
    rfqs: (accountId, marketId) => rfqViews(state, accountId, marketId),
    openRfqs: () => openRfqViews(state),
    perpPrices: () => perpPriceViews(state),
    perpPrice: (marketId) => perpPriceView(state, marketId),
    assetPrices: () => assetPriceViews(state),
    pools: () => poolViews(state),
    pool: (assetId) => poolView(state, assetId),
    positions: (accountId) => positionViews(state, accountId),
    marginExplanation: (accountId) => marginExplanation(state, accountId),
    liquidationIndexAfter: (draw) => liquidationIndexAfter(state, draw),
    maxBorrowAtoms: (accountId, assetId) => maxBorrowAtoms(state, accountId, assetId),
    maxWithdrawalAtoms: (accountId, assetId, { autoLendRedeem }) =>
      maxWithdrawalAtoms(state, accountId, assetId, autoLendRedeem),
    maxOrderLots: (accountId, marketId, order) => maxOrderLots(state, accountId, marketId, order),
    orderRefusal: (accountId, order) => orderRefusal(state, accountId, order),
    liquidations: () => liquidationViews(state),
    liquidationStatistics: () => liquidationStatistics(state),
    deleverageQueue: (marketId) => deleverageQueueView(state, marketId),
    backstop: (accountId) => backstopView(state, accountId),
    backstops: () => backstopViews(state),
    negativeBalances: (accountId) => negativeBalanceViews(state, accountId),
    key: (keyId) => keyView(state, keyId),
    keyByPublicKey: (publicKey) => keyByPublicKey(state, publicKey),
    keysOfAccount: (accountId) => keysOfAccount(state, accountId),
    withdrawal: (withdrawalId) => withdrawalView(state, withdrawalId),
    openProposals: () => openProposalViews(state),
    security: (customerId) => securityView(state, customerId),
    vaults: () => vaultViews(state),
    vaultNav: (vaultId) => vaultNavView(state, vaultId),
    pendingRedeems: (vaultId) => pendingRedeemViews(state, vaultId),
  };
}

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

export class MemoryExchange implements ExchangePort {
  readonly state = createState();
  readonly history = new MemoryHistory();
  /** Thrown by every later submit and read. */
  failure: Error | undefined;
  /** Requests are taken and never answered. */
  silent = false;
  /** While set, what was applied becomes durable only when this resolves. */
  durable: Promise<void> | undefined;
  /** Added to the wall clock. */
  skewUs = 0;
  private readonly listeners = new Set<(committed: Committed) => void>();
  private published: Promise<void> = Promise.resolve();
  private lastUs = 0;

  constructor(genesis: GenesisConfiguration) {
    this.applyNow(genesisRequest(new TextEncoder().encode(JSON.stringify(genesis))));
  }

  nowUs(): TimeUs {
    this.lastUs = Math.max(this.lastUs + 1, Date.now() * 1000 + this.skewUs);
    return this.lastUs as TimeUs;
  }

  private applyNow(request: Request): Committed {
    const { nextSeq: seq } = this.state;
    const timeUs = this.nowUs();
    const events: Event[] = [];
    apply(this.state, { seq, timeUs, request }, (event) => events.push(event));
    const committed = { seq, timeUs, events };
    const { durable } = this;
    this.published = this.published
      .then(() => durable ?? tick())
      .then(() => {
        this.history.apply(committed);
        for (const listener of this.listeners) listener(committed);
      });
    return committed;
  }

  async submit(request: Request): Promise<Committed> {
    if (this.failure !== undefined) throw this.failure;
    if (this.silent) return new Promise(() => undefined);
    const committed = this.applyNow(request);
    await this.published;
    return committed;
  }

  async read<Answer>(query: (view: ExchangeView) => Answer): Promise<Answer> {
    if (this.failure !== undefined) throw this.failure;
    const answer = query(viewOf(this.state));
    await this.published;
    return answer;
  }

  onCommitted(listener: (committed: Committed) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
