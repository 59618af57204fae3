// The traders' keys on disk, readable by their owner only, so that a restart goes on with the same accounts.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createKeyPair, type KeyPair } from '@glasshouse/client';

const OWNER_ONLY = 0o600;

type KeyFile = { readonly format: 1; readonly traders: Readonly<Record<string, KeyPair>> };

function isKeyFile(value: unknown): value is KeyFile {
  return (
    typeof value === 'object' && value !== null && (value as { format?: unknown }).format === 1 && 'traders' in value
  );
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function read(path: string): KeyFile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (isAbsent(error)) return { format: 1, traders: {} };
    throw error;
  }
  const value: unknown = JSON.parse(text);
  if (!isKeyFile(value)) throw new TypeError(`${path} is no file of trader keys`);
  return value;
}

/** Renamed into place: a crash leaves the old file or the new one. */
function write(path: string, file: KeyFile): void {
  mkdirSync(dirname(path), { recursive: true });
  const fresh = `${path}.new`;
  writeFileSync(fresh, `${JSON.stringify(file, null, 2)}\n`, { mode: OWNER_ONLY });
  renameSync(fresh, path);
}

/** The keys of the named traders; missing ones are made and kept. Without a path they live as long as the process. */
export function loadKeys(path: string | undefined, names: readonly string[]): ReadonlyMap<string, KeyPair> {
  const known = path === undefined ? {} : read(path).traders;
  const traders = { ...known };
  for (const name of names) traders[name] ??= createKeyPair();
  if (path !== undefined && names.some((name) => known[name] === undefined)) write(path, { format: 1, traders });
  return new Map(names.map((name) => [name, traders[name] ?? createKeyPair()]));
}
