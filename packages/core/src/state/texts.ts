// Raw integers of state as plain decimals, for the details of rejects.
import { formatDecimal } from '@glasshouse/units';
import type { Market } from './markets.js';
import type { State } from './state.js';

export function priceText({ filters }: Market, ticks: number): string {
  return formatDecimal(ticks * filters.tickDigits, filters.tickScale, 0);
}

export function quantityText({ filters }: Market, lots: number): string {
  return formatDecimal(lots * filters.stepDigits, filters.stepScale, 0);
}

export function assetText(state: State, assetId: number, atoms: number): string {
  return formatDecimal(atoms, state.assets.get(assetId)?.decimals ?? 0, 0);
}

export function decimalText(digits: number, scale: number): string {
  return formatDecimal(digits, scale, 0);
}
