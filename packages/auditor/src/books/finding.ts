// What does not add up, as data: a finding names the rule, the place in the log and both numbers.

export const AUDIT_RULES = {
  balanceFollows: 'a balance is what the events before it make of it',
  loanFollows: 'lent − borrowed is what the events before it make of it',
  columnNotNegative: 'no column of a balance is negative',
  lentOrBorrowed: 'the same asset is never lent and borrowed at once',
  unsettledFollows: 'unsettled PnL is what fills, fees, funding, interest and settlements make of it',
  positionFollows: 'a position is the sum of its fills',
  costFollows: 'the basis cost of a position is what its fills cost and its settlements moved',
  entryFollows: 'the entry cost of a position is what its size cost when it was opened',
  realizedFollows: 'realized PnL is what closing brought beyond the entry cost',
  fundingFollows: 'the funding of a position is the sum of its payments since it was opened',
  sizesCancel: 'the sizes of all positions in a market add up to nothing',
  openInterest: 'open interest is the size of all long positions',
  tradeHasTwoSides: 'a trade is one bid and one ask of the same size at the same price',
  feeOfTier: 'a fee is the rate of the account when the order came, times what was paid, rounded up once an order',
  feesCoverRebate: 'a rebate is covered by the fee of the other side',
  conserved: 'what accounts and the house have is what was deposited and not withdrawn',
  poolSums: 'a pool has lent and borrowed what its accounts have',
  poolCash: 'no more is borrowed from a pool than was lent to it',
  poolRates: 'the rates of a pool are those of its curve at its utilisation',
  interestAccrued: 'posted interest is what the indexes gathered, whole atoms, rounded against the account',
  interestCovered: 'borrowers are charged no less than lenders are credited',
  reserveFollows: 'the reserve of a pool is what borrowers were charged beyond what lenders were credited',
  settledAtMark: 'settled PnL is size × mark − basis',
  fundingRate: 'a funding rate is the one of its average premium',
  fundingPayment: 'a funding payment is −rate × size × mark, rounded against the payer',
  fundingCovered: 'no more funding is received than was paid',
  markInBand: 'the mark lies within its band around the index',
  updateCapped: 'a price moves no farther than its cap from one update to the next',
} as const;
export type AuditRule = keyof typeof AUDIT_RULES;

export type Finding = {
  readonly seq: number;
  readonly rule: AuditRule;
  readonly accountId?: number;
  readonly assetId?: number;
  readonly marketId?: number;
  readonly expected: string;
  readonly actual: string;
};

export type Place = Pick<Finding, 'accountId' | 'assetId' | 'marketId'>;
type Figure = { toString(): string };

/** Keeps the first findings whole and counts all of them, so that a broken log does not fill the memory. */
export class FindingLog {
  readonly #kept: Finding[] = [];
  readonly #limit: number;
  #count = 0;
  seq = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get kept(): readonly Finding[] {
    return this.#kept;
  }

  get count(): number {
    return this.#count;
  }

  add(rule: AuditRule, place: Place, expected: Figure, actual: Figure): void {
    this.#count += 1;
    if (this.#kept.length >= this.#limit) return;
    this.#kept.push({ seq: this.seq, rule, ...place, expected: expected.toString(), actual: actual.toString() });
  }

  /** Adds a finding when the two integers differ. */
  expectSame(rule: AuditRule, place: Place, expected: bigint | number, actual: bigint | number): void {
    if (BigInt(expected) !== BigInt(actual)) this.add(rule, place, expected, actual);
  }
}
