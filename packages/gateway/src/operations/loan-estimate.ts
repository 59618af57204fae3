// What a loan would do to the price at which the account is liquidated. The loan comes as base64 of the body that would be sent.
import { BorrowLendExecutePayload, problemWith, type RequestOf } from '@glasshouse/api';
import type { AssetView } from '@glasshouse/protocol';
import { formatDecimal, parseDecimal, rescale } from '@glasshouse/units';
import { priceText } from '../answers/real-number.js';
import { assetQuantity } from '../exchange/listing.js';
import type { ExchangeView } from '../ports.js';
import { Problem } from '../problem.js';
import type { SignedQueries } from './contract.js';
import { assetOf } from './listing-of.js';
import { accountIn } from './margin-queries.js';
import type { SignedQueryParts } from './query-parts.js';

type Loan = RequestOf<'borrowLend'>;

const unreadable = (problem: string): Problem =>
  new Problem('parameterInvalid', { message: `failed to parse parameter \`borrow\`: ${problem}` });

function jsonOf(base64: string): unknown {
  try {
    return JSON.parse(Buffer.from(base64, 'base64').toString('utf8'));
  } catch {
    throw unreadable('must be base64 of JSON');
  }
}

function loanIn(base64: string): Loan {
  const value = jsonOf(base64);
  const problem = problemWith(BorrowLendExecutePayload, value);
  if (problem !== undefined) throw unreadable(problem);
  return value as Loan;
}

function atomsOf({ decimals }: AssetView, quantity: string): number {
  const decimal = parseDecimal(quantity);
  const atoms = decimal === undefined ? undefined : rescale(decimal, decimals);
  const smallest = formatDecimal(1, decimals, 0);
  if (atoms === undefined) throw new Problem('quantityNotOnStep', { details: { quantity, stepSize: smallest } });
  if (atoms <= 0) throw new Problem('quantityBelowMinimum', { details: { quantity, minQuantity: smallest } });
  return atoms;
}

/** Nobody can lend what is not there. */
function refuseTooMuch(view: ExchangeView, accountId: number, asset: AssetView, atoms: number): void {
  const balance = view.balances(accountId).find(({ assetId }) => assetId === asset.assetId);
  const available = balance?.availableAtoms ?? 0;
  if (atoms <= available) return;
  throw new Problem('insufficientFunds', {
    details: {
      asset: asset.symbol,
      required: assetQuantity(asset, atoms),
      available: assetQuantity(asset, available),
    },
  });
}

function priceOf(view: ExchangeView, { assetId, symbol }: AssetView): number {
  const price = view.assetPrices().find((one) => one.assetId === assetId)?.indexPrice ?? 0;
  if (price === 0) throw new Problem('priceUnknown', { details: { symbol } });
  return price;
}

export function loanEstimates({ port, catalogue }: SignedQueryParts) {
  return {
    borrowLendLiquidationPrice: async ({ borrow }, caller) => {
      const { symbol, side, quantity } = loanIn(borrow);
      const asset = assetOf(catalogue, symbol);
      if (asset.lending === undefined) throw new Problem('notLendable', { details: { asset: symbol } });
      const atoms = atomsOf(asset, quantity);
      return port.read((view) => {
        const { accountId } = accountIn(view, caller);
        if (side === 'Lend') refuseTooMuch(view, accountId, asset, atoms);
        const markPrice = priceText(priceOf(view, asset));
        const draw = { accountId, assetId: asset.assetId, atoms: side === 'Lend' ? -atoms : atoms };
        const found = view.liquidationIndexAfter(draw);
        return { liquidationPrice: found === undefined ? '0' : priceText(found), markPrice };
      });
    },
  } satisfies Partial<SignedQueries>;
}
