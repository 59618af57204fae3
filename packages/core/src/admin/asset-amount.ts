import type { DecimalText } from '@glasshouse/protocol';
import { type Atoms, rescale } from '@glasshouse/units';
import type { Asset } from '../state/assets.js';
import { reject } from '../state/reject.js';
import type { State } from '../state/state.js';
import { decimalText } from '../state/texts.js';

/** A positive quantity of a listed asset in atoms; undefined after a reject. */
export function assetAmount(
  state: State,
  symbol: string,
  quantity: DecimalText,
): { readonly asset: Asset; readonly atoms: Atoms } | undefined {
  const asset = state.assets.bySymbol(symbol);
  if (asset === undefined) {
    reject(state, 'assetUnknown', { symbol });
    return undefined;
  }
  const atoms = rescale(quantity, asset.decimals);
  const text = decimalText(quantity.digits, quantity.scale);
  if (atoms === undefined) {
    reject(state, 'quantityNotOnStep', { quantity: text, stepSize: decimalText(1, asset.decimals) });
    return undefined;
  }
  if (atoms > 0) return { asset, atoms: atoms as Atoms };
  reject(state, 'quantityBelowMinimum', { quantity: text, minQuantity: decimalText(1, asset.decimals) });
  return undefined;
}
