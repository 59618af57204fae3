// The tick and the step of a recorded market, found in the recording itself.
import { type Lots, MAX_SAFE, type Ticks } from '@glasshouse/units';
import { RECORDED_SCALE } from './recorded-units.js';

/** Share of sizes that may be finer than the step: old dust on a venue that has since coarsened its step. */
const TOLERATED_DUST = 0.001;

function scaleOf(units: number): number {
  let scale = RECORDED_SCALE;
  let rest = units;
  while (scale > 0 && rest % 10 === 0) {
    rest /= 10;
    scale -= 1;
  }
  return scale;
}

/** Ticks of 10^−tickScale and lots of 10^−stepScale, with the largest of each. */
export class Grid {
  readonly #unitsPerTick: number;
  readonly #unitsPerLot: number;

  constructor(
    readonly tickScale: number,
    readonly stepScale: number,
    readonly maxTicks: number,
    readonly maxLots: number,
  ) {
    this.#unitsPerTick = 10 ** (RECORDED_SCALE - tickScale);
    this.#unitsPerLot = 10 ** (RECORDED_SCALE - stepScale);
  }

  ticks(priceUnits: number): Ticks {
    return (priceUnits / this.#unitsPerTick) as Ticks;
  }

  /** Rounded down: of dust, what the step can hold. */
  lots(sizeUnits: number): Lots {
    return Math.floor(sizeUnits / this.#unitsPerLot) as Lots;
  }

  /** Largest order whose notional the ledger can hold at any price of this market. */
  get maxOrderLots(): number {
    return Math.min(this.maxLots, Math.floor(MAX_SAFE / this.maxTicks));
  }
}

export class GridFinder {
  #tickScale = 0;
  #maxPriceUnits = 0;
  #maxSizeUnits = 0;
  readonly #sizesByScale: number[] = new Array<number>(RECORDED_SCALE + 1).fill(0);

  see(priceUnits: number, sizeUnits: number): void {
    this.#tickScale = Math.max(this.#tickScale, scaleOf(priceUnits));
    this.#maxPriceUnits = Math.max(this.#maxPriceUnits, priceUnits);
    this.#maxSizeUnits = Math.max(this.#maxSizeUnits, sizeUnits);
    const scale = scaleOf(sizeUnits);
    this.#sizesByScale[scale] = (this.#sizesByScale[scale] ?? 0) + 1;
  }

  /** How many sizes seen are finer than the step, and so are rounded down. */
  get dust(): number {
    return this.#sizesByScale.slice(this.#stepScale() + 1).reduce((sum, count) => sum + count, 0);
  }

  grid(): Grid {
    const stepScale = this.#stepScale();
    const shape = new Grid(this.#tickScale, stepScale, 0, 0);
    return new Grid(
      this.#tickScale,
      stepScale,
      Math.max(1, shape.ticks(this.#maxPriceUnits)),
      Math.max(1, shape.lots(this.#maxSizeUnits)),
    );
  }

  #stepScale(): number {
    const total = this.#sizesByScale.reduce((sum, count) => sum + count, 0);
    let finer = 0;
    for (let scale = RECORDED_SCALE; scale > 0; scale -= 1) {
      finer += this.#sizesByScale[scale] ?? 0;
      if (finer > total * TOLERATED_DUST) return scale;
    }
    return 0;
  }
}
