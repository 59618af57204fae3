// Recorded prices played again, at any speed: each recorded venue is a source. History, not a market's prices today.
import type { Quote, Source } from '../quote.js';
import type { Recording } from './read-recording.js';
import type { Recorded } from './recorded.js';

export type ReplayOptions = {
  readonly recording: Recording;
  /** Recorded seconds in a second. */
  readonly speed: number;
  /** Names under which recorded venues are reported; the others are `replay-a`, `replay-b` … in alphabetical order. */
  readonly names?: ReadonlyMap<string, string> | undefined;
  readonly assets?: readonly string[] | undefined;
};

export type ReplaySource = Source & { readonly venue: string };

export type Replay = {
  readonly sources: readonly ReplaySource[];
  readonly firstMs: number;
  readonly lastMs: number;
  /** The recorded time at that moment; before the first question, the beginning. */
  readonly playedMs: (nowMs: number) => number;
  readonly isOver: (nowMs: number) => boolean;
};

/** Of recorded time: a venue that traded nothing for longer has no price. */
const LIFETIME_MS = 600_000;

/** Recorded time, which begins when somebody first asks. */
class Tape {
  private begunMs: number | undefined;

  constructor(
    readonly firstMs: number,
    private readonly speed: number,
  ) {}

  at(nowMs: number): number {
    this.begunMs ??= nowMs;
    return this.firstMs + (nowMs - this.begunMs) * this.speed;
  }
}

type Sides = { bid: number; ask: number; last: number; timeMs: number };

class RecordedVenue implements ReplaySource {
  readonly kind = 'replay';
  private readonly sides = new Map<string, Sides>();
  private place = 0;

  constructor(
    readonly venue: string,
    readonly name: string,
    private readonly rows: readonly Recorded[],
    private readonly tape: Tape,
    private readonly lifetimeMs: number,
  ) {}

  readonly start = (): void => undefined;
  readonly stop = (): void => undefined;

  readonly quotes = (nowMs: number): readonly Quote[] => {
    const playedMs = this.tape.at(nowMs);
    this.playTo(playedMs);
    const quotes: Quote[] = [];
    for (const [asset, { bid, ask, last, timeMs }] of this.sides) {
      if (playedMs - timeMs > this.lifetimeMs) continue;
      // Recordings have no price of the stablecoins that they are quoted in: those are taken at par.
      quotes.push({ asset, money: 'USD', bid, ask, last, timeMs: nowMs });
    }
    return quotes;
  };

  private playTo(playedMs: number): void {
    for (let row = this.rows[this.place]; row !== undefined && row.timeMs <= playedMs; row = this.rows[this.place]) {
      this.take(row);
      this.place += 1;
    }
  }

  /** A buyer took the ask, a seller the bid; the other side is what it last was, unless the price has gone past it. */
  private take({ asset, price, side, timeMs }: Recorded): void {
    const before = this.sides.get(asset) ?? { bid: price, ask: price };
    const bid = side === 'buy' ? Math.min(before.bid, price) : price;
    const ask = side === 'sell' ? Math.max(before.ask, price) : price;
    this.sides.set(asset, { bid, ask, last: price, timeMs });
  }
}

const letter = (place: number): string => String.fromCharCode('a'.charCodeAt(0) + place);

export function replay({ recording, speed, names, assets }: ReplayOptions): Replay {
  const rows = recording.recorded.filter(({ asset }) => assets === undefined || assets.includes(asset));
  const firstMs = rows[0]?.timeMs ?? 0;
  const lastMs = rows.at(-1)?.timeMs ?? firstMs;
  const tape = new Tape(firstMs, speed);
  const lifetimeMs = Math.max(LIFETIME_MS, 2 * recording.intervalMs);
  const venues = [...new Set(rows.map(({ venue }) => venue))].sort();
  const sources = venues.map((venue, place) => {
    const name = names?.get(venue) ?? `replay-${letter(place)}`;
    return new RecordedVenue(
      venue,
      name,
      rows.filter((row) => row.venue === venue),
      tape,
      lifetimeMs,
    );
  });
  const playedMs = (nowMs: number): number => tape.at(nowMs);
  return { sources, firstMs, lastMs, playedMs, isOver: (nowMs) => tape.at(nowMs) > lastMs };
}
