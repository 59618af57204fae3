// Histories with crashes, folded: what the read models tell of liquidations is what the core counted, and nothing is told twice.
// PROPERTY_RUNS asks for more histories.
import {
  accountView,
  apply,
  balanceViews,
  createState,
  liquidationStatistics,
  liquidationViews,
} from '@glasshouse/core';
import { DEFAULT_BOUNDS, type FillRow, type LiquidationRow, MemoryHistory } from '@glasshouse/history';
import type { Event } from '@glasshouse/protocol';
import { CrashHistory } from '@glasshouse/testkit';
import { describe, expect, it } from 'vitest';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 3);
const REQUESTS = 2_500;
const SEEDS = Array.from({ length: RUNS }, (_, run) => 12 + run);
const EVERYTHING = { limit: Number.MAX_SAFE_INTEGER, offset: 0 } as const;
const ROOM = { perAccount: 100_000, total: 1_000_000 };
const BOUNDS = { ...DEFAULT_BOUNDS, orders: ROOM, fills: ROOM, accruals: ROOM };

function crashed(seed: number) {
  const source = new CrashHistory(seed);
  const state = createState();
  const history = new MemoryHistory(BOUNDS);
  let halfway = history.save();
  const later: Parameters<MemoryHistory['apply']>[0][] = [];
  for (let count = 0; count < REQUESTS; count += 1) {
    const { timeUs, request } = source.next();
    const seq = state.nextSeq;
    const events: Event[] = [];
    apply(state, { seq, timeUs, request }, (event) => {
      events.push(event);
      source.observe(event);
    });
    history.apply({ seq, timeUs, events });
    if (count === REQUESTS / 2) halfway = history.save();
    if (count > REQUESTS / 2) later.push({ seq, timeUs, events });
  }
  return { state, history, halfway, later };
}

type Crashed = ReturnType<typeof crashed>;

function accountIds({ state }: Crashed): number[] {
  const ids: number[] = [];
  for (let id = 1; accountView(state, id) !== undefined; id += 1) ids.push(id);
  return ids;
}

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
    const restored = MemoryHistory.load(run.halfway, BOUNDS);
    for (const committed of run.later) restored.apply(committed);
    expect(restored.save()).toEqual(history.save());
  });
});
