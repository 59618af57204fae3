// The folder of an embedded database: its files, its password, and whoever may still be running on it.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Binaries, NoEmbeddedDatabase } from './binaries.js';
import type { Runner } from './unprivileged.js';

export const DATABASE_USER = 'glasshouse';
const OWNER_ONLY_FOLDER = 0o700;
export const OWNER_ONLY = 0o600;
const PASSWORD_BYTES = 24;
/** A socket's whole path has at most 107 bytes, on some systems 103. */
const LONGEST_SOCKET_FOLDER = 85;

export type Cluster = {
  readonly files: string;
  readonly logFile: string;
  /** Holds the address, password and all, while a server runs. */
  readonly addressFile: string;
  readonly socketFolder: string;
  readonly password: string;
};

export const addressFileIn = (folder: string): string => join(folder, 'address');

function passwordIn(folder: string): string {
  const file = join(folder, 'password');
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(PASSWORD_BYTES).toString('base64url'), { mode: OWNER_ONLY });
  }
  return readFileSync(file, 'utf8').trim();
}

function socketFolderFor(folder: string, runner: Runner): string {
  if (Buffer.byteLength(folder) <= LONGEST_SOCKET_FOLDER) return folder;
  const short = mkdtempSync(join(tmpdir(), 'glasshouse-'));
  runner.give(short);
  return short;
}

function ranWell(runner: Runner, words: readonly string[]): void {
  const [program, ...rest] = [...runner.prefix, ...words];
  const { status, stderr, error } = spawnSync(program as string, rest, { encoding: 'utf8', cwd: '/' });
  if (status === 0) return;
  throw new NoEmbeddedDatabase(`initdb failed: ${error?.message ?? stderr.trim()}`);
}

/** Under another name until it is whole. */
function makeFiles(files: string, passwordFile: string, { initdb }: Binaries, runner: Runner): void {
  const draft = `${files}.unfinished`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: OWNER_ONLY_FOLDER });
  runner.give(draft);
  runner.give(passwordFile);
  const access = [`--username=${DATABASE_USER}`, '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  ranWell(runner, [initdb, `--pgdata=${draft}`, ...access, '--encoding=UTF8', '--locale=C']);
  renameSync(draft, files);
}

const MAJOR_VERSION = '18';

function checkVersion(files: string): void {
  const found = readFileSync(join(files, 'PG_VERSION'), 'utf8').trim();
  if (found === MAJOR_VERSION) return;
  throw new NoEmbeddedDatabase(
    `${files} was made by PostgreSQL ${found}, this software brings ${MAJOR_VERSION}; remove that folder and the history is made anew from the log`,
  );
}

export function prepareCluster(folder: string, binaries: Binaries, runner: Runner): Cluster {
  mkdirSync(folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
  runner.letThrough(dirname(folder));
  runner.give(folder);
  const password = passwordIn(folder);
  const files = join(folder, 'postgres');
  if (!existsSync(files)) makeFiles(files, join(folder, 'password'), binaries, runner);
  checkVersion(files);
  const [logFile, addressFile] = [join(folder, 'postgres.log'), addressFileIn(folder)];
  return { files, password, logFile, addressFile, socketFolder: socketFolderFor(folder, runner) };
}

/** Whether that process is a PostgreSQL of these files: after a restart of the machine its number may be anyone's. */
function isServerOf(pid: number, files: string): boolean {
  const proc = `/proc/${pid}/cmdline`;
  const words = existsSync('/proc/self/cmdline')
    ? existsSync(proc) && readFileSync(proc, 'utf8')
    : spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
  return typeof words === 'string' && words.includes(files);
}

const STOP_CHECK_MS = 50;

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone.
  }
}

/** Ends a server that outlived the process that had started it. */
export async function endLeftOver({ files }: Pick<Cluster, 'files'>, patienceMs: number): Promise<boolean> {
  const lock = join(files, 'postmaster.pid');
  if (!existsSync(lock)) return false;
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0]);
  if (!Number.isSafeInteger(pid) || pid <= 1 || !isServerOf(pid, files)) return false;
  send(pid, 'SIGINT');
  for (let waited = 0; isServerOf(pid, files); waited += STOP_CHECK_MS) {
    if (waited === patienceMs) send(pid, 'SIGQUIT');
    await pause(STOP_CHECK_MS);
  }
  return true;
}
