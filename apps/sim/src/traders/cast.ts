// Who takes part in the demonstration.
import type { KeyPair } from '@glasshouse/client';
import { seededRandom } from '@glasshouse/price-feed';
import type { LiveMarket } from '../market/live-market.js';
import type { LadderShape } from './ladder.js';
import { Maker } from './maker.js';
import type { Participant } from './participant.js';
import { Quoter } from './quoter.js';
import { Taker } from './taker.js';
import { Trader } from './trader.js';

const MAKERS: readonly (readonly [name: string, shape: LadderShape])[] = [
  ['maker-narrow', { layers: 8, halfSpread: 0.000_2, gap: 0.000_15, growth: 1.25, notional: 2_500 }],
  ['maker-wide', { layers: 10, halfSpread: 0.000_5, gap: 0.000_4, growth: 1.3, notional: 4_000 }],
];
const TAKERS: readonly string[] = ['taker-1', 'taker-2', 'taker-3'];
const TAKER_STOCK_SHARE = 0.1;
/** A quote stands for a minute or two: it is wider than what stands in the book for a moment. */
const QUOTED_SPREADS = 2;

export const TRADER_NAMES: readonly string[] = [...MAKERS.map(([name]) => name), ...TAKERS];

export type CastOptions = {
  readonly url: string;
  readonly seed: number;
  readonly keys: ReadonlyMap<string, KeyPair>;
  readonly markets: readonly [LiveMarket, ...LiveMarket[]];
};

export function castOf(options: CastOptions): readonly Participant[] {
  const { url, seed, markets } = options;
  const traderOf = (name: string, stockShare: number): Trader => {
    const keys = options.keys.get(name);
    if (keys === undefined) throw new Error(`no key for ${name}`);
    return new Trader({ name, url, keys, stockShare });
  };
  // Each has chance of its own: one's delay does not change what another does.
  const randomOf = (name: string, business = 0) =>
    seededRandom(seed + 1 + TRADER_NAMES.indexOf(name) + TRADER_NAMES.length * business);
  return [
    ...MAKERS.flatMap(([name, shape]) => {
      const trader = traderOf(name, 1);
      const maker = new Maker(trader, markets, shape, randomOf(name));
      return [maker, new Quoter(trader, markets, shape.halfSpread * QUOTED_SPREADS, randomOf(name, 1))];
    }),
    ...TAKERS.map((name) => new Taker(traderOf(name, TAKER_STOCK_SHARE), markets, randomOf(name))),
  ];
}
