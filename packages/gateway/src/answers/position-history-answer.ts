// Positions as history shows them: what became of each from its opening on; of an open one, also how it stands.
import type { FuturePositionWithMargin, PositionHistoryRow } from '@glasshouse/api';
import { assetQuantity, type Listing } from '../exchange/listing.js';
import type { PositionRow } from '../position-port.js';
import { meanPrice } from './mean-price.js';
import { priceText } from './real-number.js';
import { naiveDateTime } from './times.js';

/** An open position as it is answered elsewhere, with the largest leverage that its account may have. */
export type StandingPosition = { readonly position: FuturePositionWithMargin; readonly leverage: string };

const NOTHING_AT_STAKE = {
  imf: '0',
  netCost: '0',
  netExposureNotional: '0',
  netExposureQuantity: '0',
  netQuantity: '0',
  unrealizedPnl: '0',
} as const;

function stakeFields({ position }: StandingPosition) {
  const { imf, netCost, netExposureNotional, netExposureQuantity, netQuantity, markPrice, entryPrice } = position;
  const exposure = { netExposureNotional, netExposureQuantity, netQuantity };
  return { imf, netCost, ...exposure, markPrice, entryPrice, unrealizedPnl: position.pnlUnrealized };
}

function closedFields(listing: Listing, { openedLots, openedQuoteAtoms, closingMark }: PositionRow) {
  const { tickScale } = listing.market;
  const entry = meanPrice(listing, { sizeLots: openedLots, quoteAtoms: openedQuoteAtoms });
  return {
    ...NOTHING_AT_STAKE,
    markPrice: priceText(closingMark, tickScale),
    entryPrice: priceText(entry, tickScale),
  };
}

function closingPrice(listing: Listing, { closedLots, closedQuoteAtoms }: PositionRow): string | null {
  if (closedLots === 0) return null;
  return priceText(
    meanPrice(listing, { sizeLots: closedLots, quoteAtoms: closedQuoteAtoms }),
    listing.market.tickScale,
  );
}

/** `standing` is undefined for what is closed, or has been since the row was read. */
export function positionHistoryAnswer(
  listing: Listing,
  row: PositionRow,
  standing: StandingPosition | undefined,
): PositionHistoryRow {
  const quote = (atoms: number): string => assetQuantity(listing.quote, atoms);
  return {
    accountLeverage: standing === undefined ? null : standing.leverage,
    closedAt: row.closedUs === 0 ? null : naiveDateTime(row.closedUs),
    closedVolume: listing.quantity(row.closedLots),
    closingPrice: closingPrice(listing, row),
    cumulativePnlRealized: quote(row.realizedPnlAtoms),
    fees: quote(row.feeAtoms),
    fundingQuantity: quote(row.fundingAtoms),
    id: String(row.positionId),
    interest: '0',
    liquidated: listing.quantity(row.liquidatedLots),
    liquidationFees: quote(row.liquidationFeeAtoms),
    openedAt: naiveDateTime(row.openedUs),
    state: row.closedUs === 0 ? 'Open' : 'Closed',
    symbol: listing.market.symbol,
    ...(standing === undefined ? closedFields(listing, row) : stakeFields(standing)),
  };
}
