import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openJournal, verifyChain } from '../src/index.js';
import { collect, folderOnDisk, hex } from './kit.js';

const KILLS = Number(process.env['GLASSHOUSE_KILLS'] ?? 25);

/** Each process reads the whole log when it opens it: a fresh one now and then keeps that short. */
const KILLS_PER_LOG = 25;

interface Acknowledgement {
  readonly seq: number;
  readonly hash: string;
}

/** Runs a real process that appends, kills it at a random moment, and returns what it had acknowledged. */
async function appendAndDie(directory: string, lifeMs: number): Promise<Acknowledgement[]> {
  const program = fileURLToPath(new URL('./appending-process.mjs', import.meta.url));
  const child = spawn(process.execPath, [program, directory, '8', '800'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('latin1').on('data', (text: string) => {
    output += text;
  });
  await once(child.stdout, 'data');
  await pause(lifeMs);
  child.kill('SIGKILL');
  await once(child, 'close');
  const lines = output.slice(0, output.lastIndexOf('\n')).split('\n');
  return lines.map((line) => ({ seq: Number(line.split(' ')[0]), hash: line.split(' ')[1] as string }));
}

test(`every batch acknowledged before one of ${KILLS} kills is there afterwards, in an unbroken chain`, {
  timeout: 60_000 + KILLS * 5_000,
}, async () => {
  for (let kills = 0; kills < KILLS; kills += KILLS_PER_LOG)
    await killRepeatedly(Math.min(KILLS_PER_LOG, KILLS - kills));
});

async function killRepeatedly(kills: number): Promise<void> {
  const directory = await folderOnDisk();
  const acknowledged: Acknowledgement[] = [];
  for (let kill = 0; kill < kills; kill++) {
    acknowledged.push(...(await appendAndDie(directory, Math.random() * 100)));
    const last = acknowledged.at(-1) as Acknowledgement;
    // Every other time the next process itself finds what the kill left.
    if (kill % 2 === 0) {
      const { journal, recovery } = await openJournal(directory, { segmentBytes: 128 * 1024 });
      expect(recovery.nextSeq).toBeGreaterThan(last.seq);
      await journal.close();
    }
  }
  const stored = new Map((await collect(directory)).map((batch) => [batch.firstSeq as number, hex(batch.hash)]));
  expect(acknowledged.length).toBeGreaterThan(kills);
  for (const { seq, hash } of acknowledged) expect(stored.get(seq)).toBe(hash);
  expect(await verifyChain(directory)).toMatchObject({ damage: undefined, nextSeq: stored.size });
}
