// What things are really worth out there, and what the venues that report it make of it.

import type { Random } from '../../random.js';
import { PRICE_SOURCES } from '../../risk-genesis.js';

const FIRST_PRICES: Readonly<Record<string, number>> = { BTC: 100_000, ETH: 4000, SOL: 150, USDT: 1, kBONK: 0.02 };
export const PRICED = Object.keys(FIRST_PRICES);

/** Wild venues show prices that nobody else does; silent ones show none. */
type Mood = 'fair' | 'wild' | 'silent';

export type Quote = { readonly bid: number; readonly ask: number; readonly last: number };

export class World {
  readonly #prices = new Map<string, number>(Object.entries(FIRST_PRICES));
  readonly #moods = new Map<string, Mood>(PRICE_SOURCES.map((name) => [name, 'fair']));

  constructor(private readonly random: Random) {}

  /** USD of one unit. */
  price(symbol: string): number {
    return this.#prices.get(symbol) ?? 1;
  }

  isSilent(source: string): boolean {
    return this.#moods.get(source) === 'silent';
  }

  /** A step of every price; USDT stays near its dollar. */
  walk(): void {
    for (const symbol of PRICED) this.#move(symbol, symbol === 'USDT' ? 3 : 15);
  }

  /** One price jumps by up to a tenth. */
  jump(): void {
    this.#move(this.random.pick(PRICED.filter((symbol) => symbol !== 'USDT')), 1000);
  }

  /** One price moves by so much and no less. */
  push(symbol: string, tenThousandths: number): void {
    this.#set(symbol, 1 + tenThousandths / 10_000);
  }

  /** A source changes its mood; most of the time all are fair. */
  unsettle(): void {
    const { random } = this;
    const mood = random.pick<Mood>(['fair', 'fair', 'fair', 'wild', 'silent']);
    this.#moods.set(random.pick(PRICE_SOURCES), mood);
  }

  calm(): void {
    for (const source of PRICE_SOURCES) this.#moods.set(source, 'fair');
  }

  quote(source: string, symbol: string): Quote {
    const { random } = this;
    const fair = this.price(symbol) * (1 + random.between(-5, 5) / 10_000);
    const shown = this.#moods.get(source) === 'wild' ? (fair * random.between(50, 160)) / 100 : fair;
    const spread = shown / 10_000;
    return { bid: shown - spread, ask: shown + spread, last: shown + (spread * random.between(-10, 10)) / 10 };
  }

  #move(symbol: string, tenThousandths: number): void {
    this.#set(symbol, 1 + this.random.between(-tenThousandths, tenThousandths) / 10_000);
  }

  #set(symbol: string, step: number): void {
    const first = FIRST_PRICES[symbol] ?? 1;
    const moved = this.price(symbol) * step;
    const reach = symbol === 'USDT' ? 1.03 : 3;
    this.#prices.set(symbol, Math.min(first * reach, Math.max(first / reach, moved)));
  }
}
