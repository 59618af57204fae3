import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replay, verify } from '@glasshouse/exchange';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runLobster } from '../../src/flow/lobster/flow.js';
import { noProgress } from '../../src/terminal/progress.js';

const MESSAGES = [
  '34200.1,1,11,100,5850000,1',
  '34200.2,1,12,100,5860000,-1',
  '34200.2,1,13,50,5860000,-1',
  '34200.3,4,12,60,5860000,-1',
  '34200.4,2,12,10,5860000,-1',
  '34200.5,4,13,50,5860000,-1',
  '34200.6,3,12,30,5860000,-1',
  '34200.7,5,0,10,5855000,1',
  '34200.8,3,99,10,5855000,1',
];

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'glasshouse-flow-'));
  await writeFile(join(folder, 'AAPL_2012-06-21_message.csv'), MESSAGES.join('\n'));
});
afterAll(() => rm(folder, { recursive: true }));

const run = (journal: string | undefined) =>
  runLobster({ messages: join(folder, 'AAPL_2012-06-21_message.csv') }, { journal, progress: noProgress });

describe('a flow that is kept in a journal', () => {
  test('is sound in every signature and leads to the same state again', async () => {
    const data = join(folder, 'kept');
    const report = await run(data);
    expect(report.checks.filter(({ passed }) => !passed)).toEqual([]);
    const verified = await verify(data);
    expect(verified).toMatchObject({ problem: undefined, signatures: report.figures['signed requests'] });
    expect((await replay(data)).stateHash).toBe(report.figures['state hash']);
  });

  test('refuses a folder that holds a journal already', async () => {
    const data = join(folder, 'twice');
    await run(data);
    await expect(run(data)).rejects.toThrow('give an empty folder');
  });
});

test('an execution that names an order behind another in our queue swaps the two and loses no share', async () => {
  const report = await run(undefined);
  // 13 is executed while 12 has 30 left in front of it: our engine fills 12 first.
  expect(report.figures).toMatchObject({
    visibleExecutions: 2,
    executionsAtBestPrice: 2,
    executionsHittingTheHead: 1,
    cancelsOfKnownIds: 2,
    cancelsOfUnknownIds: 1,
    hiddenExecutions: 1,
    'open orders at the end': 1,
  });
});

test('the same flow without a journal leads to the same state hash each time', async () => {
  expect((await run(undefined)).figures['state hash']).toBe((await run(undefined)).figures['state hash']);
});
