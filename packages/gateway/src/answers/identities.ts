// Numbers by which the wire knows what has none here: a loan is its account's in an asset, and stays the same when it is closed and
// opened again.

const NUMBERS_PER_ACCOUNT = 100_000;
const FIRST_LOAN = 50_000;

export function loanNumber(accountId: number, assetId: number): number {
  return accountId * NUMBERS_PER_ACCOUNT + FIRST_LOAN + assetId;
}

/** The asset of the account's loan that the number names; undefined for what is not the account's. */
export function assetOfLoan(accountId: number, text: string): number | undefined {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : -1;
  const assetId = number - accountId * NUMBERS_PER_ACCOUNT - FIRST_LOAN;
  return assetId > 0 && assetId < NUMBERS_PER_ACCOUNT - FIRST_LOAN ? assetId : undefined;
}
