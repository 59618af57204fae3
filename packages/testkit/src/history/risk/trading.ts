import type { Parameters } from '../../requests.js';
import { perpLimit, perpMarket, spotOrder, triggerOrder, wrongOrder } from './orders.js';
import type { RiskScene } from './risk-scene.js';

function place(scene: RiskScene, orders: readonly Parameters[]): void {
  const { cast, random } = scene;
  scene.placeOrders(cast.signer(random.pick(cast.accounts), random), orders);
}

const one =
  (order: (scene: RiskScene) => Parameters) =>
  (scene: RiskScene): void =>
    place(scene, [order(scene)]);

export const placePerpLimit = one(perpLimit);
export const placePerpMarket = one(perpMarket);
export const placeSpot = one(spotOrder);
export const placeTrigger = one(triggerOrder);
export const placeWrong = one(wrongOrder);

const KINDS = [perpLimit, perpLimit, perpLimit, perpMarket, spotOrder, triggerOrder, wrongOrder] as const;

export function placeBatch(scene: RiskScene): void {
  const { random } = scene;
  place(
    scene,
    Array.from({ length: random.between(2, 8) }, () => random.pick(KINDS)(scene)),
  );
}

/** All of one account's money behind one position. */
export function bet(scene: RiskScene): void {
  const { random } = scene;
  const order = perpMarket(scene);
  const symbol = String(order['symbol']).replace('_USDC_PERP', '');
  const scale = { BTC: 5, ETH: 4, SOL: 2, kBONK: 0 }[symbol] ?? 0;
  const { quoteQuantity: _by, reduceOnly: _only, ...rest } = order;
  place(scene, [{ ...rest, quantity: scene.worth(symbol, random.between(50_000, 900_000), scale) }]);
}
