import type { Event } from '@glasshouse/protocol';
import type { Random } from '../../random.js';
import type { Stage } from '../genesis.js';
import { decimalOf } from '../orders.js';
import { Scene } from '../scene.js';
import { OpenRfqs } from './open-rfqs.js';
import type { RiskMarket } from './stage.js';
import { World } from './world.js';

/** A scene with the prices outside. */
export class RiskScene extends Scene {
  readonly world: World;
  /** Accounts with a negative balance on record. */
  readonly owing = new Set<number>();
  readonly asked = new OpenRfqs();

  constructor(random: Random, stage: Stage) {
    super(random, stage);
    this.world = new World(random);
  }

  override observe(event: Event): void {
    super.observe(event);
    this.asked.observe(event);
    if (event.kind === 'negativeBalanceRecorded') this.owing.add(event.negative.accountId);
  }

  /** So many units of the asset as are worth `usd`, on the grid of a market or of 10^−4. */
  worth(symbol: string, usd: number, scale = 4): string {
    return decimalOf(Math.max(1, Math.round((usd / this.world.price(symbol)) * 10 ** scale)), scale);
  }

  /** The market's fair price, `tenThousandths` away from it. */
  priceNear({ base, tickScale }: Pick<RiskMarket, 'base' | 'tickScale'>, tenThousandths: number): string {
    const price = this.world.price(base) * (1 + tenThousandths / 10_000);
    return decimalOf(Math.max(1, Math.round(price * 10 ** tickScale)), tickScale);
  }
}
