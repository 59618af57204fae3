// A history with margin in which prices fall and rise by a tenth within seconds, accounts have all their money behind one
// position, and some offer to take over what is liquidated.
import { decimalOf } from '../orders.js';
import * as accounts from './accounts.js';
import * as feeds from './feeds.js';
import { RiskHistory, type WeightedAction } from './risk-history.js';
import type { RiskScene } from './risk-scene.js';
import { PERPS } from './stage.js';
import * as trading from './trading.js';

function crash(scene: RiskScene): void {
  const { random, world } = scene;
  const base = random.pick(PERPS).base;
  const tenThousandths = random.between(60, 190) * (random.chance(60) ? -1 : 1);
  world.calm();
  for (let second = random.between(3, 12); second > 0; second -= 1) {
    world.push(base, tenThousandths);
    feeds.second(scene);
  }
}

/** Two accounts take opposite sides of one price, for as much as one of them may have. */
function duel(scene: RiskScene): void {
  const { random, cast } = scene;
  const market = random.pick(PERPS);
  const [first, second] = [random.pick(cast.accounts), random.pick(cast.accounts)];
  if (first === second) return;
  const price = scene.priceNear(market, 0);
  const usd = random.chance(40) ? random.between(1_000, 60_000) : random.between(60_000, 1_900_000);
  const quantity = scene.worth(market.base, usd, market.stepScale);
  const terms = { symbol: market.symbol, orderType: 'Limit', price, quantity };
  const sides = random.chance(50) ? ['Bid', 'Ask'] : ['Ask', 'Bid'];
  scene.placeOrders(cast.signer(first, random), [{ ...terms, side: sides[0] ?? 'Bid' }]);
  scene.placeOrders(cast.signer(second, random), [{ ...terms, side: sides[1] ?? 'Ask', timeInForce: 'IOC' }]);
}

function enrol(scene: RiskScene): void {
  const { random, cast } = scene;
  const account = random.pick(cast.accounts);
  const markets = PERPS.filter(() => random.chance(60)).map(({ symbol, base, stepScale }) => {
    const capacity = scene.worth(base, random.between(1000, 300_000), stepScale);
    const hourly = scene.worth(base, random.between(1000, 300_000), stepScale);
    return `${symbol}:${capacity}:${hourly}`;
  });
  if (markets.length === 0) return;
  const minimumEquity = decimalOf(random.between(0, 500_000), 2);
  scene.ask(cast.signer(account, random), 'enrolBackstop', { minimumEquity, markets: markets.join() });
}

function leave(scene: RiskScene): void {
  const { random, cast } = scene;
  scene.ask(cast.signer(random.pick(cast.accounts), random), 'leaveBackstop', {});
}

/** Whoever has something on record pays on it now and then. */
function accept(scene: RiskScene): void {
  const { random, cast } = scene;
  const accountId = scene.owing.size > 0 && random.chance(90) ? random.pick([...scene.owing]) : 1;
  const account = cast.accounts.find((one) => one.accountId === accountId) ?? random.pick(cast.accounts);
  scene.ask(cast.signer(account, random), 'acceptNegativeBalance', {
    symbol: random.pick(['USDC', 'USDC', 'BTC', 'SOL']),
    quantity: decimalOf(random.between(1, 200_000), 3),
  });
}

const CRASHES: readonly WeightedAction[] = [
  [45, crash],
  [110, duel],
  [20, trading.bet],
  [6, accounts.join],
  [40, accounts.borrowOrLend],
  [10, enrol],
  [2, leave],
  [8, accept],
];

export class CrashHistory extends RiskHistory {
  constructor(seed: number, customers?: number) {
    super(seed, customers, CRASHES);
  }
}
