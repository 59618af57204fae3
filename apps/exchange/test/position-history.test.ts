// Histories with crashes, folded: positions come to what their fills, settlements and funding come to, and the open ones are those
// of the core. PROPERTY_RUNS asks for more histories.
import { positionViews } from '@glasshouse/core';
import type { FillRow, PositionRow, SettlementRow } from '@glasshouse/history';
import { SIDE } from '@glasshouse/protocol';
import { describe, expect, it } from 'vitest';
import { accountIds, type Crashed, crashed, EVERYTHING } from './crash-past.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 2);
const PAST = Array.from({ length: RUNS }, (_, run) => [31 + run, crashed(31 + run)] as const);

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const positionsOf = ({ history }: Crashed, accountId: number): readonly PositionRow[] =>
  history.positions({ accountId, ...EVERYTHING, sort: 'ascending' }).rows;

const perpFills = ({ history }: Crashed, accountId: number, markets: ReadonlySet<number>): readonly FillRow[] =>
  history.fills({ accountId, ...EVERYTHING }).rows.filter(({ marketId }) => markets.has(marketId));

const settlementsOf = ({ history }: Crashed, accountId: number): readonly SettlementRow[] =>
  history.settlements({ accountId, ...EVERYTHING }).rows;

const atoms = (rows: readonly SettlementRow[], ...sources: readonly SettlementRow['source'][]): number =>
  sum(rows.map(({ source, quantityAtoms }) => (sources.includes(source) ? quantityAtoms : 0)));

const FEES = ['fee', 'systemFee', 'backstopFund', 'backstopProvider'] as const;

it('positions of these histories are turned round, liquidated, closed and left open', () => {
  const rows = PAST.flatMap(([, run]) => accountIds(run).flatMap((accountId) => positionsOf(run, accountId)));
  const turned = rows.filter(({ closedUs, accountId, marketId, isLong, positionId }) =>
    rows.some(
      (next) =>
        next.accountId === accountId &&
        next.marketId === marketId &&
        next.positionId > positionId &&
        next.openedUs === closedUs &&
        next.isLong !== isLong,
    ),
  );
  expect(turned.length).toBeGreaterThan(0);
  expect(rows.some(({ liquidatedLots, closedUs }) => liquidatedLots > 0 && closedUs !== 0)).toBe(true);
  expect(rows.some(({ closedUs, closedLots }) => closedUs === 0 && closedLots > 0)).toBe(true);
});

describe.each(PAST)('the positions of crash %d', (_seed, run) => {
  const everyone = accountIds(run);

  it('that are open are those of the core, to the atom', () => {
    for (const accountId of everyone) {
      const told = run.history.positions({ accountId, open: true, ...EVERYTHING }).rows;
      const held = positionViews(run.state, accountId).filter(({ sizeLots }) => sizeLots !== 0);
      const figures = (
        rows: readonly Pick<
          PositionRow,
          'positionId' | 'marketId' | 'sizeLots' | 'entryCostAtoms' | 'realizedPnlAtoms' | 'fundingAtoms' | 'openedUs'
        >[],
      ) =>
        rows
          .map((row) => [
            row.marketId,
            row.positionId,
            row.sizeLots,
            row.entryCostAtoms,
            row.realizedPnlAtoms,
            row.fundingAtoms,
            row.openedUs,
          ])
          .sort(([a = 0], [b = 0]) => a - b);
      expect(figures(told)).toEqual(figures(held));
    }
  });

  it('have numbers of their own', () => {
    const ids = everyone.flatMap((accountId) => positionsOf(run, accountId).map(({ positionId }) => positionId));
    expect(new Set(ids).size).toBe(ids.length);
    expect(Math.max(...ids)).toBe(run.state.lastPositionId);
    expect(ids).toHaveLength(run.state.lastPositionId);
  });

  it('that are closed gave back every lot that opened them', () => {
    for (const row of everyone.flatMap((accountId) => positionsOf(run, accountId))) {
      expect(row.openedLots - row.closedLots).toBe(Math.abs(row.sizeLots));
      expect(row.closedUs === 0).toBe(row.sizeLots !== 0);
      expect(row.closingMark > 0).toBe(row.closedUs !== 0);
    }
  });

  it('have lots, money and fees of all fills, and of nothing else', () => {
    for (const accountId of everyone) {
      const rows = positionsOf(run, accountId);
      const fills = perpFills(run, accountId, new Set(rows.map(({ marketId }) => marketId)));
      expect(sum(rows.map((row) => row.openedLots + row.closedLots))).toBe(sum(fills.map((fill) => fill.sizeLots)));
      const received = sum(fills.map(({ side, quoteAtoms }) => (side === SIDE.ask ? quoteAtoms : -quoteAtoms)));
      expect(sum(rows.map((row) => row.realizedPnlAtoms - row.entryCostAtoms))).toBe(received);
      const fees = sum(rows.map((row) => row.feeAtoms + row.liquidationFeeAtoms));
      const ofMarkets = settlementsOf(run, accountId).filter(({ marketId }) => marketId !== 0);
      expect(0 - fees).toBe(atoms(ofMarkets, ...FEES));
    }
  });

  it('have each the funding and the fees that settlements tell of under its number', () => {
    for (const accountId of everyone) {
      const settled = settlementsOf(run, accountId);
      for (const row of positionsOf(run, accountId)) {
        const own = settled.filter(({ positionId }) => positionId === row.positionId);
        expect(atoms(own, 'funding')).toBe(row.fundingAtoms);
        expect(atoms(own, ...FEES)).toBe(0 - row.feeAtoms - row.liquidationFeeAtoms);
      }
      for (const { marketId, positionId } of settled) expect(positionId === 0).toBe(marketId === 0);
    }
  });
});
