// Exits attached to orders that may still fill. The exits themselves are trigger orders once something has been filled; a plan
// goes with its parent, its exits stay.
import type { SelfTradePrevention, Side } from '@glasshouse/protocol';
import type { ExitTerms } from './trigger-order.js';

export type ExitPlan = {
  readonly parentOrderId: number;
  readonly accountId: number;
  readonly marketId: number;
  /** Of the parent: its exits are on the other side. */
  readonly side: Side;
  readonly selfTradePrevention: SelfTradePrevention;
  /** Bits of ORDER_FLAG that the exits take over. */
  readonly flags: number;
  takeProfit: ExitTerms | undefined;
  stopLoss: ExitTerms | undefined;
  /** Of the parent so far. */
  filledLots: number;
  /** For which exits have come and gone already. */
  handedLots: number;
  /** Exits that wait now, 0 for none. */
  takeProfitId: number;
  stopLossId: number;
  parentOpen: boolean;
};

const legsOf = ({ takeProfit, stopLoss }: ExitPlan): number =>
  (takeProfit === undefined ? 0 : 1) + (stopLoss === undefined ? 0 : 1);

export class ExitPlans {
  readonly #plans = new Map<number, ExitPlan>();
  /** Exits planned, by account. */
  readonly #counts = new Map<number, number>();
  /** Parents that the command has filled or ended. Scratch: empty between commands. */
  readonly #touched: number[] = [];

  get size(): number {
    return this.#plans.size;
  }

  get(parentOrderId: number): ExitPlan | undefined {
    return this.#plans.get(parentOrderId);
  }

  /** By rising parent. */
  inOrder(): ExitPlan[] {
    return [...this.#plans.values()].sort((a, b) => a.parentOrderId - b.parentOrderId);
  }

  countOf(accountId: number): number {
    return this.#counts.get(accountId) ?? 0;
  }

  add(plan: ExitPlan): void {
    this.#plans.set(plan.parentOrderId, plan);
    this.#count(plan.accountId, legsOf(plan));
  }

  delete(plan: ExitPlan): void {
    if (this.#plans.delete(plan.parentOrderId)) this.#count(plan.accountId, -legsOf(plan));
  }

  /** An exit that is not to come again: its owner has cancelled it, or it was refused. */
  dropLeg(plan: ExitPlan, exitId: number): void {
    const before = legsOf(plan);
    if (plan.takeProfitId === exitId) {
      plan.takeProfit = undefined;
      plan.takeProfitId = 0;
    }
    if (plan.stopLossId === exitId) {
      plan.stopLoss = undefined;
      plan.stopLossId = 0;
    }
    this.#count(plan.accountId, legsOf(plan) - before);
  }

  /** The parent has filled so many lots more. */
  fill(parentOrderId: number, lots: number): void {
    const plan = this.#plans.get(parentOrderId);
    if (plan === undefined) return;
    plan.filledLots += lots;
    this.#touched.push(parentOrderId);
  }

  /** The parent will fill no more. */
  close(parentOrderId: number): void {
    const plan = this.#plans.get(parentOrderId);
    if (plan === undefined) return;
    plan.parentOpen = false;
    this.#touched.push(parentOrderId);
  }

  /** The next parent to look at, 0 when there is none; one may come more than once. */
  takeTouched(): number {
    return this.#touched.shift() ?? 0;
  }

  #count(accountId: number, change: number): void {
    const count = this.countOf(accountId) + change;
    if (count === 0) this.#counts.delete(accountId);
    else this.#counts.set(accountId, count);
  }
}
