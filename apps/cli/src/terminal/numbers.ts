export const count = (value: number): string => Math.round(value).toLocaleString('en-US');

/** `12 s`, `1.4 s`: as precise as anyone can use. */
export const seconds = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} s`;
