import { SIDE, type Side } from '@glasshouse/protocol';
import type { Grid } from '../grid.js';
import type { BookChange } from './depth-sequence.js';
import type { FlatLevels } from './events.js';
import type { LevelTarget } from './level-maker.js';

/** The levels that a change sets, on the market's grid. */
export function targetsOf(change: BookChange, grid: Grid): LevelTarget[] {
  const targets: LevelTarget[] = [];
  const add = (side: Side, levels: FlatLevels) => {
    for (let cell = 0; cell < levels.length; cell += 2) {
      const [priceUnits, sizeUnits] = [levels[cell] as number, levels[cell + 1] as number];
      targets.push({ side, ticks: grid.ticks(priceUnits), lots: grid.lots(sizeUnits) });
    }
  };
  add(SIDE.bid, change.bids);
  add(SIDE.ask, change.asks);
  return targets;
}

/** The feed's book in plain maps: what ours is measured by. */
export class RecordedBook {
  readonly #sides: readonly [Map<number, number>, Map<number, number>] = [new Map(), new Map()];

  apply(targets: readonly LevelTarget[]): void {
    for (const { side, ticks, lots } of targets) {
      if (lots === 0) this.#sides[side].delete(ticks);
      else this.#sides[side].set(ticks, lots);
    }
  }

  levelCount(side: Side): number {
    return this.#sides[side].size;
  }

  /** Undefined when the side is empty. */
  best(side: Side): number | undefined {
    let best: number | undefined;
    for (const ticks of this.#sides[side].keys()) {
      if (best === undefined || (side === SIDE.bid ? ticks > best : ticks < best)) best = ticks;
    }
    return best;
  }

  lots(side: Side, ticks: number): number {
    return this.#sides[side].get(ticks) ?? 0;
  }

  /** True when `levels` are these levels and no others. */
  equals(side: Side, levels: readonly (readonly [number, number])[]): boolean {
    return levels.length === this.#sides[side].size && levels.every(([ticks, lots]) => this.lots(side, ticks) === lots);
  }
}
