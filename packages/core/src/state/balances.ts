// Columns only; the ledger folder is their only writer.
import { withRoom } from './columns.js';

/** Ledger accounts of the house. They have no key and place no orders. */
export const HOUSE = {
  /** Counterpart of all deposits and withdrawals: minus what the chains hold for the venue. */
  chain: 0,
  fees: 1,
  rounding: 2,
  withdrawals: 3,
  backstopFund: 4,
  liquidityFund: 5,
  lendingReserve: 6,
  /** Cash of the lending pool. */
  lendingPool: 7,
  /** Minus what liquidated accounts owed when they had nothing left; a claim on pools alone, never cash. */
  negativeBalances: 8,
  /** Of a vault's token: minus what is in circulation. */
  vaultTokens: 9,
  /** Tokens that wait to be redeemed. */
  vaultRedeems: 10,
} as const;
export type HouseAccount = (typeof HOUSE)[keyof typeof HOUSE];
export const HOUSE_ACCOUNTS = 11;

/** One asset's balances: a column over accounts, and the house. */
export class AssetBalances {
  availableAtoms = new Float64Array(0);
  lockedAtoms = new Float64Array(0);
  /** Positive is lent, negative borrowed. */
  loanAtoms = new Float64Array(0);
  /** The pool's index up to which interest on the loan is in `accruedAtoms`. */
  loanIndex = new Float64Array(0);
  /** Interest not posted yet, in fractions of atoms; positive is earned. */
  accruedAtoms = new Float64Array(0);
  readonly houseAtoms = new Float64Array(HOUSE_ACCOUNTS);
  /** Σ available + locked over all accounts, kept by the ledger with every posting between customers and house. */
  customersAtoms = 0;
  /** Number of the command that touched an account last: announces each balance once per command. Not state. */
  touchedBy = new Float64Array(0);

  ensure(accountId: number): void {
    this.availableAtoms = withRoom(this.availableAtoms, accountId);
    this.lockedAtoms = withRoom(this.lockedAtoms, accountId);
    this.loanAtoms = withRoom(this.loanAtoms, accountId);
    this.loanIndex = withRoom(this.loanIndex, accountId);
    this.accruedAtoms = withRoom(this.accruedAtoms, accountId);
    this.touchedBy = withRoom(this.touchedBy, accountId);
  }
}

/** Balances by asset id, from 1. */
export class BalanceTable {
  readonly #assets: AssetBalances[] = [];

  addAsset(accounts: number): void {
    const balances = new AssetBalances();
    balances.ensure(accounts);
    this.#assets.push(balances);
  }

  addAccount(accountId: number): void {
    for (const balances of this.#assets) balances.ensure(accountId);
  }

  of(assetId: number): AssetBalances {
    return this.#assets[assetId - 1] as AssetBalances;
  }

  get assets(): readonly AssetBalances[] {
    return this.#assets;
  }
}
