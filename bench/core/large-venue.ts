import type { State } from '@glasshouse/core';
import { formatDecimal } from '@glasshouse/units';
import { Feeder } from './feeder.js';
import { BENCH_GENESIS, BENCH_MARKETS } from './venue.js';

/** The whole venue holds fewer than 2^53 atoms of each asset, however many accounts share them. */
const USDC_EACH = '10000';
const SOL_EACH = '1000';
const PRICES_A_SIDE = 20_000;

/** Every account with USDC and SOL, and `orders` of one step each resting on both sides of three markets. */
export function buildVenue(accounts: number, orders: number): { state: State; commands: number } {
  const feeder = new Feeder({ genesis: BENCH_GENESIS, seed: 1, keeps: false });
  for (let accountId = 1; accountId <= accounts; accountId += 1) {
    feeder.openAccount(accountId, { USDC: USDC_EACH, SOL: SOL_EACH });
  }
  for (let order = 0; order < orders; order += 1) restOrder(feeder, 1 + (order % accounts), order);
  if (feeder.rejects > 0) throw new Error(`${feeder.rejects} requests were rejected`);
  return { state: feeder.state, commands: feeder.state.nextSeq };
}

/** Accounts hold no BTC or ETH: asks rest in SOL's market only, where half of its orders are asks. */
function restOrder(feeder: Feeder, accountId: number, order: number): void {
  const market = BENCH_MARKETS[order % BENCH_MARKETS.length]!;
  const asks = market.symbol.startsWith('SOL') && feeder.random.fraction() < 0.5;
  const distance = 1 + feeder.random.below(Math.min(PRICES_A_SIDE, market.startTicks / 2));
  const ticks = asks ? market.startTicks + distance : market.startTicks - distance;
  const price = formatDecimal(ticks, market.tickScale);
  const quantity = formatDecimal(1 + feeder.random.below(9), market.stepScale);
  const text = `orderType=Limit&price=${price}&quantity=${quantity}&side=${asks ? 'Ask' : 'Bid'}&symbol=${market.symbol}&timeInForce=GTC`;
  feeder.signed(feeder.keyIdOf(accountId), `instruction=orderExecute&${text}`);
}
