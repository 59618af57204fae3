// Positions as trades make them: two accounts meet at a market's starting price, one long, one short.
import { formatDecimal } from '@glasshouse/units';
import type { Feeder } from '../core/feeder.js';
import type { BenchMarket } from '../core/venue.js';

function limit(feeder: Feeder, accountId: number, market: BenchMarket, side: string, lots: number): void {
  const { symbol, startTicks, tickScale, stepScale } = market;
  const price = formatDecimal(startTicks, tickScale);
  const quantity = formatDecimal(lots, stepScale);
  const text = `orderType=Limit&price=${price}&quantity=${quantity}&side=${side}&symbol=${symbol}&timeInForce=GTC`;
  feeder.signed(feeder.keyIdOf(accountId), `instruction=orderExecute&${text}`);
}

/** The two accounts trade the market's mean size; which of them buys is drawn. */
export function openPositions(feeder: Feeder, firstId: number, secondId: number, market: BenchMarket): void {
  const swapped = feeder.random.fraction() < 0.5;
  limit(feeder, swapped ? secondId : firstId, market, 'Ask', market.meanLots);
  limit(feeder, swapped ? firstId : secondId, market, 'Bid', market.meanLots);
}
