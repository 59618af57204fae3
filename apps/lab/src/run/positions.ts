// Positions as the exchange last told of them: who stands where, and what it has gained since it was opened.
import { type Deleveraged, type PositionView, SIDE } from '@glasshouse/protocol';

type Held = { lots: number; entryAtoms: number };

export class ToldPositions {
  readonly #byAccount = new Map<number, Map<number, Held>>();

  hear({ accountId, marketId, sizeLots, entryCostAtoms }: PositionView): void {
    const held = this.#byAccount.get(accountId) ?? new Map<number, Held>();
    this.#byAccount.set(accountId, held);
    if (sizeLots === 0) held.delete(marketId);
    else held.set(marketId, { lots: sizeLots, entryAtoms: entryCostAtoms });
  }

  marketsOf(accountId: number): number[] {
    return [...(this.#byAccount.get(accountId)?.keys() ?? [])];
  }

  /**
   * What the position of who gives way had gained at the mark before it did, in atoms. Positions are told of when a command is over: what is
   * given up before that is counted here.
   */
  giveUp({ counterpartyAccountId, marketId, side, sizeLots, quoteAtoms, takenAtoms }: Deleveraged): number {
    const held = this.#byAccount.get(counterpartyAccountId)?.get(marketId);
    if (held === undefined) return 0;
    const atMark = side === SIDE.ask ? quoteAtoms - takenAtoms : quoteAtoms + takenAtoms;
    const profit = (held.lots * atMark) / sizeLots - held.entryAtoms;
    const left = 1 - sizeLots / Math.abs(held.lots);
    held.lots *= left;
    held.entryAtoms *= left;
    return profit;
  }
}
