// The exchange as somebody sees it who is shown its events and nothing else.
import {
  type AccountView,
  type AssetPriceView,
  type AssetView,
  type BackstopView,
  type BalanceView,
  type Event,
  type ExchangeSettings,
  type FeeTier,
  type FillView,
  type KeyView,
  MARKET_KIND,
  type MarketView,
  type NegativeBalanceView,
  ORDER_STATUS,
  type OrderView,
  type PerpPriceView,
  type PoolView,
  type PositionView,
  type ProposalView,
  type QuoteView,
  type RfqView,
  type RiskTerms,
  type SecurityView,
  SIDE,
  type Side,
  type StrategyView,
  type TriggerOrderView,
  type VaultRedeemView,
  type VaultView,
  type WithdrawalView,
} from '@glasshouse/protocol';
import { type Atoms, assert, type FeePpm, type Lots, unreachable } from '@glasshouse/units';

type Level = { readonly side: Side; readonly ticks: number; readonly lots: number };

class FoldedBook {
  lastUpdateId = 0;
  lastTradeId = 0;
  readonly #levels = new Map<string, Level>();

  set(updateId: number, level: Level): void {
    assert(updateId === this.lastUpdateId + 1, 'book updates are consecutive', { updateId, last: this.lastUpdateId });
    this.lastUpdateId = updateId;
    const place = `${level.side}/${level.ticks}`;
    if (level.lots === 0) this.#levels.delete(place);
    else this.#levels.set(place, level);
  }

  /** [ticks, lots] of a side, best first. */
  side(side: Side): (readonly [number, number])[] {
    const levels = [...this.#levels.values()].filter((level) => level.side === side);
    levels.sort((a, b) => (side === 0 ? b.ticks - a.ticks : a.ticks - b.ticks));
    return levels.map(({ ticks, lots }) => [ticks, lots] as const);
  }
}

function countByAccount(orders: Iterable<{ readonly accountId: number }>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { accountId } of orders) counts.set(accountId, (counts.get(accountId) ?? 0) + 1);
  return counts;
}

export class ReadModel {
  readonly assets: AssetView[] = [];
  readonly markets: MarketView[] = [];
  readonly books = new Map<number, FoldedBook>();
  readonly keys: KeyView[] = [];
  readonly openOrders = new Map<number, OrderView>();
  readonly pendingWithdrawals = new Map<number, WithdrawalView>();
  readonly securities = new Map<number, SecurityView>();
  readonly openProposals = new Map<number, ProposalView>();
  settings: ExchangeSettings | undefined;
  spotFeeTiers: readonly FeeTier[] = [];
  risk: RiskTerms | undefined;
  deposits = 0;
  readonly waitingTriggers = new Map<number, TriggerOrderView>();
  /** What resting slices have filled since is told of by their fills. */
  readonly strategies = new Map<number, StrategyView>();
  readonly perpPrices = new Map<number, PerpPriceView>();
  readonly assetPrices = new Map<number, AssetPriceView>();
  readonly pools = new Map<number, PoolView>();
  readonly liquidating = new Set<number>();
  readonly backstops = new Map<number, BackstopView>();
  readonly negativeBalances = new Map<string, NegativeBalanceView>();
  readonly vaults: VaultView[] = [];
  readonly vaultSupplies = new Map<number, number>();
  readonly pendingRedeems = new Map<number, VaultRedeemView>();
  readonly openRfqs = new Map<number, RfqView>();
  readonly openQuotes = new Map<number, QuoteView>();
  readonly #accounts: AccountView[] = [];
  readonly #balances = new Map<string, BalanceView>();
  readonly #positions = new Map<string, PositionView>();
  #openedPositions = 0;

  /** Accounts with their rates by tier and their open orders counted: both change without an event of the account. */
  accounts(): AccountView[] {
    const open = countByAccount(this.openOrders.values());
    const waiting = countByAccount(this.waitingTriggers.values());
    return this.#accounts.map((account) => {
      const openOrders = open.get(account.accountId) ?? 0;
      const triggerOrders = waiting.get(account.accountId) ?? 0;
      return { ...account, openOrders, triggerOrders, ...this.#ratesOf(account) };
    });
  }

  /** What an order placed now would pay. */
  rates(accountId: number, marketId: number): { readonly makerPpm: number; readonly takerPpm: number } {
    const account = this.#accounts[accountId - 1];
    if (account === undefined) return { makerPpm: 0, takerPpm: 0 };
    const rates = this.#ratesOf(account);
    return this.markets[marketId - 1]?.kind === MARKET_KIND.perp
      ? { makerPpm: rates.perpMakerFeePpm, takerPpm: rates.perpTakerFeePpm }
      : { makerPpm: rates.makerFeePpm, takerPpm: rates.takerFeePpm };
  }

  #tierOf(account: AccountView | undefined): FeeTier | undefined {
    return this.spotFeeTiers[account?.feeTier ?? -1];
  }

  #ratesOf(account: AccountView) {
    const tier = this.#tierOf(account);
    const { makerPpm = 0, takerPpm = 0 } = tier ?? {};
    return {
      makerFeePpm: makerPpm as FeePpm,
      takerFeePpm: takerPpm as FeePpm,
      perpMakerFeePpm: (tier?.perpMakerPpm ?? makerPpm) as FeePpm,
      perpTakerFeePpm: (tier?.perpTakerPpm ?? takerPpm) as FeePpm,
    };
  }

  /** What is held, with the orders that could come on top of it: orders move without an event of the position. */
  positions(accountId: number): PositionView[] {
    const known = this.markets.map(({ marketId }) => this.#positions.get(`${accountId}/${marketId}`));
    const held = known.filter(
      (position): position is PositionView => position !== undefined && position.sizeLots !== 0,
    );
    return held.map((position) => ({
      ...position,
      openBidLots: this.#openLots(accountId, position.marketId, SIDE.bid) as Lots,
      openAskLots: this.#openLots(accountId, position.marketId, SIDE.ask) as Lots,
    }));
  }

  #openLots(accountId: number, marketId: number, side: Side): number {
    let lots = 0;
    for (const order of this.openOrders.values()) {
      const counts = order.accountId === accountId && order.marketId === marketId && !order.reduceOnly;
      if (counts && order.side === side) lots += order.sizeLots - order.filledLots;
    }
    return lots;
  }

  balances(accountId: number): BalanceView[] {
    const held = this.assets.map(({ assetId }) => this.#balances.get(`${accountId}/${assetId}`));
    return held.filter((balance): balance is BalanceView => balance !== undefined && !isEmpty(balance));
  }

  observe(event: Event): void {
    switch (event.kind) {
      case 'rejected':
      case 'transferred':
      case 'pnlSettled':
      case 'cashSettled':
      case 'fundingPaid':
      case 'fundingRateSet':
      case 'borrowLendChanged':
      case 'interestPosted':
      case 'collateralConverted':
      case 'referralPaid':
      case 'marginWarning':
      case 'liquidationStep':
      case 'backstopAssigned':
      case 'deleveraged':
      case 'loanDeleveraged':
      case 'loanAssigned':
      case 'deficitCovered':
      case 'dustConverted':
        return;
      case 'strategyCreated':
      case 'strategySliced':
        this.strategies.set(event.strategy.strategyId, event.strategy);
        return;
      case 'strategyEnded':
        this.strategies.delete(event.strategy.strategyId);
        return;
      case 'liquidationStarted':
        this.liquidating.add(event.accountId);
        return;
      case 'liquidationEnded':
        this.liquidating.delete(event.liquidation.accountId);
        return;
      case 'backstopEnrolled':
        this.backstops.set(event.backstop.accountId, event.backstop);
        return;
      case 'backstopLeft':
        this.backstops.delete(event.accountId);
        return;
      case 'negativeBalanceRecorded':
      case 'negativeBalanceAccepted': {
        const { accountId, assetId } = event.negative;
        this.negativeBalances.set(`${accountId}/${assetId}`, event.negative);
        return;
      }
      case 'orderAccepted':
      case 'orderReduced':
        this.openOrders.set(event.order.orderId, event.order);
        return;
      case 'orderFilled':
        if (event.fill.isMaker) this.#fillStrategy(event.order, event.fill);
        if (event.order.status === ORDER_STATUS.filled) this.openOrders.delete(event.order.orderId);
        else this.openOrders.set(event.order.orderId, event.order);
        return;
      case 'orderCancelled':
      case 'orderExpired':
        this.openOrders.delete(event.order.orderId);
        return;
      case 'traded':
        this.#book(event.trade.marketId).lastTradeId += 1;
        assert(event.trade.tradeId === this.#book(event.trade.marketId).lastTradeId, 'trades are consecutive');
        return;
      case 'levelChanged':
        this.#book(event.marketId).set(event.updateId, {
          side: event.side,
          ticks: event.priceTicks,
          lots: event.sizeLots,
        });
        return;
      case 'balanceChanged':
        this.#balances.set(`${event.balance.accountId}/${event.balance.assetId}`, event.balance);
        return;
      case 'positionOpened':
        this.#openedPositions += 1;
        assert(event.positionId === this.#openedPositions, 'positions are numbered as they are opened');
        return;
      case 'positionChanged':
        this.#positions.set(`${event.position.accountId}/${event.position.marketId}`, event.position);
        return;
      case 'perpPriceChanged':
        this.perpPrices.set(event.price.marketId, event.price);
        return;
      case 'assetPriceChanged':
        this.assetPrices.set(event.price.assetId, event.price);
        return;
      case 'poolChanged':
        this.pools.set(event.pool.assetId, event.pool);
        return;
      case 'triggerOrderAccepted':
      case 'triggerOrderChanged':
        if (event.order.status === 'waiting') this.waitingTriggers.set(event.order.orderId, event.order);
        else this.waitingTriggers.delete(event.order.orderId);
        return;
      case 'accountCreated':
      case 'accountUpdated':
        this.#accounts[event.account.accountId - 1] = event.account;
        return;
      case 'keyAdded':
      case 'keyRevoked':
        this.keys[event.key.keyId - 1] = event.key;
        return;
      case 'depositCredited':
        this.deposits += 1;
        assert(event.depositId === this.deposits, 'deposits are consecutive');
        return;
      case 'securityChanged':
        this.securities.set(event.security.customerId, event.security);
        return;
      case 'twoFactorConfirmed':
        return;
      case 'withdrawalReleased':
      case 'withdrawalRequested':
        this.pendingWithdrawals.set(event.withdrawal.withdrawalId, event.withdrawal);
        return;
      case 'withdrawalCancelled':
      case 'withdrawalConfirmed':
        this.pendingWithdrawals.delete(event.withdrawal.withdrawalId);
        return;
      case 'assetListed':
        this.assets.push(event.asset);
        return;
      case 'assetChanged':
        this.assets[event.asset.assetId - 1] = event.asset;
        return;
      case 'marketListed':
      case 'marketChanged':
        this.markets[event.market.marketId - 1] = event.market;
        return;
      case 'settingsChanged':
        this.settings = event.settings;
        this.spotFeeTiers = event.spotFeeTiers;
        this.risk = event.risk;
        return;
      case 'proposed':
        this.openProposals.set(event.proposal.proposalId, event.proposal);
        return;
      case 'approved':
      case 'proposalExpired':
        this.openProposals.delete(event.proposal.proposalId);
        return;
      case 'vaultListed':
      case 'vaultChanged':
        this.vaults[event.vault.vaultId - 1] = event.vault;
        return;
      case 'vaultMinted':
        this.vaultSupplies.set(event.vaultId, event.supplyAtoms);
        return;
      case 'vaultRedeemChanged': {
        const { redeem, supplyAtoms } = event;
        this.vaultSupplies.set(redeem.vaultId, supplyAtoms);
        if (redeem.status === 'requested') this.pendingRedeems.set(redeem.redeemId, redeem);
        else this.pendingRedeems.delete(redeem.redeemId);
        return;
      }
      case 'vaultNavSampled':
        return;
      case 'rfqOpened':
      case 'rfqRefreshed':
        this.openRfqs.set(event.rfq.rfqId, event.rfq);
        return;
      case 'rfqClosed':
        this.openRfqs.delete(event.rfq.rfqId);
        return;
      case 'quoteOpened':
        this.openQuotes.set(event.quote.quoteId, event.quote);
        return;
      case 'quoteClosed':
        this.openQuotes.delete(event.quote.quoteId);
        return;
      case 'rfqFilled':
        this.openRfqs.delete(event.rfq.rfqId);
        this.openQuotes.delete(event.quote.quoteId);
        return;
      default:
        unreachable(event);
    }
  }

  /** What an arriving slice fills is told of with the slice. */
  #fillStrategy({ strategyId = 0 }: OrderView, { sizeLots, quoteAtoms }: FillView): void {
    const strategy = this.strategies.get(strategyId);
    if (strategy === undefined) return;
    const filledLots = (strategy.filledLots + sizeLots) as Lots;
    const filledQuoteAtoms = (strategy.filledQuoteAtoms + quoteAtoms) as Atoms;
    this.strategies.set(strategyId, { ...strategy, filledLots, filledQuoteAtoms });
  }

  #book(marketId: number): FoldedBook {
    const known = this.books.get(marketId);
    if (known !== undefined) return known;
    const book = new FoldedBook();
    this.books.set(marketId, book);
    return book;
  }
}

function isEmpty({ availableAtoms, lockedAtoms, lentAtoms, borrowedAtoms }: BalanceView): boolean {
  return availableAtoms === 0 && lockedAtoms === 0 && lentAtoms === 0 && borrowedAtoms === 0;
}
