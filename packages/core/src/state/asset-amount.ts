import type { DecimalText } from '@glasshouse/protocol';
import { type Atoms, rescale } from '@glasshouse/units';
import type { Asset } from './assets.js';
import { reject } from './reject.js';
import type { State } from './state.js';
import { decimalText } from './texts.js';

/** The asset of that symbol; undefined after a reject. */
export function listedAsset(state: State, symbol: string): Asset | undefined {
  const asset = state.assets.bySymbol(symbol);
  if (asset === undefined) reject(state, 'assetUnknown', { symbol });
  return asset;
}

/** A positive quantity of the asset in atoms; undefined after a reject. */
export function assetAtoms(state: State, asset: Asset, quantity: DecimalText): Atoms | undefined {
  const atoms = rescale(quantity, asset.decimals);
  const text = decimalText(quantity.digits, quantity.scale);
  if (atoms === undefined) {
    reject(state, 'quantityNotOnStep', { quantity: text, stepSize: decimalText(1, asset.decimals) });
    return undefined;
  }
  if (atoms > 0) return atoms as Atoms;
  reject(state, 'quantityBelowMinimum', { quantity: text, minQuantity: decimalText(1, asset.decimals) });
  return undefined;
}
