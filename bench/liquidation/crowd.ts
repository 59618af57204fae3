// A venue full of accounts that could be liquidated: positions from small to very large, leverage from none to much.
import type { State } from '@glasshouse/core';
import { formatDecimal } from '@glasshouse/units';
import { Feeder, type FeederOptions } from '../core/feeder.js';
import type { BenchMarket, BenchVenue } from '../core/venue.js';
import { FIVE_BASES, manyBases } from '../margin/bases.js';
import { reportPrices } from '../margin/prices.js';
import { marginVenue } from '../margin/venue.js';

const SECOND_US = 1_000_000;
const MARKETS = 20;
const SMALLEST_USD = 50;
const LARGEST_USD = 15_000;
const MOST_LEVERAGE = 25;
/** Two fifths of the accounts have one position, the others two or three. */
const POSITIONS = [1, 1, 2, 2, 3] as const;
/** Share of the accounts whose collateral is BTC, ETH or SOL in part. */
const WITH_COINS = 0.3;
/** Initial margin of the largest position with room for fees, so that every order is taken. */
const LEAST_MARGIN = 0.03;

export const crowdVenue = (): BenchVenue =>
  marginVenue([...FIVE_BASES.slice(0, 3), ...manyBases(MARKETS - 3)], { USDC: '0', USDT: '0' });

const priceOf = ({ startTicks, tickScale }: BenchMarket): number => startTicks / 10 ** tickScale;

/** Every order of magnitude is as likely as the next. */
function between(feeder: Feeder, least: number, most: number): number {
  return least * (most / least) ** feeder.random.fraction();
}

type Stake = { readonly market: BenchMarket; readonly lots: number; readonly usd: number };

function drawStakes(feeder: Feeder, { markets }: BenchVenue): Stake[] {
  const count = POSITIONS[feeder.random.below(POSITIONS.length)] ?? 1;
  // The first markets are the busiest, as everywhere.
  const first = Math.floor(markets.length * feeder.random.fraction() ** 2);
  return Array.from({ length: count }, (_, place) => {
    const market = markets[(first + place) % markets.length]!;
    const usd = between(feeder, SMALLEST_USD, LARGEST_USD);
    const lots = Math.max(1, Math.round((usd / priceOf(market)) * 10 ** market.stepScale));
    return { market, lots, usd };
  });
}

function join(feeder: Feeder, { markets }: BenchVenue, accountId: number, stakes: readonly Stake[]): void {
  const usd = stakes.reduce((sum, stake) => sum + stake.usd, 0);
  const equity = usd * Math.max(LEAST_MARGIN, 1 / between(feeder, 1, MOST_LEVERAGE));
  const coin = feeder.random.fraction() < WITH_COINS ? markets[feeder.random.below(3)] : undefined;
  const funds: Record<string, string> = { USDC: equity.toFixed(6) };
  if (coin !== undefined) funds[coin.symbol.split('_')[0]!] = ((0.2 * equity) / priceOf(coin)).toFixed(6);
  feeder.openAccount(accountId, funds);
}

function trade(feeder: Feeder, accountId: number, side: string, { market, lots }: Stake): void {
  const price = formatDecimal(market.startTicks, market.tickScale);
  const text = `orderType=Limit&price=${price}&quantity=${formatDecimal(lots, market.stepScale)}&side=${side}&symbol=${market.symbol}&timeInForce=GTC`;
  feeder.signed(feeder.keyIdOf(accountId), `instruction=orderExecute&${text}`);
}

/** Accounts in pairs from the second on, one long what the other is short. The first is left to who measures. */
export function gatherCrowd(
  accounts: number,
  seed: number,
  observed: Pick<FeederOptions, 'observe' | 'timed'> = {},
): Feeder {
  const venue = crowdVenue();
  const feeder = new Feeder({ ...observed, genesis: venue.genesis, seed, keeps: false });
  reportPrices(feeder, venue);
  feeder.skip(SECOND_US);
  feeder.openAccount(1, { USDC: '1' });
  for (let accountId = 2; accountId <= accounts; accountId += 2) {
    const stakes = drawStakes(feeder, venue);
    for (const id of [accountId, accountId + 1]) join(feeder, venue, id, stakes);
    for (const stake of stakes) {
      const sides = feeder.random.fraction() < 0.5 ? ['Bid', 'Ask'] : ['Ask', 'Bid'];
      for (const [place, side] of sides.entries()) trade(feeder, accountId + place, side, stake);
    }
  }
  if (feeder.rejects > 0) throw new Error(`${feeder.rejects} requests were rejected`);
  return feeder;
}

/** From now on who measures sets the prices. */
export function stopSampling({ schedule }: State): void {
  schedule.nextSampleUs = Number.MAX_SAFE_INTEGER as typeof schedule.nextSampleUs;
}
