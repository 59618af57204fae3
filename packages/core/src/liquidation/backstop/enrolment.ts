// Standing offers to take over what is liquidated: signed by the provider, replaced as a whole. To offer less, or nothing any more,
// takes notice: until it has run the provider is held to what it offered, so that nobody leaves in the crash it was there for.
import type { EnrolBackstop, Offered } from '@glasshouse/protocol';
import { powerOfTen, type TimeUs } from '@glasshouse/units';
import { admittedLots } from '../../orders/grids.js';
import { assetAtoms, listedAsset } from '../../state/asset-amount.js';
import {
  type Backstop,
  type BackstopOffer,
  type BackstopTerms,
  type LoanOffer,
  offersNothing,
} from '../../state/backstops.js';
import { backstopViewOf } from '../../state/liquidation-views.js';
import type { Market } from '../../state/markets.js';
import { reject } from '../../state/reject.js';
import type { State } from '../../state/state.js';

/** Every market that is named, in the order given; undefined after a reject. */
function marketsOf(state: State, offered: readonly Offered[]): Market[] | undefined {
  const markets: Market[] = [];
  for (const { symbol } of offered) {
    const market = state.markets.bySymbol(symbol);
    if (market === undefined) return void reject(state, 'marketUnknown', { symbol });
    markets.push(market);
  }
  if (markets.every(({ perp }) => perp !== undefined)) return markets;
  return void reject(state, 'parameterConflict', { problem: 'providers take over perpetuals' });
}

function offersOf(state: State, markets: readonly Market[], offered: readonly Offered[]) {
  const offers: BackstopOffer[] = [];
  for (const [place, market] of markets.entries()) {
    const { capacity, hourly } = offered[place] as Offered;
    const capacityLots = admittedLots(state, market, capacity.digits, capacity.scale);
    if (capacityLots < 0) return undefined;
    const hourlyLots = admittedLots(state, market, hourly.digits, hourly.scale);
    if (hourlyLots < 0) return undefined;
    offers.push({ marketId: market.marketId, capacityLots, hourlyLots });
  }
  return offers.sort((a, b) => a.marketId - b.marketId);
}

/** Undefined after a reject. */
function loansOf(state: State, offered: readonly Offered[]): LoanOffer[] | undefined {
  const loans: LoanOffer[] = [];
  for (const { symbol, capacity, hourly } of offered) {
    const asset = listedAsset(state, symbol);
    if (asset === undefined) return undefined;
    if (asset.lending === undefined) return void reject(state, 'notLendable', { asset: symbol });
    const capacityAtoms = assetAtoms(state, asset, capacity);
    const hourlyAtoms = capacityAtoms === undefined ? undefined : assetAtoms(state, asset, hourly);
    if (capacityAtoms === undefined || hourlyAtoms === undefined) return undefined;
    loans.push({ assetId: asset.assetId, capacityAtoms, hourlyAtoms });
  }
  return loans.sort((a, b) => a.assetId - b.assetId);
}

const NOTHING: BackstopTerms = { minimumEquityUsd: 0, offers: [], loans: [] };

/** Some of it would no longer be taken over. */
function isLess(after: BackstopTerms, before: BackstopTerms): boolean {
  if (!offersNothing(before) && after.minimumEquityUsd > before.minimumEquityUsd) return true;
  const fewerLots = before.offers.some(({ marketId, capacityLots, hourlyLots }) => {
    const offer = after.offers.find((one) => one.marketId === marketId);
    return offer === undefined || offer.capacityLots < capacityLots || offer.hourlyLots < hourlyLots;
  });
  const fewerLoans = before.loans.some(({ assetId, capacityAtoms, hourlyAtoms }) => {
    const offer = after.loans.find((one) => one.assetId === assetId);
    return offer === undefined || offer.capacityAtoms < capacityAtoms || offer.hourlyAtoms < hourlyAtoms;
  });
  return fewerLots || fewerLoans;
}

const US_PER_MS = 1000;

/** The offer as it is with new terms; undefined after a reject: one notice runs at a time. */
function withTerms(state: State, accountId: number, terms: BackstopTerms): Backstop | undefined {
  const before = state.backstops.get(accountId);
  const counted = { taken: before?.taken ?? [], loansTaken: before?.loansTaken ?? [] };
  const { providerNoticeMs } = state.risk.liquidation;
  if (before === undefined || providerNoticeMs === 0 || !isLess(terms, before.terms)) {
    return { accountId, terms, bound: before?.bound, ...counted };
  }
  const { bound } = before;
  if (bound !== undefined) return void reject(state, 'backstopBound', { accountId, untilUs: bound.untilUs });
  const untilUs = (state.timeUs + providerNoticeMs * US_PER_MS) as TimeUs;
  return { accountId, terms, bound: { ...before.terms, untilUs }, ...counted };
}

function replace(state: State, backstop: Backstop): void {
  const { accountId, terms, bound } = backstop;
  if (offersNothing(terms) && bound === undefined) {
    state.backstops.delete(accountId);
    state.scope.emit?.({ kind: 'backstopLeft', accountId });
    return;
  }
  state.backstops.set(backstop);
  state.scope.emit?.({ kind: 'backstopEnrolled', backstop: backstopViewOf(backstop) });
}

export function enrolBackstop(state: State, command: EnrolBackstop): void {
  const { accountId } = state.scope;
  if (state.customers.isOperators[state.accounts.customerId[accountId] as number] === 1) {
    return reject(state, 'accountIsOperators', { accountId });
  }
  const markets = marketsOf(state, command.markets);
  const offers = markets === undefined ? undefined : offersOf(state, markets, command.markets);
  const loans = offers === undefined ? undefined : loansOf(state, command.assets);
  if (offers === undefined || loans === undefined) return;
  const { digits, scale } = command.minimumEquity;
  const minimumEquityUsd = digits / (powerOfTen(scale) as number);
  const backstop = withTerms(state, accountId, { minimumEquityUsd, offers, loans });
  if (backstop !== undefined) replace(state, backstop);
}

export function leaveBackstop(state: State): void {
  const { accountId } = state.scope;
  const before = state.backstops.get(accountId);
  if (before === undefined || offersNothing(before.terms)) return reject(state, 'backstopUnknown', { accountId });
  const backstop = withTerms(state, accountId, NOTHING);
  if (backstop !== undefined) replace(state, backstop);
}

/** Lets those go whose notice has run. */
export function endNotices(state: State): void {
  for (const backstop of [...state.backstops.inOrder()]) {
    const { bound } = backstop;
    if (bound !== undefined && bound.untilUs <= state.timeUs) replace(state, { ...backstop, bound: undefined });
  }
}
