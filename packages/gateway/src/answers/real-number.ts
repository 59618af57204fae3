// Risk numbers are doubles; the wire wants plain decimals.

const LARGEST_PLAIN = 1e21;
const PRICE_DECIMALS = 8;
const USD_DECIMALS = 6;
const FRACTION_DECIMALS = 8;
const RATE_DECIMALS = 10;
/** An off-grid price has this many decimals more than a tick. */
const BEYOND_TICK = 4;

/** At most so many decimals, none of them a trailing zero. */
function decimalText(value: number, decimals: number): string {
  if (!Number.isFinite(value) || Math.abs(value) >= LARGEST_PLAIN)
    throw new RangeError(`${value} has no plain decimal`);
  const text = value.toFixed(decimals);
  const trimmed = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return trimmed === '-0' ? '0' : trimmed;
}

export const usdText = (value: number): string => decimalText(value, USD_DECIMALS);
export const fractionText = (value: number): string => decimalText(value, FRACTION_DECIMALS);
export const rateText = (value: number): string => decimalText(value, RATE_DECIMALS);

export const scoreText = (value: number): string => decimalText(value, FRACTION_DECIMALS);

/** A mark or index price; of what costs little, enough decimals to tell prices apart. */
export function priceText(value: number, tickScale = 0): string {
  return decimalText(value, Math.max(PRICE_DECIMALS, tickScale + BEYOND_TICK));
}

const BASIS_POINTS = 10_000;

export function basisPointText(fraction: number): string {
  return decimalText(fraction * BASIS_POINTS, FRACTION_DECIMALS);
}
