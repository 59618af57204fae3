// Numbers as reports show them: the same text on every machine, whatever its locale.

/** Groups the digits before the point by thousands. */
function grouped(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const digits = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return fraction === undefined ? digits : `${digits}.${fraction}`;
}

export function decimal(value: number, places: number): string {
  const text = Math.abs(value).toFixed(places);
  const isZero = Number(text) === 0;
  return `${value < 0 && !isZero ? '−' : ''}${grouped(text)}`;
}

export const count = (value: number): string => decimal(value, 0);

export function dollars(value: number, places = 0): string {
  const text = decimal(Math.abs(value), places);
  return `${value < 0 && /[1-9]/.test(text) ? '−' : ''}$${text}`;
}

export const percent = (fraction: number, places = 1): string => `${decimal(fraction * 100, places)} %`;
