// Our book against the images that the exchange itself published.
import type { DepthView } from '@glasshouse/protocol';
import type { Grid } from '../grid.js';
import { type Check, shareCheck } from '../report.js';
import type { BookImage, RecordedLevel } from './events.js';

type Touch = readonly [ticks: number, lots: number];
type Level = readonly [number, number];

/** An image is captured on another channel than the orders: it may show what was true a moment before. */
const CAPTURE_LAG_MS = 500;
/** Until then orders from before the capture, which nobody can know, leave the book. */
const SETTLING_MS = 600_000;
const NO_LEVEL: Touch = [0, 0];

class SideComparison {
  priceEqual = 0;
  settledSizeEqual = 0;
  readonly #recent: { readonly timeMs: number; readonly touch: Touch }[] = [];

  see(timeMs: number, touch: Touch): void {
    const last = this.#recent.at(-1);
    if (last === undefined || last.touch[0] !== touch[0] || last.touch[1] !== touch[1])
      this.#recent.push({ timeMs, touch });
    while (this.#recent.length > 1 && (this.#recent[1]?.timeMs ?? 0) <= timeMs - CAPTURE_LAG_MS) this.#recent.shift();
  }

  compare(expected: Touch, settled: boolean): void {
    if (this.#recent.at(-1)?.touch[0] === expected[0]) this.priceEqual += 1;
    const recently = this.#recent.some(({ touch }) => touch[0] === expected[0] && touch[1] === expected[1]);
    if (settled && recently) this.settledSizeEqual += 1;
  }
}

export class ImageComparison {
  readonly #bid = new SideComparison();
  readonly #ask = new SideComparison();
  #images = 0;
  #settledImages = 0;
  #wholeEqual = 0;
  #startMs = -1;

  constructor(private readonly grid: Grid) {}

  /** After every event: what is best now. */
  see(timeMs: number, touch: DepthView): void {
    if (this.#startMs < 0) this.#startMs = timeMs;
    this.#bid.see(timeMs, touch.bids[0] ?? NO_LEVEL);
    this.#ask.see(timeMs, touch.asks[0] ?? NO_LEVEL);
  }

  compare(image: BookImage, depth: (levels: number) => DepthView): void {
    const settled = image.timeMs - this.#startMs >= SETTLING_MS;
    this.#images += 1;
    if (settled) this.#settledImages += 1;
    this.#bid.compare(this.#levelOf(image.bids[0]), settled);
    this.#ask.compare(this.#levelOf(image.asks[0]), settled);
    const whole = depth(Math.max(image.bids.length, image.asks.length));
    if (this.#same(image.bids, whole.bids) && this.#same(image.asks, whole.asks)) this.#wholeEqual += 1;
  }

  figures(): Record<string, number> {
    return { 'book images': this.#images, 'images equal on every level': this.#wholeEqual };
  }

  checks(leastShare: number): Check[] {
    const price = (name: string, { priceEqual }: SideComparison) =>
      shareCheck(`${name} price`, priceEqual, this.#images, leastShare, `best ${name} prices equal`);
    const size = (name: string, { settledSizeEqual }: SideComparison) =>
      shareCheck(
        `${name} size`,
        settledSizeEqual,
        this.#settledImages,
        leastShare,
        `best ${name} sizes equal after the first ten minutes, within ${CAPTURE_LAG_MS} ms of the image`,
      );
    return [price('bid', this.#bid), price('ask', this.#ask), size('bid', this.#bid), size('ask', this.#ask)];
  }

  #levelOf(level: RecordedLevel | undefined): Touch {
    return level === undefined ? NO_LEVEL : [this.grid.ticks(level.priceUnits), this.grid.lots(level.sizeUnits)];
  }

  #same(expected: readonly RecordedLevel[], ours: readonly Level[]): boolean {
    return expected.every((level, index) => {
      const [ticks, lots] = this.#levelOf(level);
      return ours[index]?.[0] === ticks && ours[index]?.[1] === lots;
    });
  }
}
