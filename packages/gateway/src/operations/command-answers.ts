// What a command that was applied answers: read from its own events, so that the reply is what happened and nothing newer.
import type { BatchCommandOrderResult, Blockchain, OrderExecutePayload, OrderType, RequestOf } from '@glasshouse/api';
import type { Event, OrderView, StrategyView, TriggerOrderView } from '@glasshouse/protocol';
import { assert } from '@glasshouse/units';
import { keyAnswer, newAccountAnswer, proposalAnswer, withdrawalAnswer } from '../answers/account-answer.js';
import { backstopAnswer } from '../answers/backstop-answer.js';
import { orderAnswer } from '../answers/order-answer.js';
import { addressBookAnswer, delayAnswer } from '../answers/security-answer.js';
import { strategyAnswer } from '../answers/strategy-answer.js';
import { requestedExits, triggerOrderAnswer } from '../answers/trigger-answer.js';
import type { Catalogue } from '../exchange/catalogue.js';
import { assetQuantity, type Listing } from '../exchange/listing.js';
import type { Committed, ExchangePort } from '../ports.js';
import type { Applied, CommandAnswers } from './contract.js';
import { eventOf, lastEventOf } from './event-of.js';
import { type OrderOutcome, orderOutcomes } from './order-outcomes.js';
import { proposalWithKey } from './proposals.js';
import { rejection } from './rejection.js';
import { rfqCommands } from './rfq-commands.js';

function lastStrategyState(committed: Committed, id: number): StrategyView {
  const states = committed.events.flatMap((event) =>
    'strategy' in event && event.strategy.strategyId === id ? [event.strategy] : [],
  );
  return states.at(-1) as StrategyView;
}

class Answers {
  constructor(
    private readonly port: ExchangePort,
    private readonly catalogue: Catalogue,
  ) {}

  private listing(marketId: number): Listing {
    const listing = this.catalogue.listing(marketId);
    assert(listing !== undefined, 'every market has been listed', { marketId });
    return listing;
  }

  private asset(assetId: number) {
    const asset = this.catalogue.asset(assetId);
    assert(asset !== undefined, 'every asset has been listed', { assetId });
    return asset;
  }

  private order(order: OrderView) {
    return orderAnswer(this.listing(order.marketId), order);
  }

  private trigger(order: TriggerOrderView) {
    return triggerOrderAnswer(this.listing(order.marketId), order);
  }

  private state(outcome: Exclude<OrderOutcome, { readonly kind: 'rejected' }>, asked: OrderExecutePayload): OrderType {
    if (outcome.kind === 'trigger') return this.trigger(outcome.order);
    const listing = this.listing(outcome.order.marketId);
    return orderAnswer(listing, outcome.order, requestedExits(listing, asked));
  }

  private outcome(outcome: OrderOutcome, asked: OrderExecutePayload): BatchCommandOrderResult {
    if (outcome.kind !== 'rejected') return { operation: 'Ok', ...this.state(outcome, asked) };
    return { operation: 'Err', ...rejection(outcome.rejected).body() };
  }

  private placed({ committed, body }: Applied) {
    const outcome = orderOutcomes(committed.events).get(0);
    assert(outcome !== undefined && outcome.kind !== 'rejected', 'an order that is not rejected is accepted', {
      seq: committed.seq,
    });
    return this.state(outcome, body as OrderExecutePayload);
  }

  private placedBatch({ committed, elements, body }: Applied) {
    const asked = body as readonly OrderExecutePayload[];
    const outcomes = orderOutcomes(committed.events);
    return Array.from({ length: elements }, (_, index) => {
      const outcome = outcomes.get(index);
      assert(outcome !== undefined, 'every element of a batch has an outcome', { seq: committed.seq, index });
      return this.outcome(outcome, asked[index] as OrderExecutePayload);
    });
  }

  private cancelled(event: Event, accountId: number): readonly OrderType[] {
    if (event.kind !== 'orderCancelled' && event.kind !== 'triggerOrderChanged') return [];
    if (event.order.accountId !== accountId) return [];
    if (event.kind === 'orderCancelled') return [this.order(event.order)];
    return event.order.status === 'cancelled' ? [this.trigger(event.order)] : [];
  }

  /** The last that happened to it: the position may have cut it before. */
  private reduced({ committed, body }: Applied): OrderType {
    const { orderId } = body as RequestOf<'reduceOrder'>;
    const reduced = committed.events.findLast(
      (event) => event.kind === 'orderReduced' && event.order.orderId === Number(orderId),
    );
    assert(reduced?.kind === 'orderReduced', 'a reduction that is not rejected is told', { seq: committed.seq });
    return this.order(reduced.order);
  }

  /** Time may have passed with the request, and taken away orders of others. */
  private cancelledOrders({ committed, caller }: Applied): OrderType[] {
    return committed.events.flatMap((event) => this.cancelled(event, caller.accountId));
  }

  private cancelledOrder(applied: Applied): OrderType {
    const { committed } = applied;
    const [order] = this.cancelledOrders(applied);
    assert(order !== undefined, 'a cancel that is not rejected takes an order away', { seq: committed.seq });
    return order;
  }

  private transferred(committed: Committed) {
    const { fromAccountId, toAccountId, assetId, quantityAtoms } = eventOf(committed, 'transferred');
    const asset = this.asset(assetId);
    return { fromAccountId, quantity: assetQuantity(asset, quantityAtoms), symbol: asset.symbol, toAccountId };
  }

  creditedDeposit(committed: Committed) {
    const { accountId, assetId, blockchain, depositId, quantityAtoms, reference } = eventOf(
      committed,
      'depositCredited',
    );
    const asset = this.asset(assetId);
    const quantity = assetQuantity(asset, quantityAtoms);
    return { accountId, blockchain: blockchain as Blockchain, depositId, quantity, reference, symbol: asset.symbol };
  }

  private withdrawal(committed: Committed) {
    const { withdrawal } = eventOf(committed, 'withdrawalRequested');
    return withdrawalAnswer(this.asset(withdrawal.assetId), withdrawal);
  }

  /** An action for which one operator is enough takes effect at once and never becomes a proposal: its id is 0. */
  private proposed({ committed, caller, body }: Applied) {
    const proposed = committed.events.find((event) => event.kind === 'proposed');
    if (proposed !== undefined) return proposalAnswer(proposed.proposal, caller.publicKey);
    const { action } = body as { readonly action: unknown };
    const executed = {
      proposalId: 0,
      proposedByKeyId: caller.keyId,
      action: typeof action === 'string' ? action : JSON.stringify(action),
      proposedUs: committed.timeUs,
      status: 'executed' as const,
    };
    return proposalAnswer(executed, caller.publicKey);
  }

  private approved(committed: Committed) {
    const { proposal } = eventOf(committed, 'approved');
    return this.port.read((view) => proposalWithKey(view, proposal));
  }

  private accountCommands() {
    return {
      updateAccount: () => undefined,
      borrowLend: () => undefined,
      withdraw: ({ committed }) => this.withdrawal(committed),
      createSubaccount: ({ committed }) => newAccount(committed),
      transfer: ({ committed }) => this.transferred(committed),
      addKey: ({ committed }) => keyAnswer(eventOf(committed, 'keyAdded').key),
      revokeKey: ({ committed }) => keyAnswer(eventOf(committed, 'keyRevoked').key),
    } satisfies Partial<CommandAnswers>;
  }

  private liquidationCommands() {
    return {
      enrolBackstop: ({ committed }) => {
        const { backstop } = eventOf(committed, 'backstopEnrolled');
        return backstopAnswer(backstop, this.catalogue, committed.timeUs);
      },
      leaveBackstop: () => undefined,
      acceptNegativeBalance: ({ committed }) => {
        const { negative, paidAtoms } = eventOf(committed, 'negativeBalanceAccepted');
        const asset = this.asset(negative.assetId);
        const left = assetQuantity(asset, negative.quantityAtoms);
        return { left, paid: assetQuantity(asset, paidAtoms), symbol: asset.symbol };
      },
    } satisfies Partial<CommandAnswers>;
  }

  private strategy(strategy: StrategyView) {
    return strategyAnswer(this.listing(strategy.marketId), strategy);
  }

  /** Time may have passed with the request, and ended strategies of its own accord. */
  private endedStrategies({ committed, caller }: Applied) {
    return committed.events.flatMap((event) => {
      const ended = event.kind === 'strategyEnded' && event.strategy.status === 'cancelled';
      return ended && event.strategy.accountId === caller.accountId ? [this.strategy(event.strategy)] : [];
    });
  }

  private strategyCommands() {
    return {
      createStrategy: ({ committed }) => {
        const { strategyId } = eventOf(committed, 'strategyCreated').strategy;
        return this.strategy(lastStrategyState(committed, strategyId));
      },
      cancelStrategy: (applied) => {
        const [ended] = this.endedStrategies(applied);
        assert(ended !== undefined, 'a cancel that is not rejected ends a strategy', { seq: applied.committed.seq });
        return ended;
      },
      cancelAllStrategies: (applied) => this.endedStrategies(applied),
    } satisfies Partial<CommandAnswers>;
  }

  private guardCommands() {
    const changed = ({ committed }: Applied) => lastEventOf(committed, 'securityChanged').security;
    const twoFactor = (applied: Applied) => ({ enabled: changed(applied).twoFactor, offered: true });
    return {
      createWithdrawalDelay: () => undefined,
      updateWithdrawalDelay: (applied) => delayAnswer(changed(applied)),
      cancelWithdrawal: ({ committed }) => {
        const { withdrawal } = eventOf(committed, 'withdrawalCancelled');
        return withdrawalAnswer(this.asset(withdrawal.assetId), withdrawal);
      },
      saveAddress: (applied) => addressBookAnswer(changed(applied)),
      removeAddress: (applied) => addressBookAnswer(changed(applied)),
      setAddressBook: (applied) => addressBookAnswer(changed(applied)),
      enableTwoFactor: twoFactor,
      disableTwoFactor: twoFactor,
    } satisfies Partial<CommandAnswers>;
  }

  private vaultCommands() {
    return {
      vaultMint: () => undefined,
      vaultRedeem: () => undefined,
      vaultRedeemCancel: () => undefined,
    } satisfies Partial<CommandAnswers>;
  }

  private serviceCommands() {
    return {
      reportPrices: ({ committed, body }) => {
        const { source, prices } = body as RequestOf<'reportPrices'>;
        return { count: prices.split(',').length, source, timestamp: committed.timeUs };
      },
      propose: (applied) => this.proposed(applied),
      approve: ({ committed }) => this.approved(committed),
      creditDeposit: ({ committed }) => this.creditedDeposit(committed),
      confirmWithdrawal: ({ committed }) => {
        const { transactionHash, withdrawalId } = eventOf(committed, 'withdrawalConfirmed').withdrawal;
        return { status: 'confirmed' as const, transactionHash, withdrawalId };
      },
    } satisfies Partial<CommandAnswers>;
  }

  all(): CommandAnswers {
    return {
      placeOrder: (applied) => this.placed(applied),
      placeOrders: (applied) => this.placedBatch(applied),
      cancelOrder: (applied) => this.cancelledOrder(applied),
      cancelAllOrders: (applied) => this.cancelledOrders(applied),
      reduceOrder: (applied) => this.reduced(applied),
      ...this.accountCommands(),
      ...this.liquidationCommands(),
      ...this.vaultCommands(),
      ...this.serviceCommands(),
      ...this.strategyCommands(),
      ...this.guardCommands(),
      ...rfqCommands(this.catalogue),
    };
  }
}

export function newAccount(committed: Committed) {
  return newAccountAnswer(eventOf(committed, 'accountCreated').account, eventOf(committed, 'keyAdded').key);
}

export function creditedDeposit(port: ExchangePort, catalogue: Catalogue, committed: Committed) {
  return new Answers(port, catalogue).creditedDeposit(committed);
}

export function commandAnswers(port: ExchangePort, catalogue: Catalogue): CommandAnswers {
  return new Answers(port, catalogue).all();
}
