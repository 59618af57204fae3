// Which deterministic code this is: two nodes with the same fingerprint execute the same log to the same state.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const DETERMINISTIC = ['@glasshouse/units', '@glasshouse/protocol', '@glasshouse/core'] as const;
const resolve = createRequire(import.meta.url).resolve;

function builtFiles(packageName: string): { readonly name: string; readonly path: string }[] {
  const folder = dirname(resolve(packageName));
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
  return names.sort().map((name) => ({ name: `${packageName}/${name}`, path: join(folder, name) }));
}

let known: string | undefined;

/** SHA-256 over the built files of every package that state depends on. */
export function softwareFingerprint(): string {
  if (known !== undefined) return known;
  const hash = createHash('sha256');
  for (const { name, path } of DETERMINISTIC.flatMap(builtFiles)) hash.update(name).update(readFileSync(path));
  known = hash.digest('hex');
  return known;
}
