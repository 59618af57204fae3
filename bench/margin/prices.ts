// What three sources say each second: the middle of our own book, each a little off, so that every index and mark moves.
import { depthView } from '@glasshouse/core';
import { PRICE_SOURCES } from '@glasshouse/testkit';
import { formatDecimal } from '@glasshouse/units';
import type { Feeder } from '../core/feeder.js';
import type { BenchVenue } from '../core/venue.js';
import { PRICE_FEED_KEY_ID } from './venue.js';

/** How far a source may be from the middle. */
const OFF = 0.0005;
const STABLE = ['USDT'];
const USDT_SCALE = 4;

function middleTicks({ state }: Feeder, marketId: number, startTicks: number): number {
  const depth = depthView(state, marketId, 1);
  const bid = depth?.bids[0]?.[0];
  const ask = depth?.asks[0]?.[0];
  return bid === undefined || ask === undefined ? startTicks : (bid + ask) / 2;
}

function quote({ random }: Feeder, symbol: string, ticks: number, scale: number): string {
  const price = formatDecimal(Math.round(ticks * (1 + OFF * (2 * random.fraction() - 1))), scale);
  return `${symbol}:${price}:${price}:${price}`;
}

/** The books' prices in the markets' order, then the stables'. */
function quotes(feeder: Feeder, { markets }: BenchVenue): string {
  const books = markets.map(({ symbol, startTicks, tickScale }, place) => {
    const [base = ''] = symbol.split('_');
    return quote(feeder, base, middleTicks(feeder, place + 1, startTicks), tickScale);
  });
  return [...books, ...STABLE.map((symbol) => quote(feeder, symbol, 10 ** USDT_SCALE, USDT_SCALE))].join(',');
}

/** The same price from every source, so many times what trading started at. */
export function reportFallenPrices(feeder: Feeder, { markets }: BenchVenue, share: number): void {
  const prices = markets.map(({ symbol, startTicks, tickScale }) => {
    const price = formatDecimal(Math.round(startTicks * share), tickScale);
    return `${symbol.split('_')[0]}:${price}:${price}:${price}`;
  });
  const text = [...prices, ...STABLE.map((symbol) => `${symbol}:1:1:1`)].join(',');
  for (const source of PRICE_SOURCES) {
    feeder.signed(PRICE_FEED_KEY_ID, `instruction=glassPricesReport&prices=${text}&source=${source}`);
  }
}

export function reportPrices(feeder: Feeder, venue: BenchVenue): void {
  for (const source of PRICE_SOURCES) {
    feeder.signed(PRICE_FEED_KEY_ID, `instruction=glassPricesReport&prices=${quotes(feeder, venue)}&source=${source}`);
  }
}
