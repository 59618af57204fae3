import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeReady, ROOT } from './ready.mjs';

/**
 * Becomes the command line in this very process, so that signals, terminal and exit code are its own.
 * @param {readonly string[]} args
 */
export async function becomeCommandLine(args) {
  await makeReady();
  const main = join(ROOT, 'apps', 'cli', 'dist', 'main.js');
  process.argv.splice(1, process.argv.length, main, ...args);
  await import(pathToFileURL(main).href);
}
