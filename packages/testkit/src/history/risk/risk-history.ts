// Everything that can be asked of a venue with margin, and all that time and prices bring, in an order that one seed decides.
import type { Event } from '@glasshouse/protocol';
import { Random } from '../../random.js';
import { trespass } from '../intruders.js';
import * as people from '../people.js';
import type { TimedRequest } from '../scene.js';
import { cancel, cancelAll, reduce } from '../trading.js';
import * as accounts from './accounts.js';
import * as feeds from './feeds.js';
import { decide, reopen } from './operators.js';
import { RiskScene } from './risk-scene.js';
import { RISK_STAGE } from './stage.js';
import * as trading from './trading.js';

type Action = (scene: RiskScene) => void;

export type WeightedAction = readonly [weight: number, action: Action];

const ACTIONS: readonly WeightedAction[] = [
  [240, trading.placePerpLimit],
  [90, trading.placePerpMarket],
  [70, trading.placeSpot],
  [40, trading.placeTrigger],
  [30, trading.placeBatch],
  [15, trading.placeWrong],
  [12, trading.bet],
  [60, cancel],
  [20, reduce],
  [5, cancelAll],
  [60, accounts.borrowOrLend],
  [25, accounts.changeMind],
  [20, accounts.withdraw],
  [15, accounts.move],
  [3, accounts.join],
  [10, people.confirmWithdrawal],
  [5, people.deposit],
  [4, people.openSubaccount],
  [6, people.addKey],
  [5, people.revokeKey],
  [12, decide],
  [8, reopen],
  [6, trespass],
  [110, feeds.seconds],
  [25, feeds.jump],
  [14, feeds.unsettle],
  [10, feeds.calm],
  [4, feeds.reportWrong],
  [6, feeds.minutes],
  [6, feeds.hours],
];
const FIRST_CUSTOMERS = 6;

/** Requests by `next`, the genesis first; shown the events that they cause (`observe`), it cancels what is really open. */
export class RiskHistory {
  readonly #random: Random;
  readonly #scene: RiskScene;
  readonly #actions: readonly WeightedAction[];
  readonly #totalWeight: number;

  /** `more` comes beside what every history does, on whichever stage. */
  constructor(seed: number, customers = FIRST_CUSTOMERS, more: readonly WeightedAction[] = [], stage = RISK_STAGE) {
    this.#actions = [...ACTIONS, ...more];
    this.#totalWeight = this.#actions.reduce((sum, [weight]) => sum + weight, 0);
    this.#random = new Random(seed);
    this.#scene = new RiskScene(this.#random, stage);
    for (let customer = 0; customer < customers; customer += 1) accounts.join(this.#scene);
    feeds.seconds(this.#scene);
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
    let place = this.#random.below(this.#totalWeight);
    for (const [weight, action] of this.#actions) {
      if (place < weight) return action;
      place -= weight;
    }
    return feeds.seconds;
  }
}
