// What traders do: place, cancel, reduce.
import type { Parameters } from '../requests.js';
import type { Account } from './cast.js';
import { anyOrder, decimalOf, limitOrder, marketOrder, wrongOrder } from './orders.js';
import type { Scene } from './scene.js';

function someone({ cast, random }: Scene): Account {
  return random.pick(cast.accounts);
}

function sign(scene: Scene, account: Account = someone(scene)): number {
  return scene.cast.signer(account, scene.random);
}

export function placeLimit(scene: Scene): void {
  scene.placeOrders(sign(scene), [limitOrder(scene.random)]);
}

export function placeMarket(scene: Scene): void {
  scene.placeOrders(sign(scene), [marketOrder(scene.random)]);
}

export function placeWrong(scene: Scene): void {
  scene.placeOrders(sign(scene), [wrongOrder(scene.random)]);
}

export function placeBatch(scene: Scene): void {
  const { random } = scene;
  scene.placeOrders(
    sign(scene),
    Array.from({ length: random.between(2, 12) }, () => anyOrder(random)),
  );
}

type Target = {
  readonly account: Account;
  readonly symbol: string;
  readonly orderId: number;
  readonly clientId: number;
};

/** An open order if any is known, else a guess. */
function target(scene: Scene): Target {
  const { random, cast, orders, lastOrderId, stage } = scene;
  const order = orders.draw(random);
  const account = cast.accounts.find(({ accountId }) => accountId === order?.accountId) ?? someone(scene);
  const market = stage.markets.find(({ marketId }) => marketId === order?.marketId) ?? random.pick(stage.markets);
  const guess = Math.max(1, lastOrderId - random.below(200));
  return {
    account,
    symbol: market.symbol,
    orderId: order?.orderId ?? guess,
    clientId: order?.clientId ?? random.below(60),
  };
}

export function cancel(scene: Scene): void {
  const { random } = scene;
  const { account, symbol, orderId, clientId } = target(scene);
  const by: Parameters = clientId >= 0 && random.chance(50) ? { clientId } : { orderId };
  scene.ask(sign(scene, random.chance(95) ? account : undefined), 'cancelOrder', { symbol, ...by });
}

export function reduce(scene: Scene): void {
  const { random, stage } = scene;
  const { account, symbol, orderId } = target(scene);
  const market = stage.markets.find((candidate) => candidate.symbol === symbol) ?? random.pick(stage.markets);
  const quantity = decimalOf(random.between(1, Math.ceil(market.mostLots / 4)), market.stepScale);
  scene.ask(sign(scene, account), 'reduceOrder', { symbol, orderId, quantity });
}

export function cancelAll(scene: Scene): void {
  const { random, stage } = scene;
  const narrowed: Parameters = random.chance(20)
    ? { orderType: random.pick(['RestingLimitOrder', 'ConditionalOrder']) }
    : {};
  scene.ask(sign(scene), 'cancelAllOrders', { symbol: random.pick(stage.markets).symbol, ...narrowed });
}
