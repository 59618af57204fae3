// Histories of the real core, told by the tables and by memory: every question has the same answer. PROPERTY_RUNS asks for more
// questions.
import {
  type Committed,
  type HistoryQueries,
  HistoryWriter,
  type Page,
  Projection,
  ReadPool,
  SqlHistory,
} from '@glasshouse/history';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testDatabase } from './database.js';
import { pastOf, remembered } from './past.js';
import { LISTS, plainQuestions, type Question, questionsAbout } from './questions.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 300);
const database = testDatabase();

/** Writes in pieces of uneven size, and begins anew where it stands every few of them. */
async function store(past: readonly Committed[], settings: Parameters<typeof HistoryWriter.open>[0]): Promise<void> {
  let at = 0;
  for (let pieces = 1; at < past.length; pieces += 1) {
    const writer = await HistoryWriter.open(settings);
    expect(await writer.nextSeq()).toBe(at);
    const projection = await Projection.at(writer.database);
    for (const size of [1, 7, 40 * pieces, 3]) {
      const piece = past.slice(at, at + size);
      const last = piece.at(-1);
      if (last === undefined) break;
      for (const committed of piece) projection.apply(committed);
      await writer.write(projection.pending, { fromSeq: at, toSeq: last.seq + 1, timeUs: last.timeUs });
      projection.clear();
      at = last.seq + 1;
    }
    await writer.close();
  }
}

function asked(history: HistoryQueries, { list, query }: Question): unknown {
  const answer = history[list] as (query: unknown) => unknown;
  return answer.call(history, query);
}

const told = new Set<string>();

function rowsOf(answer: unknown): number {
  return (Array.isArray(answer) ? answer : (answer as Page<unknown>).rows).length;
}

describe.each([
  ['spot', 5, 2_000],
  ['risk', 6, 2_500],
  ['crash', 12, 2_500],
  ['rfq', 4, 2_500],
  ['strategy', 4, 2_000],
  ['vault', 5, 2_000],
  ['guard', 6, 2_000],
] as const)('the past of %s %d', (source, seed, requests) => {
  it('is told by the tables as by memory, whatever is asked', async () => {
    const past = pastOf(source, seed, requests);
    const memory = remembered(past);
    const settings = await database.fresh();
    await store(past, settings);
    const pool = new ReadPool(settings);
    const sql = new SqlHistory(pool);
    for (const question of plainQuestions(past)) {
      const expected = asked(memory, question);
      expect(await asked(sql, question)).toEqual(expected);
      if (rowsOf(expected) > 0) told.add(question.list);
    }
    await fc.assert(
      fc.asyncProperty(questionsAbout(past), async (question) => {
        const expected = asked(memory, question);
        expect(await asked(sql, question)).toEqual(expected);
      }),
      { numRuns: RUNS },
    );
    await pool.close();
  });
});

it('no list is empty in all these pasts', () => {
  expect([...told].sort()).toEqual(LISTS);
});
