// How a scenario begins: everybody has an account, and all positions are opened at one price. Longs and shorts meet in each market; makers
// take what is left over.
import type { Rejected } from '@glasshouse/protocol';
import type { Random } from '../chance/random.js';
import type { Trader } from '../population/population.js';
import type { MarketPlan, Scenario } from '../scenario/scenario.js';
import { bidText, type Grid, gridOf, quantityText } from './grid.js';
import type { LabVenue } from './venue.js';

export type Opened = {
  readonly traders: readonly { readonly accountId: number; readonly trader: Trader }[];
  readonly makerIds: readonly number[];
  readonly providerIds: readonly number[];
  readonly refused: Refusals;
};

/** By account: why what it asked for was too much, each reason once, with the numbers of the first time. */
export type Refusals = Map<number, Rejected[]>;

function noteRefusal(refused: Refusals, accountId: number, refusal: Rejected): void {
  const known = refused.get(accountId) ?? [];
  if (known.every(({ reason }) => reason !== refusal.reason)) refused.set(accountId, [...known, refusal]);
}

type Prices = ReadonlyMap<string, number>;

const USDC_PLACES = 2;

function moneyText(scenario: Scenario, prices: Prices, asset: string, usd: number): string {
  const market = scenario.markets.find(({ base }) => base === asset);
  if (market === undefined) return Math.max(0.01, usd).toFixed(USDC_PLACES);
  return (usd / (prices.get(asset) ?? 1)).toFixed(market.decimals);
}

function openMakers(venue: LabVenue, scenario: Scenario, prices: Prices): number[] {
  const { accounts, equityUsd } = scenario.makers;
  return Array.from({ length: accounts }, () => {
    const accountId = venue.openAccount('USDC', moneyText(scenario, prices, 'USDC', equityUsd / accounts));
    for (const { base, depthUsd } of scenario.markets) {
      venue.deposit(accountId, base, moneyText(scenario, prices, base, depthUsd / accounts));
    }
    return accountId;
  });
}

function openProviders(venue: LabVenue, scenario: Scenario, prices: Prices): number[] {
  const { providers, equityUsd, capacityUsd } = scenario.backstop;
  return Array.from({ length: providers }, () => {
    const accountId = venue.openAccount('USDC', moneyText(scenario, prices, 'USDC', equityUsd));
    const markets = scenario.markets.map(({ base, stepSize, tickSize }) => {
      const capacity = quantityText(gridOf({ stepSize, tickSize }), capacityUsd / (prices.get(base) ?? 1)) ?? stepSize;
      return `${base}_USDC_PERP:${capacity}:${capacity}`;
    });
    venue.command(accountId, 'glassBackstopEnrol', { markets: markets.join(','), minimumEquity: '0' });
    return accountId;
  });
}

type Entry = {
  readonly accountId: number;
  readonly side: 'Bid' | 'Ask';
  readonly quantity: number;
  /** Takes less when it may not have so much. */
  readonly bargains: boolean;
};

type Place = { readonly grid: Grid; readonly symbol: string; readonly price: number };

/** Of what was refused, so much is asked for next. */
const LESS = 0.8;
const MOST_TRIES = 40;

/** Returns the quantity that was let in. */
function placeEntry(venue: LabVenue, place: Place, entry: Entry, refused: Refusals): number {
  const { grid, symbol, price } = place;
  const { accountId, side, bargains } = entry;
  let { quantity } = entry;
  for (let tries = bargains ? MOST_TRIES : 1; tries > 0; tries -= 1) {
    const text = quantityText(grid, quantity);
    if (text === undefined) return 0;
    const order = { symbol, side, quantity: text, price: bidText(grid, price), orderType: 'Limit', timeInForce: 'GTC' };
    const refusal = venue.order(accountId, order);
    if (refusal === undefined) return Number(text);
    if (bargains) noteRefusal(refused, accountId, refusal);
    quantity *= LESS;
  }
  return 0;
}

/** Longs less shorts, of what was let in. */
function placeAll(venue: LabVenue, place: Place, entries: readonly Entry[], refused: Refusals): number {
  let excess = 0;
  for (const entry of entries) {
    const placed = placeEntry(venue, place, entry, refused);
    excess += entry.side === 'Bid' ? placed : -placed;
  }
  return excess;
}

/** Everyone trades at one price; what finds no other side trades with the makers. */
function openMarket(venue: LabVenue, market: MarketPlan, price: number, { traders, makerIds, refused }: Opened): void {
  const place = { grid: gridOf(market), symbol: `${market.base}_USDC_PERP`, price };
  const members = traders.filter(({ trader }) => trader.base === market.base);
  const entries = members.map(({ accountId, trader }): Entry => {
    const quantity = Math.abs(trader.notionalUsd) / price;
    return { accountId, side: trader.notionalUsd > 0 ? 'Bid' : 'Ask', quantity, bargains: trader.isWhale };
  });
  const excess = placeAll(venue, place, entries, refused);
  const share = Math.abs(excess) / makerIds.length + place.grid.step;
  const side = excess > 0 ? 'Ask' : 'Bid';
  placeAll(
    venue,
    place,
    makerIds.map((accountId) => ({ accountId, side, quantity: share, bargains: false })),
    refused,
  );
  for (const accountId of [...members.map((member) => member.accountId), ...makerIds]) {
    venue.command(accountId, 'orderCancelAll', { symbol: place.symbol });
  }
}

export type Beginning = {
  readonly population: readonly Trader[];
  readonly prices: Prices;
  readonly random: Random;
};

export function openScenario(venue: LabVenue, scenario: Scenario, { population, prices, random }: Beginning): Opened {
  const makerIds = openMakers(venue, scenario, prices);
  const providerIds = openProviders(venue, scenario, prices);
  const traders = population.map((trader) => {
    const quantity = moneyText(scenario, prices, trader.holding, trader.equityUsd);
    return { accountId: venue.openAccount(trader.holding, quantity), trader };
  });
  const opened = { traders: random.shuffled(traders), makerIds, providerIds, refused: new Map() };
  for (const market of scenario.markets) openMarket(venue, market, prices.get(market.base) ?? 0, opened);
  return opened;
}
