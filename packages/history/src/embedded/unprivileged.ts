// PostgreSQL refuses to run as root. Where we are root it runs in a user namespace of its own, in which we are nobody special and
// our files stay ours; where the kernel does not give one, as the user `nobody`.
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, statSync } from 'node:fs';
import { NoEmbeddedDatabase } from './binaries.js';

export type Runner = {
  /** Words to put before a command. */
  readonly prefix: readonly string[];
  /** Makes it one that the command may read and write. */
  readonly give: (path: string) => void;
  /** Makes a folder one that the command may pass through, and nobody else who could not before. */
  readonly letThrough: (folder: string) => void;
};

const MAPPED_ID = 1000;
const NOBODY_ID = 65_534;
const ROOT_GROUP = 0;
const GROUP_MAY_PASS = 0o010;

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
const OURS = { give: nothing, letThrough: nothing };

/** In our group, which may pass through the folders above its own. */
const AS_NOBODY = {
  give: (path: string) => chownSync(path, NOBODY_ID, ROOT_GROUP),
  letThrough: (folder: string) => chmodSync(folder, statSync(folder).mode | GROUP_MAY_PASS),
};

const IN_NAMESPACE = ['unshare', '--user', `--map-user=${MAPPED_ID}`, `--map-group=${MAPPED_ID}`];
const NOBODY = ['setpriv', `--reuid=${NOBODY_ID}`, `--regid=${ROOT_GROUP}`, '--clear-groups'];

export type Privileges = { readonly isRoot: boolean; readonly mayMap: () => boolean };

const OUR_PRIVILEGES: Privileges = { isRoot: process.getuid?.() === 0, mayMap: () => works(IN_NAMESPACE) };

export function unprivilegedRunner({ isRoot, mayMap }: Privileges = OUR_PRIVILEGES): Runner {
  if (!isRoot) return { prefix: process.platform === 'linux' ? endingWithUs([]) : [], ...OURS };
  if (mayMap()) return { prefix: endingWithUs(IN_NAMESPACE), ...OURS };
  if (works(NOBODY)) return { prefix: endingWithUs(NOBODY), ...AS_NOBODY };
  throw new NoEmbeddedDatabase('PostgreSQL does not run as root, and this system gives us no other user to run it as');
}
