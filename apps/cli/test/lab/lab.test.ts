import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readScenario } from '@glasshouse/lab';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { glasshouse } from '../glasshouse.js';

const RECORDINGS = fileURLToPath(new URL('../../../../../shared/data', import.meta.url));

describe('the laboratory on the command line', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'glasshouse-lab-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('lists what it can play', async () => {
    const { code, stdout } = await glasshouse('lab');
    expect(code).toBe(0);
    expect(stdout).toContain('synthetic-crash');
    expect(stdout).toContain('waves');
  });

  test.each([
    [['lab', 'nonsense'], "there is no scenario 'nonsense'"],
    [['lab', 'waves'], '--data'],
    [['lab', 'tariff-crash'], '--data'],
    [['lab', 'synthetic-crash', '--design', 'none'], 'as designed'],
    [['data', 'get', 'nonsense'], "there is no scenario 'nonsense'"],
  ])('%j is refused with exit code 1 and the way out', async (words, said) => {
    const { code, stderr } = await glasshouse(...words);
    expect(code).toBe(1);
    expect(stderr).toContain(said);
  });

  test("plays a scenario of one's own, one design of it, and writes its page", async () => {
    const crash = readScenario('synthetic-crash');
    const own = join(folder, 'own.json');
    const page = join(folder, 'own.html');
    writeFileSync(own, JSON.stringify({ ...crash, name: 'own', title: 'My own', to: '2026-01-05T12:02:00Z' }));
    const { code, stdout } = await glasshouse('lab', own, '--accounts', '20', '--design', 'no backstop', '--out', page);
    expect(code).toBe(0);
    expect(stdout).toContain('20 traders');
    expect(stdout).not.toContain('as designed');
    expect(readFileSync(page, 'utf8')).toContain('<h1>My own</h1>');
  });

  test('says what no archive has', async () => {
    const { code, stdout } = await glasshouse('data', 'get', 'usdc-depeg', '--data', folder);
    expect(code).toBe(0);
    expect(stdout).toContain('0 files downloaded');
    expect(stdout).toContain('usdc_depeg_mar2023_binanceus_1m.csv.gz must come from elsewhere');
  });

  test.runIf(existsSync(RECORDINGS))('prints the published table with our policies in it', async () => {
    const page = join(folder, 'waves.html');
    const { code, stdout } = await glasshouse('lab', 'waves', '--data', RECORDINGS, '--out', page);
    expect(code).toBe(0);
    for (const figure of [
      '$2,103,111,430.86',
      '34,983',
      '61.7 s',
      '$15,079,670',
      '$60,108,335',
      '$53,782,491',
      '$106,206',
    ]) {
      expect(stdout).toContain(figure);
      expect(readFileSync(page, 'utf8')).toContain(figure);
    }
  });
});
