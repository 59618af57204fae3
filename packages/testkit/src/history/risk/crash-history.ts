// A history with margin in which prices fall and rise by a tenth within seconds, accounts have all their money behind one
// position, and some offer to take over what is liquidated.
import { decimalOf } from '../orders.js';
import { credit } from '../people.js';
import * as accounts from './accounts.js';
import * as feeds from './feeds.js';
import { RiskHistory, type WeightedAction } from './risk-history.js';
import type { RiskScene } from './risk-scene.js';
import { PERPS } from './stage.js';
import * as trading from './trading.js';

/** Half a minute in which nobody hears of prices, and most of the way at once after it. */
function gap(scene: RiskScene, base: string, tenThousandths: number): void {
  scene.pass(scene.random.between(20_000, 40_000));
  for (let step = 0; step < 5; step += 1) scene.world.push(base, tenThousandths);
  feeds.second(scene);
}

export function crash(scene: RiskScene): void {
  const { random, world } = scene;
  const base = random.pick(PERPS).base;
  const tenThousandths = random.between(60, 190) * (random.chance(60) ? -1 : 1);
  world.calm();
  if (random.chance(35)) gap(scene, base, tenThousandths);
  for (let second = random.between(3, 7); second > 0; second -= 1) {
    world.push(base, tenThousandths);
    feeds.second(scene);
  }
}

/** Two accounts take opposite sides of one price, for as much as one of them may have. */
export function duel(scene: RiskScene): void {
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
  const assets = accounts.LENDABLE.filter(() => random.chance(60)).map((symbol) => {
    const [capacity, hourly] = [0, 1].map(() => scene.worth(symbol, random.between(1000, 300_000)));
    return `${symbol}:${capacity}:${hourly}`;
  });
  const terms = { minimumEquity, markets: markets.join(), ...(assets.length > 0 && { assets: assets.join() }) };
  scene.ask(cast.signer(account, random), 'enrolBackstop', terms);
}

const NOTICE_MS = 3_600_000;

/** Now and then nobody is heard of until the notice has run. */
function leave(scene: RiskScene): void {
  const { random, cast } = scene;
  scene.ask(cast.signer(random.pick(cast.accounts), random), 'leaveBackstop', {});
  if (!random.chance(15)) return;
  scene.pass(NOTICE_MS);
  feeds.second(scene);
}

/** Whoever has something on record may get money again, and pay on it. */
function accept(scene: RiskScene): void {
  const { random, cast } = scene;
  const owing = [...scene.owing];
  const accountId = owing.length > 0 && random.chance(90) ? random.pick(owing) : random.pick(cast.accounts).accountId;
  const account = cast.accounts.find((one) => one.accountId === accountId);
  if (account === undefined) return;
  if (random.chance(60)) credit(scene, accountId, 'USDC', decimalOf(random.between(1, 900_000), 3));
  scene.ask(cast.signer(account, random), 'acceptNegativeBalance', {
    symbol: random.pick(['USDC', 'USDC', 'USDC', 'BTC', 'SOL']),
    quantity: decimalOf(random.between(1, 200_000), 3),
  });
}

export const CRASHES: readonly WeightedAction[] = [
  [60, crash],
  [260, duel],
  [20, trading.bet],
  [6, accounts.join],
  [40, accounts.borrowOrLend],
  [14, enrol],
  [5, leave],
  [16, accept],
];

export class CrashHistory extends RiskHistory {
  constructor(seed: number, customers?: number) {
    super(seed, customers, CRASHES);
  }
}
