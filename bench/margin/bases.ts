import type { BenchMarket } from '../core/venue.js';

/** What a market trades: the grid, where trading starts, how large an order is on average. */
export type Base = Omit<BenchMarket, 'symbol'> & {
  readonly symbol: string;
  readonly decimals: number;
  readonly tickSize: string;
  readonly stepSize: string;
};

const cents = { tickSize: '0.01', tickScale: 2, stepSize: '0.01', stepScale: 2, decimals: 6 } as const;

const BTC: Base = {
  ...{ symbol: 'BTC', decimals: 8, startTicks: 1_000_000, meanLots: 2_000 },
  ...{ tickSize: '0.1', tickScale: 1, stepSize: '0.00001', stepScale: 5 },
};
const ETH: Base = {
  ...{ symbol: 'ETH', decimals: 7, startTicks: 400_000, meanLots: 5_000 },
  ...{ tickSize: '0.01', tickScale: 2, stepSize: '0.0001', stepScale: 4 },
};
const SOL: Base = { ...cents, symbol: 'SOL', startTicks: 20_000, meanLots: 1_000 };
const AVAX: Base = { ...cents, symbol: 'AVAX', startTicks: 8_000, meanLots: 2_500 };
const LTC: Base = { ...cents, symbol: 'LTC', startTicks: 10_000, meanLots: 2_000 };

export const FIVE_BASES: readonly Base[] = [BTC, ETH, SOL, AVAX, LTC];

/** As many markets of one kind as wanted. */
export function manyBases(count: number): readonly Base[] {
  return Array.from({ length: count }, (_, place) => ({ ...SOL, symbol: `A${place + 1}` }));
}
