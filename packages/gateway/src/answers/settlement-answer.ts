// Settlements as REST shows them.
import type { Settlement, SettlementSource, SettlementSourceFilter } from '@glasshouse/api';
import type { AssetView } from '@glasshouse/protocol';
import type { SettlementRow, SettlementRowSource } from '../accrual-port.js';
import { assetQuantity } from '../exchange/listing.js';
import { naiveDateTime } from './times.js';

const SOURCE_NAME: Readonly<Record<SettlementRowSource, SettlementSource>> = {
  pnl: 'RealizePnl',
  funding: 'FundingPayment',
  fee: 'TradingFees',
  systemFee: 'TradingFeesSystem',
  backstopFund: 'BackstopLiquidityFundProceeds',
  backstopProvider: 'BackstopProviderLiquidation',
  deleverage: 'BackstopAdlLiquidation',
  liability: 'SystemLiabilityTransfer',
  poolUtilization: 'CulledRealizePnlBookUtilisation',
  accountLimit: 'CulledRealizePnlAccountThreshold',
  systemLimit: 'CulledRealizePnlSystemThreshold',
  positionReduced: 'CulledRealizePnlAuto',
};

/** Sources of the reference that do not exist here find nothing. */
const SOURCES_OF_FILTER: Readonly<Record<SettlementSourceFilter, readonly SettlementRowSource[]>> = {
  RealizePnl: ['pnl'],
  FundingPayment: ['funding'],
  TradingFees: ['fee'],
  TradingFeesSystem: ['systemFee'],
  CulledRealizePnl: ['accountLimit', 'systemLimit', 'positionReduced'],
  CulledRealizePnlBookUtilization: ['poolUtilization'],
  CulledBorrowInterest: [],
  BackstopLiquidation: ['backstopFund', 'backstopProvider', 'deleverage'],
};

export function settlementSources(filter: SettlementSourceFilter): readonly SettlementRowSource[] {
  return SOURCES_OF_FILTER[filter];
}

export function settlementAnswer(asset: AssetView, accountId: number, row: SettlementRow): Settlement {
  return {
    engineSequence: row.seq,
    positionId: row.positionId === 0 ? null : String(row.positionId),
    quantity: assetQuantity(asset, row.quantityAtoms),
    source: SOURCE_NAME[row.source],
    subaccountId: null,
    timestamp: naiveDateTime(row.timeUs),
    userId: accountId,
  };
}
