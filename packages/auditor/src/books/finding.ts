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
  numberedAsOpened: 'positions are numbered as they are opened, and told of under the number they were opened with',
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
  nobodyExempt: 'whose maintenance margin is not met is in liquidation, whoever it is',
  liquidatedOnlyBelow: 'nobody is liquidated whose maintenance margin is met',
  stopsInTime: 'a liquidation works on an account that is in one, and only while its maintenance margin is not met',
  endsWhenSound: 'a liquidation ends when maintenance margin is met, and leaves nobody below nothing',
  exchangeActsAlone: 'while an account is in liquidation nobody else acts for it',
  numberedAsBegun: 'liquidations are numbered as they begin, and end under the number they began with',
  marginTold: 'the margin told of a liquidated account is the one that its balances and positions have',
  stepSize: 'a step on the book is an order of the exchange for no more than its part of what is at stake',
  bookFirst:
    'providers are asked when the book has taken nothing for long, or the account is below its auto-close fraction',
  stepsTakeTurns: 'an account takes at most one step on the book in an interval',
  stepFee:
    'a step costs at most the largest fee, and at most half the maintenance fraction; who has nothing pays nothing',
  stepCost: 'what a step loses and is charged stays within its share of the equity behind what it closes',
  stepNeverHarms: 'a step on the book never raises the margin ratio',
  backstopOffered: 'a provider takes over what it has offered to, from others than itself',
  providersGiveNotice: 'a provider that offers less is held to what it offered before until its notice has run',
  loanWorth: 'a loan is taken over with collateral that is worth as much at the index, to the atom above',
  takingFee: 'fees for what others take stay within their rates and within their share of the equity behind it',
  passedAtMark: 'what others take over is paid at the mark, but for what is taken of their profit',
  deleveragedLast:
    'others give way by the policy of their market, below the auto-close fraction, when no provider has room',
  deleveragedOfProfit: 'who gives way pays out of its own profit, and all together no more than the deficit',
  fundPaysFirst: 'the fund pays deficits before others do or any is put on record, and never more than it has',
  negativeOnRecord: 'what nobody pays is on record in full, and leaves the record by what its owner pays alone',
  strategyFollows: 'what a strategy has executed is what its orders have filled, and no more than it is for',
  slicesInTime: 'no slice of a strategy is placed before its time, and none beyond their number',
  vaultValued:
    "a vault is told to be worth what its account's balances, positions and prices come to, a token its share of that",
  vaultPrice:
    'a mint costs the larger, a redemption is paid the smaller of moment and mean; the last tokens take what there is',
  vaultSupply: 'tokens of a vault in circulation are those minted and not burnt',
  vaultQueue: 'redemptions of a vault are paid in the order in which they were asked for',
  quoteInTime: 'a quote is for a request of somebody else, in the time in which it is quoted',
  quoteStands: 'a request is filled once, by a quote that stands for it',
  filledAtQuote: 'a request is filled at the quoted price of its other side, for its size, and no worse than its price',
  quoteFee: 'a quoter pays the maker rate of when it quoted, rounded up; who asked pays nothing',
  dustAtIndex: 'dust is bought at the index, the taker fee less',
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
