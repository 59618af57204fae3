import { apply, assetViews, createState, type State } from '@glasshouse/core';
import type { Event } from '@glasshouse/protocol';
import { CrashHistory } from '@glasshouse/testkit';
import { formatDecimal } from '@glasshouse/units';
import { describe, expect, test } from 'vitest';
import { type StateSummary, summaryOf } from '../src/state/summary.js';
import { summaryText } from '../src/state/summary-text.js';

const REQUESTS = 2_500;
/** Ends with accounts in liquidation. */
const RUNNING_SEED = 24;
/** Ends with a debt on record. */
const OWING_SEED = 28;

type Run = { readonly events: readonly Event[]; readonly state: State; readonly summary: StateSummary };

const summaryNow = (state: State): StateSummary => summaryOf(state, state.nextSeq, '00'.repeat(32));

function crash(seed: number): Run {
  const history = new CrashHistory(seed);
  const state = createState();
  const events: Event[] = [];
  for (let left = REQUESTS; left > 0; left -= 1) {
    const { timeUs, request } = history.next();
    apply(state, { seq: state.nextSeq, timeUs, request }, (event) => {
      events.push(event);
      history.observe(event);
    });
  }
  return { events, state, summary: summaryNow(state) };
}

const times = ({ events }: Run, ...kinds: Event['kind'][]): number =>
  events.filter(({ kind }) => kinds.includes(kind)).length;

/** Atoms by asset: what was added to the record and not paid on it. */
function owedBy(events: readonly Event[]): Map<number, number> {
  const owed = new Map<number, number>();
  for (const event of events) {
    if (event.kind !== 'negativeBalanceRecorded' && event.kind !== 'negativeBalanceAccepted') continue;
    const change = event.kind === 'negativeBalanceRecorded' ? event.addedAtoms : -event.paidAtoms;
    const { assetId } = event.negative;
    owed.set(assetId, (owed.get(assetId) ?? 0) + change);
  }
  return owed;
}

describe('the liquidations of a venue that goes through crashes', () => {
  const running = crash(RUNNING_SEED);
  const owing = crash(OWING_SEED);

  test('are as many as began, and those go on that did not end', () => {
    const { accountsNow, sinceGenesis } = running.summary.liquidation;
    expect(sinceGenesis).toBe(times(running, 'liquidationStarted'));
    expect(accountsNow).toBe(sinceGenesis - times(running, 'liquidationEnded'));
    expect(accountsNow).toBeGreaterThan(0);
  });

  test('came to what each stage did, in shares that make a whole', () => {
    const { stages } = running.summary.liquidation;
    expect(stages.map(({ stage }) => stage)).toEqual(['book', 'backstop', 'deleverage']);
    expect(stages[1]?.count).toBe(times(running, 'backstopAssigned', 'loanAssigned'));
    const all = stages.reduce((sum, { count }) => sum + count, 0);
    const allUsd = stages.reduce((sum, { usd }) => sum + Number(usd), 0);
    for (const { count, usd, shareByCount, shareByUsd } of stages) {
      expect(count).toBeGreaterThan(0);
      expect(shareByCount).toBeCloseTo(count / all, 9);
      expect(shareByUsd).toBeCloseTo(Number(usd) / allUsd, 6);
    }
  });

  test('left on record what was added to it and not paid on it', () => {
    const { onRecord, recordedUsd } = owing.summary.liquidation;
    const owed = owedBy(owing.events);
    const expected = assetViews(owing.state).flatMap(({ assetId, symbol, decimals }) => {
      const atoms = owed.get(assetId) ?? 0;
      return atoms === 0 ? [] : [{ symbol, quantity: formatDecimal(atoms, decimals, 0), accounts: 1 }];
    });
    expect(expected).toHaveLength(1);
    expect(onRecord).toEqual(expected);
    expect(Number(recordedUsd)).toBeGreaterThan(0);
  });

  test.each([
    ['with accounts in liquidation', running],
    ['with a debt on record', owing],
  ])('are printed with the fund, deficits, the record and every stage: %s', (_, { summary }) => {
    const { accountsNow, sinceGenesis, fund, paidUsd, recordedUsd, onRecord, stages } = summary.liquidation;
    const lines = summaryText(summary).split('\n');
    expect(lines).toContain(`liquidated  ${accountsNow} now, ${sinceGenesis} since genesis`);
    expect(lines).toContain(`fund        ${fund?.quantity} USDC`);
    expect(lines).toContain(`deficits    ${paidUsd} USD paid by the fund, ${recordedUsd} USD put on record`);
    const owed = onRecord.map(({ quantity, symbol }) => `${quantity} ${symbol} (accounts: 1)`).join(', ');
    expect(lines).toContain(`on record   ${owed || 'nothing'}`);
    for (const { stage, usd } of stages) {
      const row = lines.find((line) => line.startsWith(stage));
      expect(row).toContain(` ${usd} `);
      expect(row).toMatch(/ %$/);
    }
  });
});

test('a venue without perpetuals has no fund, and nothing on record', () => {
  const summary = summaryNow(createState());
  expect(summary.liquidation).toMatchObject({ accountsNow: 0, sinceGenesis: 0, fund: null, onRecord: [] });
  expect(summary.liquidation.stages.map(({ shareByUsd }) => shareByUsd)).toEqual([0, 0, 0]);
  expect(summaryText(summary)).toContain('none before a perpetual is listed\n');
  expect(summaryText(summary)).toContain('on record   nothing\n');
});
