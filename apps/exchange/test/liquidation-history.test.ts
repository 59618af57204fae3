// Histories with crashes, folded: what the read models tell of liquidations is what the core counted, and nothing is told twice.
// PROPERTY_RUNS asks for more histories.
import { balanceViews, liquidationStatistics, liquidationViews } from '@glasshouse/core';
import { type FillRow, type LiquidationRow, MemoryHistory } from '@glasshouse/history';
import { describe, expect, it } from 'vitest';
import { accountIds, CRASH_BOUNDS, type Crashed, crashed, EVERYTHING } from './crash-past.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 3);
const SEEDS = Array.from({ length: RUNS }, (_, run) => 12 + run);

const reportsOf = ({ history }: Crashed): readonly LiquidationRow[] =>
  history.liquidations({ ...EVERYTHING, sort: 'ascending' }).rows;

const stepsOf = (run: Crashed, kind: string) =>
  reportsOf(run).flatMap(({ steps }) => steps.filter((step) => step.kind === kind));

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const PAST = SEEDS.map((seed) => [seed, crashed(seed)] as const);

it('crashes bring about every stage, and debts that the fund pays', () => {
  const stages = PAST.flatMap(([, run]) => reportsOf(run).flatMap(({ steps }) => steps.map(({ kind }) => kind)));
  expect([...new Set(stages)]).toEqual(expect.arrayContaining(['book', 'backstop', 'deleverage', 'fund']));
});

describe.each(PAST)('the past of crash %d', (_seed, run) => {
  const { state, history } = run;
  const statistics = liquidationStatistics(state);

  it('reports every liquidation, and those without an end are those that last', () => {
    expect(reportsOf(run).length).toBe(statistics.sinceGenesis.started);
    const lasting = reportsOf(run).filter(({ ending }) => ending === undefined);
    const namesOf = (rows: readonly { readonly accountId: number; readonly liquidationId: number }[]) =>
      rows.map(({ accountId, liquidationId }) => [accountId, liquidationId]).sort(([a = 0], [b = 0]) => a - b);
    expect(namesOf(lasting)).toEqual(namesOf(liquidationViews(state)));
    expect(reportsOf(run).map(({ liquidationId }) => liquidationId)).toEqual(
      reportsOf(run).map((_, place) => place + 1),
    );
  });

  it.each([
    ['book', ['book']],
    ['backstop', ['backstop', 'loanBackstop']],
    ['deleverage', ['deleverage']],
  ] as const)('has as many steps of stage %s as the core counted', (stage, kinds) => {
    expect(kinds.flatMap((kind) => stepsOf(run, kind))).toHaveLength(statistics.sinceGenesis[stage].count);
  });

  it('ends each report with the sums of its steps', () => {
    for (const { steps, ending } of reportsOf(run)) {
      if (ending === undefined) continue;
      const { totals } = ending;
      const of = (field: 'fundFeeAtoms' | 'providerFeeAtoms') =>
        sum(steps.map((step) => ('fundFeeAtoms' in step ? step[field] : 0)));
      const funded = sum(steps.map((step) => (step.kind === 'fund' ? step.quantityAtoms : 0)));
      expect([of('fundFeeAtoms'), of('providerFeeAtoms'), funded]).toEqual([
        totals.fundFeeAtoms,
        totals.providerFeeAtoms,
        totals.coveredAtoms,
      ]);
    }
  });

  it('has each fill once: of the book’s steps in orders of the exchange, of what was passed on at both sides', () => {
    const fills = accountIds(run).flatMap((accountId) => history.fills({ accountId, ...EVERYTHING }).rows);
    const lots = (rows: readonly FillRow[], origin: FillRow['origin']) =>
      sum(rows.map((row) => (row.origin === origin ? row.sizeLots : 0)));
    const stepped = (kind: string) => sum(stepsOf(run, kind).map((step) => ('sizeLots' in step ? step.sizeLots : 0)));
    expect(lots(fills, 'liquidation')).toBe(stepped('book'));
    expect(lots(fills, 'backstop')).toBe(2 * stepped('backstop'));
    expect(lots(fills, 'deleverage')).toBe(2 * stepped('deleverage'));
  });

  it('pays one account what another paid', () => {
    const rows = accountIds(run).flatMap((accountId) => history.settlements({ accountId, ...EVERYTHING }).rows);
    const total = (source: string) => sum(rows.map((row) => (row.source === source ? row.quantityAtoms : 0)));
    expect([total('backstopProvider'), total('deleverage')]).toEqual([0, 0]);
  });

  it('has every loan that is open as the balance has it, whoever liquidated or was matched', () => {
    for (const accountId of accountIds(run)) {
      const { rows } = history.loans({ accountId, open: true, ...EVERYTHING });
      const told = rows.map(({ assetId, side, quantityAtoms }) => [assetId, side, quantityAtoms]);
      const owned = balanceViews(state, accountId).flatMap(({ assetId, lentAtoms, borrowedAtoms }) => {
        if (lentAtoms > 0) return [[assetId, 'lend', lentAtoms]];
        return borrowedAtoms > 0 ? [[assetId, 'borrow', borrowedAtoms]] : [];
      });
      expect(new Map(told.map(([assetId, ...rest]) => [assetId, rest]))).toEqual(
        new Map(owned.map(([assetId, ...rest]) => [assetId, rest])),
      );
    }
  });

  it('goes on from where it was saved as if nothing had been', () => {
    const restored = MemoryHistory.load(run.halfway, CRASH_BOUNDS);
    for (const committed of run.later) restored.apply(committed);
    expect(restored.save()).toEqual(history.save());
  });
});
