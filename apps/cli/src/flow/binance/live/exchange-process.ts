// A whole exchange in a process of its own, with the recorded market as its only one.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { KeyPair } from '@glasshouse/client';
import type { Grid } from '../../grid.js';
import { flowGenesis, type Pair } from '../../venue-genesis.js';

const MAIN = fileURLToPath(new URL('../../../../dist/main.js', import.meta.url));
const OPEN_AT = /open at (\S+)/;
const NO_RATE_LIMIT = '1000000000';
const MOST_WORDS = 4_000;

export type ExchangeProcess = {
  readonly url: string;
  /** The key of the venue's own chain, which may credit deposits. */
  readonly chain: KeyPair;
  /** Ends it in order; throws when it did not end well. */
  stop(): Promise<void>;
};

async function writeGenesis(dataDirectory: string, pair: Pair, grid: Grid): Promise<string> {
  const file = join(dataDirectory, 'genesis.json');
  // Without keys of its own the venue is a sandbox: the exchange makes them.
  const { keys: _keys, ...genesis } = flowGenesis(pair, grid, []);
  await mkdir(dataDirectory, { recursive: true });
  await writeFile(file, JSON.stringify(genesis));
  return file;
}

/** Resolves with the first address that the process prints; rejects when it ends before. */
async function addressOf(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the exchange has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const url = OPEN_AT.exec(line)?.[1];
    if (url === undefined) continue;
    child.stdout.resume();
    return url;
  }
  throw new Error('it ended before it was open');
}

/** The last that the process said, for when it fails. */
function lastWords(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    text = (text + part).slice(-MOST_WORDS);
  });
  return () => text;
}

async function chainKey(dataDirectory: string): Promise<KeyPair> {
  const file: { readonly publicKey: string; readonly secretKey: string } = JSON.parse(
    await readFile(join(dataDirectory, 'keys', 'chain.json'), 'utf8'),
  );
  return { apiKey: file.publicKey, apiSecret: file.secretKey };
}

export async function startExchangeProcess(dataDirectory: string, pair: Pair, grid: Grid): Promise<ExchangeProcess> {
  const genesis = await writeGenesis(dataDirectory, pair, grid);
  const options = [
    '--port',
    '0',
    '--data',
    dataDirectory,
    '--genesis',
    genesis,
    '--no-demo',
    '--prices',
    'none',
    '--json-logs',
  ];
  const child = spawn(process.execPath, [MAIN, 'start', ...options, '--requests-per-minute', NO_RATE_LIMIT], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  const words = lastWords(child);
  try {
    const url = await addressOf(child);
    return {
      url,
      chain: await chainKey(dataDirectory),
      stop: async () => {
        child.kill('SIGTERM');
        const [code, signal] = await ended;
        if (code !== 0) throw new Error(`the exchange ended with ${signal ?? `exit code ${code}`}: ${words()}`);
      },
    };
  } catch (problem) {
    child.kill('SIGKILL');
    throw new Error(`the exchange did not start: ${words()}`, { cause: problem });
  }
}
