// The exchange as somebody sees it who is shown its events and nothing else.
import {
  type AccountView,
  type AssetPriceView,
  type AssetView,
  type BalanceView,
  type Event,
  type ExchangeSettings,
  type FeeTier,
  type KeyView,
  type MarketView,
  ORDER_STATUS,
  type OrderView,
  type PerpPriceView,
  type PoolView,
  type PositionView,
  type ProposalView,
  type RiskConfiguration,
  type Side,
  type TriggerOrderView,
  type WithdrawalView,
} from '@glasshouse/protocol';
import { assert, type FeePpm, unreachable } from '@glasshouse/units';

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

export class ReadModel {
  readonly assets: AssetView[] = [];
  readonly markets: MarketView[] = [];
  readonly books = new Map<number, FoldedBook>();
  readonly keys: KeyView[] = [];
  readonly openOrders = new Map<number, OrderView>();
  readonly pendingWithdrawals = new Map<number, WithdrawalView>();
  readonly openProposals = new Map<number, ProposalView>();
  settings: ExchangeSettings | undefined;
  spotFeeTiers: readonly FeeTier[] = [];
  risk: RiskConfiguration | undefined;
  deposits = 0;
  readonly waitingTriggers = new Map<number, TriggerOrderView>();
  readonly perpPrices = new Map<number, PerpPriceView>();
  readonly assetPrices = new Map<number, AssetPriceView>();
  readonly pools = new Map<number, PoolView>();
  readonly #accounts: AccountView[] = [];
  readonly #balances = new Map<string, BalanceView>();
  readonly #positions = new Map<string, PositionView>();

  /** Accounts with their rates by tier and their open orders counted: both change without an event of the account. */
  accounts(): AccountView[] {
    const counts = new Map<number, number>();
    for (const { accountId } of this.openOrders.values()) counts.set(accountId, (counts.get(accountId) ?? 0) + 1);
    return this.#accounts.map((account) => {
      const openOrders = counts.get(account.accountId) ?? 0;
      return { ...account, openOrders, ...this.#ratesOf(account) };
    });
  }

  /** What a spot order placed now would pay. */
  rates(accountId: number): { readonly makerPpm: number; readonly takerPpm: number } {
    const tier = this.#tierOf(this.#accounts[accountId - 1]);
    return { makerPpm: tier?.makerPpm ?? 0, takerPpm: tier?.takerPpm ?? 0 };
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

  positions(accountId: number): PositionView[] {
    const held = this.markets.map(({ marketId }) => this.#positions.get(`${accountId}/${marketId}`));
    return held.filter((position): position is PositionView => position !== undefined && !isFlat(position));
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
        return;
      case 'orderAccepted':
      case 'orderReduced':
        this.openOrders.set(event.order.orderId, event.order);
        return;
      case 'orderFilled':
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
      case 'withdrawalRequested':
        this.pendingWithdrawals.set(event.withdrawal.withdrawalId, event.withdrawal);
        return;
      case 'withdrawalConfirmed':
        this.pendingWithdrawals.delete(event.withdrawal.withdrawalId);
        return;
      case 'assetListed':
        this.assets.push(event.asset);
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
      default:
        unreachable(event);
    }
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

function isFlat({ sizeLots, openBidLots, openAskLots }: PositionView): boolean {
  return sizeLots === 0 && openBidLots === 0 && openAskLots === 0;
}
