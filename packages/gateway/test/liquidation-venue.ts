// A venue in which one account is liquidated on the book, and what its book and its counterparties are.
import { PERP, perpOrder, RiskVenue } from './risk-venue.js';
import type { Trader } from './venue.js';

export { PERP };

/** Bids that take what is liquidated. */
const LADDER = [98_300, 98_200, 98_000, 97_500];
const ASK = '98500';

export type LiquidationScene = {
  readonly risk: RiskVenue;
  /** Long one BTC at 100,000 with little behind it. */
  readonly victim: Trader;
  readonly maker: Trader;
};

export async function openScene(victimFunds = '2200', ladder: readonly number[] = LADDER): Promise<LiquidationScene> {
  const risk = await RiskVenue.open();
  const maker = await risk.trader({ USDC: '10000000' });
  const victim = await risk.trader({ USDC: victimFunds });
  await maker.ask('placeOrder', perpOrder('Ask', '100000', '1'));
  await victim.ask('placeOrder', perpOrder('Bid', '100000', '1'));
  await maker.ask('placeOrder', perpOrder('Ask', ASK, '2'));
  for (const price of ladder) await maker.ask('placeOrder', perpOrder('Bid', String(price), '2'));
  return { risk, maker, victim };
}

/** Seconds pass until the condition holds. */
export async function until(risk: RiskVenue, holds: () => Promise<boolean>, seconds = 120): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    if (await holds()) return;
    await risk.pass(1);
  }
  throw new Error(`it does not hold after ${seconds} seconds`);
}
