// Everything that can be asked of the exchange, rightly and wrongly, in an order that one seed decides.
import type { Event } from '@glasshouse/protocol';
import { Random } from '../random.js';
import { SPOT_STAGE } from './genesis.js';
import { passTime, tick, trespass } from './intruders.js';
import { approve, propose, reopen } from './operators.js';
import * as people from './people.js';
import { Scene, type TimedRequest } from './scene.js';
import * as trading from './trading.js';

type Action = (scene: Scene) => void;

const ACTIONS: readonly (readonly [weight: number, action: Action])[] = [
  [420, trading.placeLimit],
  [70, trading.placeMarket],
  [60, trading.placeBatch],
  [25, trading.placeWrong],
  [120, trading.cancel],
  [40, trading.reduce],
  [6, trading.cancelAll],
  [3, (scene) => people.register(scene)],
  [15, people.deposit],
  [3, people.openSubaccount],
  [15, people.transfer],
  [6, people.addKey],
  [4, people.revokeKey],
  [5, people.updateAccount],
  [12, people.withdraw],
  [10, people.confirmWithdrawal],
  [16, propose],
  [14, approve],
  [8, reopen],
  [14, trespass],
  [10, tick],
  [3, passTime],
];
const TOTAL_WEIGHT = ACTIONS.reduce((sum, [weight]) => sum + weight, 0);
const FIRST_CUSTOMERS = 5;

/**
 * Requests by `next`, the genesis first. Whoever shows it the events that they cause (`observe`) gets cancels and reductions of
 * orders that are really open; without, it guesses, and more of them are refused.
 */
export class RandomHistory {
  readonly #random: Random;
  readonly #scene: Scene;

  constructor(seed: number) {
    this.#random = new Random(seed);
    this.#scene = new Scene(this.#random, SPOT_STAGE);
    for (let customer = 0; customer < FIRST_CUSTOMERS; customer += 1) people.register(this.#scene);
  }

  next(): TimedRequest {
    for (;;) {
      const request = this.#scene.take();
      if (request !== undefined) return request;
      if (this.#random.chance(40)) this.#scene.pass(this.#random.between(1, 20));
      this.#action()(this.#scene);
    }
  }

  /** The next `count` requests, unobserved. */
  take(count: number): TimedRequest[] {
    return Array.from({ length: count }, () => this.next());
  }

  observe(event: Event): void {
    this.#scene.observe(event);
  }

  #action(): Action {
    let place = this.#random.below(TOTAL_WEIGHT);
    for (const [weight, action] of ACTIONS) {
      if (place < weight) return action;
      place -= weight;
    }
    return tick;
  }
}
