// The stores that the journal is compared with. They are not dependencies of the repository: forty megabytes of
// binaries for a benchmark only. No install scripts run; all three carry or link their binaries.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VERSIONS = { lmdb: '3.5.6', 'classic-level': '3.0.0', libsql: '0.5.29' } as const;

export interface LmdbStore {
  put(key: number, value: Buffer): Promise<boolean>;
  readonly flushed: Promise<boolean>;
  getRange(options: object): Iterable<{ readonly value: Buffer }>;
  close(): Promise<void>;
}

export interface LevelStore {
  open(): Promise<void>;
  batch(operations: readonly object[], options: { readonly sync: boolean }): Promise<void>;
  values(): AsyncIterable<Buffer>;
  close(): Promise<void>;
}

export interface SqliteStatement {
  run(...values: readonly unknown[]): unknown;
  iterate(): Iterable<{ readonly bytes: Uint8Array }>;
}

export interface SqliteStore {
  exec(sql: string): void;
  prepare(sql: string): SqliteStatement;
  transaction<Argument>(work: (argument: Argument) => void): (argument: Argument) => void;
  close(): void;
}

export interface Peers {
  readonly versions: typeof VERSIONS;
  readonly lmdb: { open(options: object): LmdbStore };
  readonly ClassicLevel: new (path: string, options: object) => LevelStore;
  readonly Database: new (path: string) => SqliteStore;
}

export async function installPeers(): Promise<Peers> {
  const folder = join(tmpdir(), 'glasshouse-bench-peers');
  if (!isInstalled(folder)) install(folder);
  const require = createRequire(join(folder, 'package.json'));
  return {
    versions: VERSIONS,
    lmdb: require('lmdb') as Peers['lmdb'],
    ClassicLevel: (require('classic-level') as { ClassicLevel: Peers['ClassicLevel'] }).ClassicLevel,
    Database: require('libsql') as Peers['Database'],
  };
}

function isInstalled(folder: string): boolean {
  return Object.entries(VERSIONS).every(([name, version]) => {
    const manifest = join(folder, 'node_modules', name, 'package.json');
    return existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version === version;
  });
}

function install(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const packages = Object.entries(VERSIONS).map(([name, version]) => `${name}@${version}`);
  process.stderr.write(`Installing ${packages.join(', ')} into ${folder}\n`);
  const options = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder];
  const { status } = spawnSync('npm', [...options, ...packages], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error('the stores could not be installed; run with --no-peers');
}
