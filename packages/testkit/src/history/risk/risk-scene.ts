import type { Event, StrategyView } from '@glasshouse/protocol';
import type { Random } from '../../random.js';
import type { Account } from '../cast.js';
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
  /** Accounts of withdrawals that wait for their delay. */
  readonly waiting = new Map<number, number>();
  /** Strategies that run. */
  readonly strategies = new Map<number, StrategyView>();
  /** Accounts of vaults. */
  readonly managers: Account[] = [];
  /** Accounts that have paid into vaults; those with tokens that wait to be paid, and of which vault. */
  readonly investors = new Set<number>();
  readonly leaving = new Map<number, number>();
  readonly asked = new OpenRfqs();

  constructor(random: Random, stage: Stage) {
    super(random, stage);
    this.world = new World(random);
  }

  override observe(event: Event): void {
    super.observe(event);
    this.asked.observe(event);
    if (event.kind === 'negativeBalanceRecorded') this.owing.add(event.negative.accountId);
    if (event.kind === 'withdrawalRequested' && event.withdrawal.status === 'waiting') {
      this.waiting.set(event.withdrawal.withdrawalId, event.withdrawal.accountId);
    }
    if (event.kind === 'withdrawalReleased' || event.kind === 'withdrawalCancelled') {
      this.waiting.delete(event.withdrawal.withdrawalId);
    }
    if (event.kind === 'strategyCreated') this.strategies.set(event.strategy.strategyId, event.strategy);
    if (event.kind === 'strategyEnded') this.strategies.delete(event.strategy.strategyId);
    if (event.kind === 'vaultMinted') this.investors.add(event.accountId);
    if (event.kind !== 'vaultRedeemChanged') return;
    if (event.redeem.status === 'requested') this.leaving.set(event.redeem.accountId, event.redeem.vaultId);
    else this.leaving.delete(event.redeem.accountId);
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
