// Orders for perpetuals and for the spot markets between them, around what things are worth outside.
import type { Parameters } from '../../requests.js';
import type { RiskScene } from './risk-scene.js';
import { PERPS, type RiskMarket, SPOTS } from './stage.js';

type SideName = 'Bid' | 'Ask';

const PREVENTIONS = ['RejectTaker', 'RejectMaker', 'RejectBoth'] as const;
const TRIGGER_PRICES = ['MarkPrice', 'IndexPrice', 'LastPrice'] as const;

const someSide = ({ random }: RiskScene): SideName => random.pick(['Bid', 'Ask'] as const);

/** Mostly what a wallet carries, now and then far more. */
function notional({ random }: RiskScene): number {
  if (random.chance(70)) return random.between(5, 8000);
  return random.between(1000, random.chance(70) ? 60_000 : 3_000_000);
}

function quantity(scene: RiskScene, { base, stepScale }: RiskMarket): string {
  return scene.worth(base, notional(scene), stepScale);
}

/** Bids a little below, asks a little above, so that most rest and many still meet. */
function price(scene: RiskScene, market: RiskMarket, side: SideName): string {
  const { random } = scene;
  const reach = random.chance(92) ? 25 : 400;
  const away = side === 'Bid' ? -10 : 10;
  return scene.priceNear(market, away + random.between(-reach, reach));
}

function clientId({ random }: RiskScene): Parameters {
  return random.chance(30) ? { clientId: random.below(60) } : {};
}

function limitIn(scene: RiskScene, market: RiskMarket): Parameters {
  const { random } = scene;
  const side = someSide(scene);
  return {
    symbol: market.symbol,
    side,
    orderType: 'Limit',
    price: price(scene, market, side),
    quantity: quantity(scene, market),
    ...clientId(scene),
    ...(random.chance(15) ? { postOnly: true } : random.chance(20) ? { timeInForce: random.pick(['IOC', 'FOK']) } : {}),
    ...(random.chance(40) ? { selfTradePrevention: random.pick(PREVENTIONS) } : {}),
  };
}

function marketIn(scene: RiskScene, market: RiskMarket): Parameters {
  const { random } = scene;
  const much = random.chance(60)
    ? { quantity: quantity(scene, market) }
    : { quoteQuantity: scene.worth('USDC', notional(scene), 2) };
  return {
    symbol: market.symbol,
    side: someSide(scene),
    orderType: 'Market',
    ...much,
    ...(random.chance(50) ? { selfTradePrevention: random.pick(PREVENTIONS) } : {}),
    ...(random.chance(15) ? tolerance(scene) : {}),
  };
}

function tolerance({ random }: RiskScene): Parameters {
  return random.chance(60)
    ? { slippageTolerance: random.pick(['0.05', '0.5', '3']), slippageToleranceType: 'Percent' }
    : { slippageTolerance: random.pick(['0.5', '10']), slippageToleranceType: 'TickSize' };
}

function exits(scene: RiskScene, market: RiskMarket): Parameters {
  const { random } = scene;
  return {
    ...(random.chance(70) ? { takeProfitTriggerPrice: scene.priceNear(market, random.between(20, 300)) } : {}),
    ...(random.chance(70) ? { stopLossTriggerPrice: scene.priceNear(market, -random.between(20, 300)) } : {}),
    ...(random.chance(30) ? { stopLossTriggerBy: random.pick(TRIGGER_PRICES) } : {}),
    ...(random.chance(30) ? { takeProfitLimitPrice: scene.priceNear(market, random.between(20, 300)) } : {}),
  };
}

export function perpLimit(scene: RiskScene): Parameters {
  const { random } = scene;
  const market = random.pick(PERPS);
  return {
    ...limitIn(scene, market),
    ...(random.chance(15) ? { reduceOnly: true } : {}),
    ...(random.chance(6) ? exits(scene, market) : {}),
  };
}

export function perpMarket(scene: RiskScene): Parameters {
  const { random } = scene;
  const market = random.pick(PERPS);
  return {
    ...marketIn(scene, market),
    ...(random.chance(25) ? { reduceOnly: true } : {}),
    ...(random.chance(6) ? exits(scene, market) : {}),
  };
}

export function margined({ random }: RiskScene): Parameters {
  return {
    ...(random.chance(50) ? { autoBorrow: true } : {}),
    ...(random.chance(40) ? { autoBorrowRepay: true } : {}),
    ...(random.chance(40) ? { autoLendRedeem: true } : {}),
    ...(random.chance(30) ? { autoLend: true } : {}),
  };
}

export function spotOrder(scene: RiskScene): Parameters {
  const { random } = scene;
  const market = random.pick(SPOTS);
  const order = random.chance(75) ? limitIn(scene, market) : marketIn(scene, market);
  return random.chance(45) ? { ...order, ...margined(scene) } : order;
}

/** Waits for a price: of a size of its own, or of a share of the position that it closes. */
export function triggerOrder(scene: RiskScene): Parameters {
  const { random } = scene;
  const market = random.pick(random.chance(80) ? PERPS : SPOTS);
  const side = someSide(scene);
  const size = random.chance(50)
    ? { triggerQuantity: quantity(scene, market) }
    : { triggerQuantity: `${random.pick(['10', '50', '100'])}%`, reduceOnly: true };
  return {
    symbol: market.symbol,
    side,
    ...(random.chance(50) ? { orderType: 'Market' } : { orderType: 'Limit', price: price(scene, market, side) }),
    ...size,
    triggerPrice: scene.priceNear(market, random.between(-120, 120)),
    triggerBy: random.pick(TRIGGER_PRICES),
    ...clientId(scene),
  };
}

export function wrongOrder(scene: RiskScene): Parameters {
  const { random } = scene;
  const good = perpLimit(scene);
  return random.pick<Parameters>([
    { ...good, reduceOnly: true },
    { ...good, triggerQuantity: '150%' },
    { ...good, triggerPrice: '1' },
    { ...good, quantity: '900000000' },
    { ...good, slippageTolerance: '1' },
    { ...good, autoBorrow: true },
    { ...spotOrder(scene), reduceOnly: true },
    { ...good, symbol: 'SOL_USDC_PERPETUAL' },
    { ...good, stopLossTriggerBy: 'Price' },
  ]);
}
