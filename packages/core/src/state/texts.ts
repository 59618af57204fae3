// Raw integers of state as plain decimals, for the details of rejects.
import { formatDecimal } from '@glasshouse/units';
import type { Market } from './markets.js';
import type { State } from './state.js';

/** Nobody listens: details of rejects are not made, because writing numbers would cost a replay more than the commands do. */
let muted = false;

export function muteTexts(mute: boolean): void {
  muted = mute;
}

function written(units: number, scale: number): string {
  return muted ? '' : formatDecimal(units, scale, 0);
}

export function priceText({ filters }: Market, ticks: number): string {
  return written(ticks * filters.tickDigits, filters.tickScale);
}

export function quantityText({ filters }: Market, lots: number): string {
  return written(lots * filters.stepDigits, filters.stepScale);
}

export function assetText(state: State, assetId: number, atoms: number): string {
  return written(atoms, state.assets.get(assetId)?.decimals ?? 0);
}

export function decimalText(digits: number, scale: number): string {
  return written(digits, scale);
}
