// The demonstration's traders in a process of their own: they reach the exchange as everyone does, through its API.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type DemoProcess = { stop(): Promise<void> };

const STOP_TIMEOUT_MS = 5_000;
const KEY_FILE = 'demo-traders.json';

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(impatience);
}

/** `say` hears each line of the traders, and of their end when nobody asked for it. */
export function startDemoProcess(url: string, dataDirectory: string, say: (line: string) => void): DemoProcess {
  const main = fileURLToPath(new URL('./main.js', import.meta.resolve('@glasshouse/sim')));
  const keyFile = join(dataDirectory, KEY_FILE);
  // Detached: Ctrl-C is for the exchange, which lets them withdraw their quotes first. Without us they end by themselves.
  const child = fork(main, ['--url', url, '--keys', keyFile], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let asked = false;
  for (const output of [child.stdout, child.stderr]) {
    output?.setEncoding('utf8').on('data', (text: string) => {
      for (const line of text.split('\n')) if (line !== '') say(line);
    });
  }
  child.on('exit', (code, signal) => {
    if (!asked)
      say(`demo: the traders have gone (${signal ?? `exit code ${code}`}); the exchange goes on without them`);
  });
  return {
    stop: () => {
      asked = true;
      return stopped(child);
    },
  };
}
