// The embedded server as a process: what it leaves behind, who may reach it, and what becomes of it when it dies.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import pg from 'pg';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { findBinaries, NoEmbeddedDatabase } from '../src/embedded/binaries.js';
import { endLeftOver, prepareCluster } from '../src/embedded/cluster.js';
import { EmbeddedServer } from '../src/embedded/server.js';
import { type Runner, unprivilegedRunner } from '../src/embedded/unprivileged.js';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'glasshouse-embedded-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return join(made, 'history');
}

async function ask(url: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query('SELECT count(*) AS tables FROM pg_tables');
    return rows.length;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const LEFT_OVER_PATIENCE_MS = 20_000;
/** As we are; and where we are root, also as where the kernel gives us no namespace. */
const RUNNERS: readonly (readonly [how: string, runner: Runner])[] = [
  ['as it does here', unprivilegedRunner()],
  ...(process.getuid?.() === 0
    ? [['as nobody', unprivilegedRunner({ isRoot: true, mayMap: () => false })] as const]
    : []),
];
const OWNER_ONLY = 0o600;

describe('the embedded database', () => {
  it('is the same in a folder that is named from where the exchange was started', async () => {
    const server = await EmbeddedServer.start({ folder: relative(process.cwd(), folder()) });
    expect(await ask(server.url)).toBe(1);
    await server.stop();
  });

  it('answers on a socket in its folder to who has the password, and on no network', async () => {
    const at = folder();
    const server = await EmbeddedServer.start({ folder: at });
    onTestFinished(() => server.stop());
    expect(await ask(server.url)).toBe(1);
    await expect(ask(server.url.replace(/:[^:@/]+@/, ':wrong@'))).rejects.toThrow('password');
    expect(statSync(join(at, 'password')).mode & 0o777).toBe(OWNER_ONLY);
    expect(statSync(at).mode & 0o077).toBe(0);
  });

  it('comes back after it was killed, and says so', async () => {
    const troubles: string[] = [];
    const server = await EmbeddedServer.start({ folder: folder(), onTrouble: (what) => troubles.push(what) });
    onTestFinished(() => server.stop());
    process.kill(server.pid ?? 0, 'SIGKILL');
    await vi.waitFor(async () => expect(await ask(server.url)).toBe(1), { timeout: 20_000, interval: 100 });
    expect(troubles).toHaveLength(1);
  });

  it.each(RUNNERS)('runs %s, and is taken over when it has outlived its exchange', async (_how, runner) => {
    const at = folder();
    const { prefix } = runner;
    const cluster = prepareCluster(at, findBinaries(), runner);
    const words = [...prefix, findBinaries().postgres, '-D', cluster.files, '-c', 'listen_addresses='];
    const [program, ...rest] = [...words, '-c', `unix_socket_directories=${cluster.socketFolder}`];
    const old = spawn(program as string, rest, { stdio: 'ignore', cwd: '/' });
    const ended = once(old, 'exit');
    const url = `postgresql://glasshouse:${cluster.password}@/postgres?host=${encodeURIComponent(at)}`;
    await vi.waitFor(async () => expect(await ask(url)).toBe(1), { timeout: 20_000 });
    const left = await endLeftOver(cluster, LEFT_OVER_PATIENCE_MS);
    expect(left).toBe(true);
    await ended;
    expect(await endLeftOver(cluster, LEFT_OVER_PATIENCE_MS)).toBe(false);
  });

  it('of a platform without its programs names the other engine', () => {
    expect(() => findBinaries('plan9-mips')).toThrow(NoEmbeddedDatabase);
    expect(() => findBinaries('plan9-mips')).toThrow('--history memory');
  });
});
