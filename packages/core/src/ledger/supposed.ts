// Balances as they would be, for as long as a question takes: whoever asks what a loan would do must not move any money.
import type { State } from '../state/state.js';

/** Out of the pool, redeemed or borrowed; negative: paid in, repaid or lent. */
export type SupposedDraw = { readonly accountId: number; readonly assetId: number; readonly atoms: number };

/** What `ask` answers while the account has drawn so much. Everything is put back as it was, to the bit. */
export function whileDrawn<Answer>(
  { accounts, balances }: State,
  { accountId, assetId, atoms }: SupposedDraw,
  ask: (loanAtoms: number) => Answer,
): Answer {
  const { availableAtoms, loanAtoms } = balances.of(assetId);
  const available = availableAtoms[accountId] as number;
  const loan = loanAtoms[accountId] as number;
  const count = accounts.loanCount[accountId] as number;
  const drawn = loan - atoms;
  availableAtoms[accountId] = available + atoms;
  loanAtoms[accountId] = drawn;
  accounts.loanCount[accountId] = count + (drawn < 0 ? 1 : 0) - (loan < 0 ? 1 : 0);
  const answer = ask(drawn);
  availableAtoms[accountId] = available;
  loanAtoms[accountId] = loan;
  accounts.loanCount[accountId] = count;
  return answer;
}
