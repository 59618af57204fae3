// What auto-deleveraging knows of an account whose position stands opposite the one to be closed.

export type Winner = {
  readonly accountId: number;
  /** Size of its position, unsigned. */
  readonly sizeLots: number;
  /** Profit of the position since it was opened; a loss is negative. */
  readonly profitAtoms: number;
  readonly equityUsd: number;
  readonly entryNotionalUsd: number;
  /** Exposure of the account by its equity. */
  readonly leverage: number;
};

/** What can be taken of a winner: its profit and no more. */
export function profitOf({ profitAtoms }: Winner): number {
  return Math.max(0, profitAtoms);
}

/**
 * Place in the queue (mechanics §8): profit by entry notional × effective leverage. Profit counts in atoms, so the score is a constant of
 * the settlement asset away from the published fraction, which changes no order.
 */
export function queueScore({ profitAtoms, entryNotionalUsd, leverage }: Winner): number {
  return entryNotionalUsd > 0 ? (profitAtoms * leverage) / entryNotionalUsd : 0;
}
