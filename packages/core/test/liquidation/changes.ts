// What can happen to an account of a crowd.
import type { Crowd } from './crowd.js';

export const SYMBOLS = ['USDC', 'BTC', 'ETH', 'SOL', 'USDT'] as const;

/** One change of the account's money, debts or positions; small ones are as likely as large ones. */
export function changeMoney(crowd: Crowd, accountId: number, most: number): void {
  const { random, state } = crowd;
  const symbol = random.pick(SYMBOLS);
  const usd = random.between(1, random.pick([most / 1000, most / 30, most * 2]));
  const change = random.pick([
    () => crowd.credit(accountId, symbol, usd),
    () => crowd.withdraw(accountId, symbol, usd),
    () => crowd.give(accountId, random.between(2, state.accounts.count), symbol, usd),
    () => crowd.sellLocked(accountId, random.between(2, state.accounts.count), symbol, usd),
    () => crowd.borrow(accountId, symbol, usd),
    () => crowd.payBack(accountId, symbol, usd),
    () => crowd.postInterest(accountId, symbol),
    () => crowd.trade(accountId, usd * 4),
    () => crowd.settle(accountId),
    () => crowd.claim(accountId, random.between(-usd, usd)),
  ]);
  change();
}
