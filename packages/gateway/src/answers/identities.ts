// Numbers by which the wire knows what has none here: a position is its account's in a market, a loan its account's in an asset.
// Both stay the same when they are closed and opened again.

const NUMBERS_PER_ACCOUNT = 100_000;
const FIRST_LOAN = 50_000;

export function positionNumber(accountId: number, marketId: number): number {
  return accountId * NUMBERS_PER_ACCOUNT + marketId;
}

export function loanNumber(accountId: number, assetId: number): number {
  return accountId * NUMBERS_PER_ACCOUNT + FIRST_LOAN + assetId;
}

/** The market or asset of the account that the number names; undefined for what is not the account's. */
export function identityOf(
  accountId: number,
  text: string,
): { readonly marketId: number } | { readonly assetId: number } | undefined {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : -1;
  const rest = number - accountId * NUMBERS_PER_ACCOUNT;
  if (rest <= 0 || rest >= NUMBERS_PER_ACCOUNT) return undefined;
  return rest > FIRST_LOAN ? { assetId: rest - FIRST_LOAN } : { marketId: rest };
}
