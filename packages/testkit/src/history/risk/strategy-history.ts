// A history of crashes in which accounts let the exchange place their orders slice by slice.
import type { Parameters } from '../../requests.js';
import { CRASHES } from './crash-history.js';
import { limitIn, margined, marketIn } from './orders.js';
import { RiskHistory, type WeightedAction } from './risk-history.js';
import type { RiskScene } from './risk-scene.js';
import { PERPS, type RiskMarket, SPOTS } from './stage.js';

function closing({ random }: RiskScene, { isPerp }: RiskMarket): Parameters {
  return isPerp && random.chance(15) ? { reduceOnly: true } : {};
}

/** What an order says of the size of one order is here what all slices come to. */
function terms(scene: RiskScene, market: RiskMarket): Parameters {
  const { random } = scene;
  const order = random.chance(60) ? limitIn(scene, market) : marketIn(scene, market);
  const { orderType: _type, clientId: _id, quoteQuantity: _quote, ...rest } = order;
  return { quantity: scene.worth(market.base, random.between(200, 40_000), market.stepScale), ...rest };
}

function schedule({ random }: RiskScene): Parameters {
  const interval = random.between(1000, random.chance(50) ? 4000 : 30_000);
  const slices = random.between(1, 20);
  if (random.chance(5)) return { interval: random.pick([0, 500, 700_000_000]), duration: 60_000 };
  return { interval, duration: interval * slices + random.between(0, interval - 1) };
}

function create(scene: RiskScene): void {
  const { random, cast } = scene;
  const market = random.pick(random.chance(60) ? PERPS : SPOTS);
  const account = random.pick(cast.accounts);
  scene.ask(cast.signer(account, random), 'createStrategy', {
    strategyType: 'Scheduled',
    ...terms(scene, market),
    ...schedule(scene),
    ...closing(scene, market),
    ...(market.isPerp ? {} : margined(scene)),
    ...(random.chance(40) ? { randomizedIntervalQuantity: true } : {}),
    ...(random.chance(30) ? { clientStrategyId: random.below(10) } : {}),
  });
}

/** One that runs if any is known, else a guess. */
function cancel(scene: RiskScene): void {
  const { random, cast, strategies } = scene;
  const running = [...strategies.values()];
  const known = running.length > 0 ? random.pick(running) : undefined;
  const account = cast.accounts.find(({ accountId }) => accountId === known?.accountId) ?? random.pick(cast.accounts);
  const market = [...PERPS, ...SPOTS].find(({ marketId }) => marketId === known?.marketId) ?? random.pick(PERPS);
  const byClientId = known === undefined || (known.clientStrategyId >= 0 && random.chance(50));
  const id: Parameters = byClientId
    ? { clientStrategyId: known?.clientStrategyId ?? random.below(10) }
    : { strategyId: known.strategyId };
  scene.ask(cast.signer(account, random), 'cancelStrategy', { symbol: market.symbol, ...id });
}

function cancelAll(scene: RiskScene): void {
  const { random, cast } = scene;
  const symbol = random.pick([...PERPS, ...SPOTS]).symbol;
  scene.ask(cast.signer(random.pick(cast.accounts), random), 'cancelAllStrategies', { symbol });
}

const STRATEGIES: readonly WeightedAction[] = [
  [90, create],
  [12, cancel],
  [4, cancelAll],
];

export class StrategyHistory extends RiskHistory {
  constructor(seed: number, customers?: number) {
    super(seed, customers, [...CRASHES, ...STRATEGIES]);
  }
}
