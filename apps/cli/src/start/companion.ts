// A process beside the exchange that reaches it as everyone does, through its API: demonstration traders, a price feed.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export type Companion = { stop(): Promise<void> };

export type CompanionOptions = {
  /** For the log, when they have gone. */
  readonly who: string;
  /** The package whose main.js it is, resolved. */
  readonly entry: string;
  readonly words: readonly string[];
  readonly say: (line: string) => void;
};

const STOP_TIMEOUT_MS = 5_000;

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(impatience);
}

/** `say` hears each line of it, and of its end when nobody asked for it. */
export function startCompanion({ who, entry, words, say }: CompanionOptions): Companion {
  const main = fileURLToPath(new URL('./main.js', entry));
  // Detached: Ctrl-C is for the exchange, which lets it finish first. Without us it ends by itself.
  const child = fork(main, words, { detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let asked = false;
  for (const output of [child.stdout, child.stderr]) {
    output?.setEncoding('utf8').on('data', (text: string) => {
      for (const line of text.split('\n')) if (line !== '') say(line);
    });
  }
  child.on('exit', (code, signal) => {
    if (!asked) say(`${who} have gone (${signal ?? `exit code ${code}`}); the exchange goes on without them`);
  });
  return {
    stop: () => {
      asked = true;
      return stopped(child);
    },
  };
}
