// The mix of the core's bench twice: on margin accounts, and in spot markets of a venue that knows no margin.
import type { Feeder } from '../core/feeder.js';
import { makeWorkload, type Workload, type WorkloadOptions } from '../core/workload.js';
import { FIVE_BASES } from './bases.js';
import { openPositions } from './positions.js';
import { reportPrices } from './prices.js';
import { marginVenue, spotVenue } from './venue.js';

const SECOND_US = 1_000_000;

/** Some 400,000 USD in five kinds of collateral. */
const COLLATERAL = { USDC: '100000', USDT: '100000', BTC: '1', ETH: '10', SOL: '200' };
const SPOT_FUNDS = { USDC: '1000000', BTC: '1000', ETH: '10000', SOL: '100000', AVAX: '100000', LTC: '100000' };

export function marginWorkload(options: WorkloadOptions): Workload {
  const venue = marginVenue(FIVE_BASES, COLLATERAL);
  const prepare = (feeder: Feeder) => {
    reportPrices(feeder, venue);
    feeder.skip(SECOND_US);
    for (let accountId = 2; accountId <= options.accounts; accountId += 2) {
      for (const market of venue.markets) openPositions(feeder, accountId - 1, accountId, market);
    }
  };
  const feeding = { eachSecond: (feeder: Feeder) => reportPrices(feeder, venue) };
  return makeWorkload(options, { venue, prepare, feeding });
}

export function spotWorkload(options: WorkloadOptions): Workload {
  return makeWorkload(options, { venue: spotVenue(FIVE_BASES, SPOT_FUNDS) });
}
