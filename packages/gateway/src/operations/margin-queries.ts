// What an account may read of its margin, positions and loans as they stand.
import type { AccountView, KeyView, MarginExplanation } from '@glasshouse/protocol';
import type { VenueLimits } from '../answers/account-answer.js';
import { loanAnswer } from '../answers/lending-answer.js';
import { collateralRow, marginSummary } from '../answers/margin-answer.js';
import { explanationAnswer } from '../answers/margin-explanation.js';
import { positionAnswer } from '../answers/position-answer.js';
import type { Catalogue } from '../exchange/catalogue.js';
import { unitsOf } from '../exchange/listing.js';
import type { ExchangeView } from '../ports.js';
import { Problem } from '../problem.js';
import type { SignedQueries } from './contract.js';
import { listingOf } from './listing-of.js';
import type { SignedQueryParts } from './query-parts.js';

export function accountIn(view: ExchangeView, { accountId }: KeyView): AccountView {
  const account = view.account(accountId);
  if (account === undefined) throw new Problem('accountUnknown');
  return account;
}

function explained(view: ExchangeView, { accountId }: KeyView): MarginExplanation {
  const explanation = view.marginExplanation(accountId);
  if (explanation === undefined) throw new Problem('accountUnknown');
  return explanation;
}

/** Without perpetuals nothing is leveraged. */
const NO_LEVERAGE = 1;

export function venueLimits(view: ExchangeView, catalogue: Catalogue): VenueLimits {
  const limits = { maxLeverage: NO_LEVERAGE, borrowLimitUsd: 0, positionLimitUsd: 0 };
  for (const { assetId, indexPrice } of view.assetPrices()) {
    const asset = catalogue.asset(assetId);
    if (asset?.lending === undefined) continue;
    limits.borrowLimitUsd += (asset.lending.borrowLimitAtoms / unitsOf(asset.decimals)) * indexPrice;
  }
  for (const { marketId, markPrice } of view.perpPrices()) {
    const listing = catalogue.listing(marketId);
    if (listing?.perp === undefined) continue;
    limits.maxLeverage = Math.max(limits.maxLeverage, listing.perp.maxLeverage);
    limits.positionLimitUsd += listing.baseUnits(listing.perp.positionLimitLots) * markPrice;
  }
  return limits;
}

export function positionsIn(view: ExchangeView, catalogue: Catalogue, caller: KeyView) {
  const terms = new Map(explained(view, caller).markets.map((term) => [term.marketId, term]));
  return view.positions(caller.accountId).flatMap((position) => {
    const listing = catalogue.listing(position.marketId);
    const term = terms.get(position.marketId);
    if (listing?.perp === undefined || term === undefined || position.sizeLots === 0) return [];
    return [{ marketId: position.marketId, answer: positionAnswer(listing, listing.perp, position, term) }];
  });
}

/** More loans than there are assets an account cannot have. */
const EVERY_LOAN = { limit: 10_000, offset: 0 } as const;

async function loansOf({ port, history, catalogue }: SignedQueryParts, caller: KeyView) {
  const { accountId } = caller;
  const { assets } = await port.read((view) => explained(view, caller));
  const open = await history.loans({ accountId, open: true, ...EVERY_LOAN });
  const interest = new Map(open.rows.map(({ assetId, interestAtoms }) => [assetId, interestAtoms]));
  return assets.flatMap((term) => {
    const asset = catalogue.asset(term.assetId);
    if (asset?.lending === undefined || term.lentAtoms + term.borrowedAtoms === 0) return [];
    const loan = { accountId, interestAtoms: interest.get(term.assetId) ?? 0 };
    return [loanAnswer(asset, asset.lending, term, loan)];
  });
}

export function marginQueries(parts: SignedQueryParts) {
  const { port, catalogue } = parts;
  return {
    collateral: async (_values, caller) => {
      const explanation = await port.read((view) => explained(view, caller));
      const collateral = explanation.assets.flatMap((term) => {
        const asset = catalogue.asset(term.assetId);
        return asset === undefined ? [] : [collateralRow(asset, term)];
      });
      return marginSummary(explanation, collateral);
    },
    positions: async ({ symbol, marketType }, caller) => {
      const marketId = symbol === undefined ? undefined : listingOf(catalogue, symbol).market.marketId;
      if (marketType !== undefined && marketType !== 'PERP') return [];
      const positions = await port.read((view) => positionsIn(view, catalogue, caller));
      const asked = positions.filter((position) => marketId === undefined || position.marketId === marketId);
      return asked.map(({ answer }) => answer);
    },
    borrowLendPositions: (_values, caller) => loansOf(parts, caller),
    margin: async (_values, caller) => explanationAnswer(await port.read((view) => explained(view, caller)), catalogue),
  } satisfies Partial<SignedQueries>;
}
