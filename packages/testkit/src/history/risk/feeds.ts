// What the price feed reports, and time that passes with it.
import { tickRequest } from '@glasshouse/protocol';
import { PRICE_SOURCES } from '../../risk-genesis.js';
import { decimalOf } from '../orders.js';
import type { RiskScene } from './risk-scene.js';
import { PRICED, type Quote } from './world.js';

const PRICE_SCALE = 8;
const text = (price: number): string => decimalOf(Math.max(1, Math.round(price * 10 ** PRICE_SCALE)), PRICE_SCALE);
const quoteText = (symbol: string, { bid, ask, last }: Quote): string =>
  [symbol, text(bid), text(ask), text(last)].join(':');

/** Every source that is not silent says what it shows. */
function report(scene: RiskScene): void {
  const { world, cast } = scene;
  for (const source of PRICE_SOURCES) {
    if (world.isSilent(source)) continue;
    const prices = PRICED.map((symbol) => quoteText(symbol, world.quote(source, symbol))).join();
    scene.ask(cast.service('priceFeed'), 'reportPrices', { source, prices });
  }
}

export function reportWrong(scene: RiskScene): void {
  const { cast, random, world } = scene;
  const price = quoteText('BTC', world.quote('alpha', 'BTC'));
  scene.ask(cast.service(random.chance(70) ? 'priceFeed' : 'chain'), 'reportPrices', {
    source: random.pick(['alpha', 'omega']),
    prices: random.pick([price.replace('BTC', 'USDC'), price.replace('BTC', 'GOLD'), `${price}:1`, price]),
  });
}

function tick(scene: RiskScene): void {
  scene.add(tickRequest());
}

/** Moments for the slices of whatever has come due. */
function moments(scene: RiskScene): void {
  for (let moment = 0; moment < 4; moment += 1) {
    scene.pass(2);
    tick(scene);
  }
}

/** Some seconds, prices reported in each. */
export function seconds(scene: RiskScene): void {
  const { random, world } = scene;
  for (let count = random.between(1, 4); count > 0; count -= 1) {
    scene.pass(random.between(700, 1300));
    world.walk();
    report(scene);
  }
  tick(scene);
}

/** One second with prices as they are, and a moment after it. */
export function second(scene: RiskScene): void {
  scene.pass(scene.random.between(900, 1100));
  report(scene);
  scene.pass(2);
  tick(scene);
}

export function jump(scene: RiskScene): void {
  scene.world.jump();
  seconds(scene);
}

export function unsettle(scene: RiskScene): void {
  scene.world.unsettle();
}

export function calm(scene: RiskScene): void {
  scene.world.calm();
}

/** Minutes in which hardly anybody reports: prices go stale and come back. */
export function minutes(scene: RiskScene): void {
  const { random, world } = scene;
  for (let count = random.between(2, 6); count > 0; count -= 1) {
    scene.pass(random.between(8000, 40_000));
    world.walk();
    if (random.chance(60)) report(scene);
    moments(scene);
  }
  world.calm();
  seconds(scene);
}

/** To the other side of an hour, or over several. */
export function hours(scene: RiskScene): void {
  const { random } = scene;
  scene.pass(random.chance(80) ? 3_600_000 : random.between(3_600_000, 100_000_000));
  report(scene);
  moments(scene);
  seconds(scene);
}
