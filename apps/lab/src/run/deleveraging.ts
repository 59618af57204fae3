// Auto-deleveraging of a run, counted: what was needed, what was taken for it, and how much of its profit anyone lost.
import type { Deleveraged } from '@glasshouse/protocol';
import type { ToldPositions } from './positions.js';

const USD_PER_ATOM = 1e-6;

type Loss = { takenAtoms: number; profitAtoms: number };

export class DeleveragingCount {
  /** Deficits of accounts when others began to give way for them: at full prices, and after the fund had paid. */
  neededUsd = 0;
  takenUsd = 0;
  /** Who gave up a part of a position for somebody else's liquidation. */
  readonly accounts = new Set<number>();
  /** Those of them of whose profit something was taken. */
  readonly payers = new Set<number>();
  /** By account and market. */
  readonly #losses = new Map<string, Loss>();
  #lastTurn = '';

  constructor(
    private readonly positions: ToldPositions,
    private readonly worthUsd: (accountId: number) => number,
  ) {}

  /** To be called as it is told, while the books are as it left them. */
  hear(event: Deleveraged, timeMs: number): void {
    const { accountId, counterpartyAccountId, marketId, takenAtoms } = event;
    const takenUsd = takenAtoms * USD_PER_ATOM;
    const turn = `${accountId} at ${timeMs}`;
    if (turn !== this.#lastTurn) this.neededUsd += Math.max(0, takenUsd - this.worthUsd(accountId));
    this.#lastTurn = turn;
    this.takenUsd += takenUsd;
    this.accounts.add(counterpartyAccountId);
    const profitAtoms = this.positions.giveUp(event);
    if (takenAtoms === 0) return;
    this.payers.add(counterpartyAccountId);
    const place = `${counterpartyAccountId} in ${marketId}`;
    const loss = this.#losses.get(place) ?? { takenAtoms: 0, profitAtoms: 0 };
    this.#losses.set(place, {
      takenAtoms: loss.takenAtoms + takenAtoms,
      profitAtoms: Math.max(loss.profitAtoms, profitAtoms),
    });
  }

  /** Of the most profit that a position had when it gave way, what was taken in all. */
  get largestShare(): number {
    return Math.max(0, ...[...this.#losses.values()].map(({ takenAtoms, profitAtoms }) => takenAtoms / profitAtoms));
  }
}
