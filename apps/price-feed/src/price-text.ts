// Prices between numbers and plain decimal text.

const PLAIN = /^\d{1,20}(\.\d{1,20})?$/;
/** More than any venue quotes, and few enough that digits and scale stay exact in the report. */
const SIGNIFICANT_DIGITS = 12;
const MOST_DECIMALS = 18;

/** A positive price from decimal text or a JSON number; undefined for anything else. */
export function priceOf(value: unknown): number | undefined {
  const price = typeof value === 'string' && PLAIN.test(value) ? Number(value) : value;
  return typeof price === 'number' && Number.isFinite(price) && price > 0 ? price : undefined;
}

/** Plain notation with twelve significant digits; undefined for what is too small to be written so. */
export function priceText(price: number): string | undefined {
  const decimals = Math.min(Math.max(SIGNIFICANT_DIGITS - 1 - Math.floor(Math.log10(price)), 0), MOST_DECIMALS);
  const text = price.toFixed(decimals);
  if (!PLAIN.test(text) || Number(text) === 0) return undefined;
  return decimals === 0 ? text : text.replace(/\.?0+$/, '');
}
