// An embedded PostgreSQL: started, watched, started again when it dies, stopped in order.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { findBinaries, NoEmbeddedDatabase } from './binaries.js';
import { addressFileIn, type Cluster, DATABASE_USER, endLeftOver, OWNER_ONLY, prepareCluster } from './cluster.js';
import { unprivilegedRunner } from './unprivileged.js';

export type EmbeddedOptions = {
  /** Its own, made if need be. */
  readonly folder: string;
  readonly onTrouble?: (what: string) => void;
  /** Settings beside ours. */
  readonly settings?: Readonly<Record<string, string>>;
};

const PORT = 5432;
const READY_CHECK_MS = 30;
const READY_PATIENCE_MS = 15_000;
const STOP_PATIENCE_MS = 20_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/** One writer, a few readers, disks without moving parts, and rows that are read soon after they were written. */
const SETTINGS = {
  listen_addresses: '',
  max_connections: '40',
  shared_buffers: '128MB',
  max_wal_size: '2GB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  wal_compression: 'on',
  random_page_cost: '1.1',
  jit: 'off',
  autovacuum_vacuum_insert_scale_factor: '0.02',
  autovacuum_vacuum_scale_factor: '0.02',
  autovacuum_analyze_scale_factor: '0.02',
  log_timezone: 'UTC',
  timezone: 'UTC',
} as const;

function databaseUrl({ password, socketFolder }: Cluster): string {
  return `postgresql://${DATABASE_USER}:${password}@/postgres?host=${encodeURIComponent(socketFolder)}&port=${PORT}`;
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

export class EmbeddedServer {
  private child: ChildProcess | undefined;
  private stopping = false;
  private pauseMs = FIRST_PAUSE_MS;

  private constructor(
    private readonly cluster: Cluster,
    private readonly words: readonly string[],
    private readonly onTrouble: (what: string) => void,
  ) {}

  /** Resolves once it answers, or when it takes its time; rejects when it cannot. */
  static async start({ folder, onTrouble = () => {}, settings = {} }: EmbeddedOptions): Promise<EmbeddedServer> {
    const binaries = findBinaries();
    const runner = unprivilegedRunner();
    // Its programs run in other working directories than ours.
    const cluster = prepareCluster(resolve(folder), binaries, runner);
    if (await endLeftOver(cluster, STOP_PATIENCE_MS))
      onTrouble('a history database of an earlier process was still running: it was stopped');
    const all = { ...SETTINGS, unix_socket_directories: cluster.socketFolder, port: String(PORT), ...settings };
    const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const server = new EmbeddedServer(
      cluster,
      [...runner.prefix, binaries.postgres, '-D', cluster.files, ...options],
      onTrouble,
    );
    server.launch();
    await server.ready();
    server.tellAddress();
    return server;
  }

  get url(): string {
    return databaseUrl(this.cluster);
  }

  /** For other processes of the same user. */
  private tellAddress(): void {
    writeFileSync(this.cluster.addressFile, this.url, { mode: OWNER_ONLY });
  }

  /** Of the running server, for those who want to see it die. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  private launch(): void {
    const log = openSync(this.cluster.logFile, 'a');
    const [program, ...rest] = this.words;
    // A process group of its own: Ctrl-C is for the exchange, which lets what it wrote be finished first.
    const child = spawn(program as string, rest, { cwd: '/', detached: true, stdio: ['ignore', log, log] });
    closeSync(log);
    this.child = child;
    child.once('error', (error) => this.onTrouble(`the history database cannot be started: ${error.message}`));
    child.once('exit', (code, signal) => {
      this.child = undefined;
      if (!this.stopping) void this.relaunch(signal ?? `exit code ${code}`);
    });
  }

  private async relaunch(how: string): Promise<void> {
    this.onTrouble(`the history database has ended (${how}), see ${this.cluster.logFile}; it is started again`);
    await pause(this.pauseMs, undefined, { ref: false });
    this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
    if (!this.stopping && this.child === undefined) this.launch();
  }

  /** One that has a long crash to recover from answers later. */
  private async ready(): Promise<void> {
    for (let waited = 0; waited < READY_PATIENCE_MS && !(await answers(this.url)); waited += READY_CHECK_MS) {
      if (this.child === undefined) {
        this.stopping = true;
        throw new NoEmbeddedDatabase(`it does not start, see ${this.cluster.logFile}`);
      }
      await pause(READY_CHECK_MS);
    }
  }

  async stop(): Promise<void> {
    this.stopping = true;
    rmSync(this.cluster.addressFile, { force: true });
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGINT');
    const impatience = setTimeout(() => child.kill('SIGQUIT'), STOP_PATIENCE_MS);
    await ended;
    clearTimeout(impatience);
  }
}

/** Where the embedded database of a running exchange answers; undefined when it has none. */
export function embeddedAddress(folder: string): string | undefined {
  const file = addressFileIn(folder);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

export const embeddedFolder = (dataDirectory: string): string => join(dataDirectory, 'history');
