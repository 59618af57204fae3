// How fast depth goes when the price moves, fitted to the recorded book of 10 October 2025: for each side the range of the last minute at
// which half of the quiet depth is left, by least squares.
//   depth / quiet depth = 1 / (1 + range / half)
// The bid side is ahead of the price that day. Its near bands are stuck in the recording, so depth is that within 5 %, and the price is
// followed by the mean price of the nearest asks.
import { numberIn, recordedRows } from '../recorded/rows.js';
import type { DepthProfile, DepthThinning } from '../scenario/scenario.js';

const FILE = 'klines/oct2025_binance_usdm_btcusdt_bookdepth.csv.gz';
const BAND = '5';
const NEAREST = '1';
const PERCENTS = [1, 2, 3, 4, 5] as const;
/** Images come about every thirty seconds. */
const WINDOW_MS = 90_000;
/** The quiet part of the day, by which depth is measured; the fit is to the rest. */
const QUIET_HOURS = 15;
const FINEST = 0.0002;
const COARSEST = 0.02;
const STEP = 1.02;

type Image = { readonly timeMs: number; readonly bid: number; readonly ask: number; readonly price: number };
type Point = { readonly range: number; readonly left: number };

const timeOf = (text: string): number => Date.parse(`${text.trim().replace(' ', 'T')}Z`);

function readImages(folder: string): Image[] {
  const byTime = new Map<string, { bid?: number; ask?: number; price?: number }>();
  for (const row of recordedRows(`${folder}/${FILE}`)) {
    const time = row['timestamp'] ?? '';
    const image = byTime.get(time) ?? {};
    byTime.set(time, image);
    if (row['percentage'] === `-${BAND}`) image.bid = numberIn(row, 'depth');
    if (row['percentage'] === BAND) image.ask = numberIn(row, 'depth');
    if (row['percentage'] === NEAREST) image.price = numberIn(row, 'weighted_avg_price');
  }
  return [...byTime].flatMap(([time, { bid, ask, price }]) => {
    if (bid === undefined || ask === undefined || price === undefined) return [];
    return [{ timeMs: timeOf(time), bid, ask, price }];
  });
}

/** On the quiet part of the day. */
function depthsByBand(folder: string): ReadonlyMap<string, number[]> {
  const depths = new Map<string, number[]>();
  for (const row of recordedRows(`${folder}/${FILE}`)) {
    if (!isQuiet({ timeMs: timeOf(row['timestamp'] ?? '') })) continue;
    const band = row['percentage'] ?? '';
    const known = depths.get(band) ?? [];
    depths.set(band, known);
    known.push(numberIn(row, 'depth'));
  }
  return depths;
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

const isQuiet = ({ timeMs }: Pick<Image, 'timeMs'>): boolean => new Date(timeMs).getUTCHours() < QUIET_HOURS;

function pointsOf(images: readonly Image[], side: 'bid' | 'ask'): Point[] {
  const quiet = medianOf(images.filter(isQuiet).map((image) => image[side]));
  return images.flatMap((image, place) => {
    if (isQuiet(image)) return [];
    const window = images
      .slice(Math.max(0, place - 4), place + 1)
      .filter(({ timeMs }) => image.timeMs - timeMs <= WINDOW_MS);
    const prices = window.map(({ price }) => price);
    return [{ range: Math.max(...prices) / Math.min(...prices) - 1, left: image[side] / quiet }];
  });
}

function bestHalf(points: readonly Point[]): number {
  const errorOf = (half: number) =>
    points.reduce((sum, { range, left }) => sum + (left - 1 / (1 + range / half)) ** 2, 0);
  let best = FINEST;
  for (let half = FINEST; half < COARSEST; half *= STEP) if (errorOf(half) < errorOf(best)) best = half;
  return best;
}

/** How much of the depth within 5 % stands nearer, on a quiet day, as the mean of both sides. */
export function calibrateProfile(folder: string): DepthProfile {
  const medians = new Map(Array.from(depthsByBand(folder), ([band, depths]) => [band, medianOf(depths)]));
  const shareOf = (side: string, percent: number): number =>
    (medians.get(`${side}${percent}`) ?? 0) / (medians.get(`${side}${BAND}`) ?? 1);
  return PERCENTS.map((percent) => [percent / 100, (shareOf('-', percent) + shareOf('', percent)) / 2]);
}

/** `folder` has the recordings, with `klines` in it. */
export function calibrateDepth(folder: string): DepthThinning {
  const images = readImages(folder);
  return { ahead: bestHalf(pointsOf(images, 'bid')), behind: bestHalf(pointsOf(images, 'ask')) };
}
