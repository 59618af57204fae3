// Starts the bench's processes and asks them.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { HotSpot } from '../profile.js';
import type { CpuSeconds, LoadPlan, LoadReply, LoadResult, ServerReply, ServerRequest } from './messages.js';

export function startProcess(file: string, args: readonly string[]): ChildProcess {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = fork(path, [...args], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child.once('exit', (code) => {
    if (code !== 0 && code !== null) throw new Error(`${file} ended with exit code ${code}`);
  });
  return child;
}

export async function heard<Reply extends { readonly kind: string }, Kind extends Reply['kind']>(
  child: ChildProcess,
  kind: Kind,
): Promise<Extract<Reply, { readonly kind: Kind }>> {
  for (;;) {
    const [reply] = (await once(child, 'message')) as [Reply];
    if (reply.kind === kind) return reply as Extract<Reply, { readonly kind: Kind }>;
  }
}

export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(file: string, ...args: string[]): Promise<ServerProcess> {
    const child = startProcess(file, args);
    const { url } = await heard<ServerReply, 'listening'>(child, 'listening');
    return new ServerProcess(child, url);
  }

  async cpu(): Promise<CpuSeconds> {
    this.#ask('cpu');
    return (await heard<ServerReply, 'cpu'>(this.child, 'cpu')).cpu;
  }

  async residentBytes(): Promise<number> {
    this.#ask('memory');
    return (await heard<ServerReply, 'memory'>(this.child, 'memory')).residentBytes;
  }

  startProfile(): void {
    this.#ask('startProfile');
  }

  async stopProfile(): Promise<readonly HotSpot[]> {
    this.#ask('stopProfile');
    return (await heard<ServerReply, 'profile'>(this.child, 'profile')).hotSpots;
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.#ask('stop');
    await ended;
  }

  #ask(request: ServerRequest): void {
    this.child.send(request);
  }
}

/** `begun` is called when everything is signed and the clock starts. */
export async function runLoad(plan: LoadPlan, begun: () => Promise<void>): Promise<LoadResult> {
  const child = startProcess('load.ts', []);
  child.send(plan);
  await heard<LoadReply, 'ready'>(child, 'ready');
  await begun();
  child.send('go');
  const { result } = await heard<LoadReply, 'result'>(child, 'result');
  return result;
}
