// Standing offers to take over what is liquidated: signed by the provider, replaced as a whole, withdrawn at any time.
import type { EnrolBackstop, OfferedMarket } from '@glasshouse/protocol';
import { powerOfTen } from '@glasshouse/units';
import { admittedLots } from '../../orders/grids.js';
import type { BackstopOffer } from '../../state/backstops.js';
import { backstopViewOf } from '../../state/liquidation-views.js';
import type { Market } from '../../state/markets.js';
import { reject } from '../../state/reject.js';
import type { State } from '../../state/state.js';

/** Every market that is named, in the order given; undefined after a reject. */
function marketsOf(state: State, offered: readonly OfferedMarket[]): Market[] | undefined {
  const markets: Market[] = [];
  for (const { symbol } of offered) {
    const market = state.markets.bySymbol(symbol);
    if (market === undefined) return void reject(state, 'marketUnknown', { symbol });
    markets.push(market);
  }
  if (markets.every(({ perp }) => perp !== undefined)) return markets;
  return void reject(state, 'parameterConflict', { problem: 'providers take over perpetuals' });
}

function offersOf(state: State, markets: readonly Market[], offered: readonly OfferedMarket[]) {
  const offers: BackstopOffer[] = [];
  for (const [place, market] of markets.entries()) {
    const { capacity, hourly } = offered[place] as OfferedMarket;
    const capacityLots = admittedLots(state, market, capacity.digits, capacity.scale);
    if (capacityLots < 0) return undefined;
    const hourlyLots = admittedLots(state, market, hourly.digits, hourly.scale);
    if (hourlyLots < 0) return undefined;
    offers.push({ marketId: market.marketId, capacityLots, hourlyLots, takenLots: 0, hourStartUs: 0 });
  }
  return offers.sort((a, b) => a.marketId - b.marketId);
}

/** What the running hour has brought stays counted: a new offer is no way around the old one's hour. */
function carryHours(state: State, accountId: number, offers: readonly BackstopOffer[]): void {
  for (const before of state.backstops.get(accountId)?.offers ?? []) {
    const offer = offers.find(({ marketId }) => marketId === before.marketId);
    if (offer === undefined) continue;
    offer.takenLots = before.takenLots;
    offer.hourStartUs = before.hourStartUs;
  }
}

export function enrolBackstop(state: State, command: EnrolBackstop): void {
  const { accountId } = state.scope;
  if (state.customers.isOperators[state.accounts.customerId[accountId] as number] === 1) {
    return reject(state, 'accountIsOperators', { accountId });
  }
  const markets = marketsOf(state, command.markets);
  const offers = markets === undefined ? undefined : offersOf(state, markets, command.markets);
  if (offers === undefined) return;
  carryHours(state, accountId, offers);
  const { digits, scale } = command.minimumEquity;
  const minimumEquityUsd = digits / (powerOfTen(scale) as number);
  const backstop = { accountId, minimumEquityUsd, offers };
  state.backstops.set(backstop);
  state.scope.emit?.({ kind: 'backstopEnrolled', backstop: backstopViewOf(backstop) });
}

export function leaveBackstop(state: State): void {
  const { accountId } = state.scope;
  if (state.backstops.get(accountId) === undefined) return reject(state, 'backstopUnknown', { accountId });
  state.backstops.delete(accountId);
  state.scope.emit?.({ kind: 'backstopLeft', accountId });
}
