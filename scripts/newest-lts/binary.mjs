import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNpm } from '../bootstrap/run.mjs';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/**
 * Path of the newest LTS Node's binary, installed when it is not there yet; undefined where npm has none for this
 * platform, or where it is no newer than the Node that runs this.
 * @returns {Promise<string | undefined>}
 */
export async function newestLtsBinary() {
  /** @type {{ optionalDependencies: Record<string, string> }} */
  const { optionalDependencies } = JSON.parse(readFileSync(join(FOLDER, 'package.json'), 'utf8'));
  const suffix = `-${process.platform.replace('win32', 'win')}-${process.arch}`;
  const [name, version] = Object.entries(optionalDependencies).find(([candidate]) => candidate.endsWith(suffix)) ?? [];
  if (name === undefined || version === undefined) return undefined;
  if (Number.parseInt(version, 10) <= Number.parseInt(process.versions.node, 10)) return undefined;
  const folder = join(FOLDER, 'node_modules', name);
  if (installedVersion(folder) !== version) await install();
  return join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** @param {string} folder */
function installedVersion(folder) {
  const manifest = join(folder, 'package.json');
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).version : undefined;
}

function install() {
  return runNpm(['ci', '--no-workspaces', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'], FOLDER);
}
