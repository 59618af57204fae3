// Installs the packages of package-lock.json when the ones in node_modules are not these.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { announce, withProgress } from './progress.mjs';
import { runNpm } from './run.mjs';

/** @typedef {{ version?: string, link?: boolean, optional?: boolean, os?: string[], cpu?: string[] }} Locked */

/** @param {string} root */
export async function ensureInstalled(root) {
  const wanted = installable(root, 'package-lock.json');
  if (isInstalled(root, wanted)) return;
  announce('installing packages (npm ci); this happens once for each change of package-lock.json');
  const present = () => wanted.filter(([path]) => existsSync(join(root, path, 'package.json'))).length;
  const describe = () => `${present()} of ${wanted.length} packages`;
  await withProgress(describe, runNpm(['ci', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'], root));
}

/**
 * npm keeps a record of what it put into node_modules, written last; so an installation that was cut short has none.
 * @param {string} root
 * @param {[string, Locked][]} wanted
 */
function isInstalled(root, wanted) {
  const record = 'node_modules/.package-lock.json';
  if (!existsSync(join(root, record))) return false;
  const present = new Map(installable(root, record));
  return wanted.every(([path, locked]) => {
    const found = present.get(path);
    return found !== undefined && found.version === locked.version && found.link === locked.link;
  });
}

/**
 * What every machine must have: packages for some platforms only are left to npm.
 * @param {string} root
 * @param {string} lockFile
 * @returns {[string, Locked][]}
 */
function installable(root, lockFile) {
  /** @type {{ packages: Record<string, Locked> }} */
  const { packages } = JSON.parse(readFileSync(join(root, lockFile), 'utf8'));
  return Object.entries(packages).filter(
    ([path, { optional, os, cpu }]) => path.includes('node_modules/') && !optional && !os && !cpu,
  );
}
