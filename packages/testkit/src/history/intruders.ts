// What nobody should be able to do, and requests that come too late, too early or twice.
import { tickRequest } from '@glasshouse/protocol';
import type { Scene } from './scene.js';

const CANCEL_ALL = { symbol: 'BTC_USDC' };

function dated(scene: Scene, offsetMs: number): void {
  const { maker, cast, random } = scene;
  maker.nowMs += offsetMs;
  const request = maker.command(random.pick(cast.accounts).ownerKeyId, 'orderCancelAll', CANCEL_ALL);
  maker.nowMs -= offsetMs;
  scene.add(request);
}

const TRESPASSES: readonly ((scene: Scene) => void)[] = [
  (scene) => scene.ask(scene.cast.service('registrar'), 'cancelAllOrders', CANCEL_ALL),
  (scene) => scene.ask(scene.random.pick(scene.cast.accounts).ownerKeyId, 'propose', { action: '{}' }),
  (scene) => scene.ask(scene.cast.lastKeyId + 1, 'cancelAllOrders', CANCEL_ALL),
  (scene) => scene.ask(0, 'cancelAllOrders', CANCEL_ALL),
  (scene) => scene.add(scene.maker.text(scene.random.pick(scene.cast.accounts).ownerKeyId, 'instruction=abolish')),
  (scene) => scene.add(scene.maker.text(scene.random.pick(scene.cast.accounts).ownerKeyId, 'nonsense&')),
  (scene) => dated(scene, -60_001),
  (scene) => dated(scene, 5001),
  (scene) => dated(scene, 4000),
  (scene) => scene.repeat(),
  (scene) => scene.repeat(),
  (scene) => scene.repeat(),
];

export function trespass(scene: Scene): void {
  scene.random.pick(TRESPASSES)(scene);
}

export function tick(scene: Scene): void {
  scene.add(tickRequest());
}

/** Long enough for signatures to be forgotten and, now and then, for proposals to lapse. */
export function passTime(scene: Scene): void {
  scene.pass(scene.random.chance(85) ? scene.random.between(1000, 150_000) : 90_000_000);
  tick(scene);
}
