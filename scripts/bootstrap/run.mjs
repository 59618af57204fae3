import { spawn } from 'node:child_process';

/**
 * Runs a program to its end; says nothing unless it fails, and then all that the program said.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {Promise<void>}
 */
export function run(command, args, cwd) {
  return new Promise((resolve, reject) => {
    const shell = process.platform === 'win32' && command === 'npm';
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], shell });
    /** @type {Buffer[]} */
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve();
      else
        reject(
          new Error(`${command} ${args.join(' ')} ended with ${signal ?? `code ${code}`}\n${Buffer.concat(output)}`),
        );
    });
  });
}

/**
 * Runs npm: the one that started us, if any, else the one on the path.
 * @param {readonly string[]} args
 * @param {string} cwd
 */
export function runNpm(args, cwd) {
  const npm = process.env['npm_execpath'];
  return npm?.endsWith('.js') ? run(process.execPath, [npm, ...args], cwd) : run('npm', args, cwd);
}
