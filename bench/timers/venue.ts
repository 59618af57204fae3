// A venue full of accounts that timers touch: some trade, many have a position, all have lent money or owe it.
import type { Feeder } from '../core/feeder.js';
import type { BenchVenue } from '../core/venue.js';
import { openPositions } from '../margin/positions.js';
import { reportPrices } from '../margin/prices.js';

export type Crowd = {
  /** Accounts that send the orders: the first of all. */
  readonly traders: number;
  /** All accounts. */
  readonly accounts: number;
  /** Accounts beside the traders that have one position each. */
  readonly positions: number;
};

const SECOND_US = 1_000_000;
const DEPOSIT_USDC = 5_000;
/** Share of the pool that the traders have borrowed in all. */
const BORROWED = 0.2;

export const TRADER_FUNDS = { USDC: '1000000', USDT: '1000000' };

/** What a trader has lent comes back first, so that it borrows what lies beyond. */
function borrow(feeder: Feeder, { traders, accounts }: Crowd): void {
  const share = Math.floor((BORROWED * DEPOSIT_USDC * accounts) / traders);
  for (let accountId = 1; accountId <= traders; accountId += 1) {
    const text = `quantity=${Number(TRADER_FUNDS.USDC) + share}&side=Borrow&symbol=USDC`;
    feeder.signed(feeder.keyIdOf(accountId), `instruction=borrowLendExecute&${text}`);
  }
}

/** To be called when the traders have their funds. */
export function gather(feeder: Feeder, venue: BenchVenue, crowd: Crowd): void {
  const { traders, accounts, positions } = crowd;
  for (let accountId = traders + 1; accountId <= accounts; accountId += 1) {
    feeder.openAccount(accountId, { USDC: String(DEPOSIT_USDC) });
  }
  reportPrices(feeder, venue);
  feeder.skip(SECOND_US);
  borrow(feeder, crowd);
  for (let place = 0; place + 1 < positions; place += 2) {
    const firstId = traders + 1 + place;
    openPositions(feeder, firstId, firstId + 1, venue.markets[(place / 2) % venue.markets.length]!);
  }
}
