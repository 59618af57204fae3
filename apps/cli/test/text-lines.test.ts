import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { textLines } from '../src/files/text-lines.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'glasshouse-lines-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function linesOf(name: string, content: Buffer | string): Promise<string[]> {
  const file = join(folder, name);
  await writeFile(file, content);
  const lines: string[] = [];
  for await (const line of textLines(file)) lines.push(line);
  return lines;
}

describe('lines of a text file', () => {
  test('are read from gzip whatever the file is called, and from plain text', async () => {
    expect(await linesOf('a.csv', gzipSync('one\r\ntwo\n'))).toEqual(['one', 'two']);
    expect(await linesOf('b.gz', 'one\n\n  \ntwo')).toEqual(['one', 'two']);
  });

  test('are whole across the pieces in which a file arrives', async () => {
    const long = Array.from({ length: 50_000 }, (_, line) => `line ${line} with ünïcode`);
    expect(await linesOf('long.txt', long.join('\n'))).toEqual(long);
  });

  test('end with an error when the zipped file is cut off', async () => {
    const zipped = gzipSync('one\n'.repeat(1_000));
    await expect(linesOf('cut.gz', zipped.subarray(0, zipped.length - 12))).rejects.toThrow('unexpected end of file');
  });

  test('of an empty file are none', async () => {
    expect(await linesOf('empty', '')).toEqual([]);
  });
});
