// PostgreSQL refuses to run as root. Where we are root it runs in a user namespace of its own, in which we are nobody special and
// our files stay ours; where the kernel does not give one, as the user `nobody`.
import { spawnSync } from 'node:child_process';
import { chownSync } from 'node:fs';
import { NoEmbeddedDatabase } from './binaries.js';

export type Runner = {
  /** Words to put before a command. */
  readonly prefix: readonly string[];
  /** Makes a folder, and what it is in, one that the command may write to. */
  readonly give: (folder: string) => void;
};

const MAPPED_ID = 1000;
const NOBODY_ID = 65_534;

function works(words: readonly string[]): boolean {
  const [program, ...rest] = words;
  return program !== undefined && spawnSync(program, [...rest, 'true'], { stdio: 'ignore' }).status === 0;
}

/** A database without its exchange is of no use to anyone: where the kernel can, it ends with it, however that ends. */
function endingWithUs(prefix: readonly string[]): readonly string[] {
  const words = [...prefix, 'setpriv', '--pdeathsig', 'INT'];
  return works(words) ? words : prefix;
}

const nothing = (): void => {};

export function unprivilegedRunner(isRoot = process.getuid?.() === 0): Runner {
  if (!isRoot) return { prefix: process.platform === 'linux' ? endingWithUs([]) : [], give: nothing };
  const namespace = ['unshare', '--user', `--map-user=${MAPPED_ID}`, `--map-group=${MAPPED_ID}`];
  if (works(namespace)) return { prefix: endingWithUs(namespace), give: nothing };
  const nobody = ['setpriv', `--reuid=${NOBODY_ID}`, `--regid=${NOBODY_ID}`, '--clear-groups'];
  if (works(nobody)) {
    return { prefix: endingWithUs(nobody), give: (folder) => chownSync(folder, NOBODY_ID, NOBODY_ID) };
  }
  throw new NoEmbeddedDatabase('PostgreSQL does not run as root, and this system gives us no other user to run it as');
}
