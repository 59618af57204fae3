import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeReady, ROOT } from './ready.mjs';

const SHELL_CHECK_MS = 250;

/**
 * Becomes the command line in this very process, so that signals, terminal and exit code are its own.
 * @param {readonly string[]} args
 */
export async function becomeCommandLine(args) {
  if (process.env['npm_command'] === 'exec') stopWithTheShell();
  await makeReady();
  const main = join(ROOT, 'apps', 'cli', 'dist', 'main.js');
  process.argv.splice(1, process.argv.length, main, ...args);
  await import(pathToFileURL(main).href);
}

/** npx puts a shell between itself and us; a signal ends that shell and goes no further, so its end is our signal. */
function stopWithTheShell() {
  const shell = process.ppid;
  const check = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(check);
    process.kill(process.pid, 'SIGTERM');
  }, SHELL_CHECK_MS);
  check.unref();
}
