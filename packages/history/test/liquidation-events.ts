// Events of a liquidation, built from small numbers.
import type {
  BackstopAssigned,
  Deleveraged,
  Event,
  LiquidationEnded,
  LiquidationStep,
  LiquidationView,
  MaintenanceView,
  MarketView,
} from '@glasshouse/protocol';
import type { Atoms, Lots, Price, TimeUs } from '@glasshouse/units';
import { START_US } from './builders.js';

export const USDC = 1;
export const BTC = 3;
export const PERP = 2;
export const SPOT = 1;

const market = (marketId: number, kind: number) =>
  ({ marketId, kind, quoteAssetId: USDC, createdUs: START_US }) as unknown as MarketView;

/** A spot market and a perpetual. */
export const listed: Event[] = [
  { kind: 'marketListed', market: market(SPOT, 0) },
  { kind: 'marketListed', market: market(PERP, 1) },
];

function standing(netEquityUsd: number, maintenanceMarginUsd = 100.5): MaintenanceView {
  const atIndex = { netEquityAtIndexUsd: netEquityUsd + 1, maintenanceMarginAtIndexUsd: maintenanceMarginUsd + 2 };
  return { netEquityUsd, maintenanceMarginUsd, exposureUsd: 10_000, ...atIndex };
}

export const started = (accountId: number, liquidationId = 1): Event => ({
  kind: 'liquidationStarted',
  liquidationId,
  accountId,
  standing: standing(90),
});

export function stepped(accountId: number, fields: Partial<LiquidationStep> = {}): LiquidationStep {
  return {
    kind: 'liquidationStep',
    accountId,
    marketId: PERP,
    orderId: 5,
    side: 1,
    filledLots: 10 as Lots,
    quoteAtoms: 990 as Atoms,
    markPrice: 100.25 as Price,
    feeAtoms: 3 as Atoms,
    before: standing(90),
    after: standing(88, 80),
    ...fields,
  };
}

export function assigned(accountId: number, providerAccountId: number): BackstopAssigned {
  return {
    kind: 'backstopAssigned',
    accountId,
    providerAccountId,
    marketId: PERP,
    side: 1,
    sizeLots: 20 as Lots,
    quoteAtoms: 2005 as Atoms,
    markPrice: 100.25 as Price,
    providerFeeAtoms: 8 as Atoms,
    fundFeeAtoms: 4 as Atoms,
  };
}

export function deleveraged(accountId: number, counterpartyAccountId: number, takenAtoms = 7): Deleveraged {
  return {
    kind: 'deleveraged',
    accountId,
    counterpartyAccountId,
    marketId: PERP,
    side: 0,
    sizeLots: 30 as Lots,
    quoteAtoms: 3000 as Atoms,
    markPrice: 100.25 as Price,
    takenAtoms: takenAtoms as Atoms,
    feeAtoms: 2 as Atoms,
    policy: 'minimal',
  };
}

export function covered(accountId: number, quantity: number): Event {
  return {
    kind: 'deficitCovered',
    accountId,
    assetId: USDC,
    quantityAtoms: quantity as Atoms,
    into: 'available',
  };
}

export function recorded(accountId: number, added: number, from: 'unsettled' | 'loan' = 'unsettled', assetId = USDC) {
  const negative = { accountId, assetId, quantityAtoms: added as Atoms, recordedUs: START_US as TimeUs };
  return { kind: 'negativeBalanceRecorded', negative, addedAtoms: added as Atoms, from } as const;
}

export function ended(accountId: number, reason: LiquidationEnded['reason'] = 'recovered'): LiquidationEnded {
  const liquidation: LiquidationView = {
    liquidationId: 1,
    accountId,
    startedUs: START_US as TimeUs,
    atStart: standing(90),
    steps: 2,
    bookUsd: 0.5,
    backstopUsd: 0.25,
    deleveragedUsd: 0,
    fundFeeAtoms: 7 as Atoms,
    providerFeeAtoms: 8 as Atoms,
    coveredAtoms: 0 as Atoms,
    unpaidUsd: 0,
  };
  return { kind: 'liquidationEnded', reason, liquidation, standing: standing(70, 60) };
}
