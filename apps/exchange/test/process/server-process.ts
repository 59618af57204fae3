// The real server as a process of its own, to be asked, signalled and killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
/** Four megabytes, so that a fresh folder is not sixty-four of zeros, and segments change under load. */
const SEGMENT_BYTES = 4 * 1024 * 1024;

export type ServerOptions = {
  readonly directory: string;
  readonly snapshotEvery?: number;
  /** To run as somebody with fewer rights. */
  readonly uid?: number;
  readonly genesis?: string;
  readonly segmentBytes?: number;
  /** The engine of the past; in memory unless it says otherwise. */
  readonly history?: 'embedded';
  /** A module that runs in the server before its own. */
  readonly preload?: string;
  readonly role?: 'gateway';
};

export type Ended = { readonly code: number | null; readonly signal: string | null };

export class ServerProcess {
  stdout = '';
  stderr = '';
  readonly ended: Promise<Ended>;
  private readonly child: ChildProcess;

  constructor(options: ServerOptions) {
    const { directory, snapshotEvery = 1_000_000, uid, genesis, segmentBytes = SEGMENT_BYTES, preload, role } = options;
    const before = preload === undefined ? [] : ['--import', preload];
    const parameters = ['--data', directory, '--port', '0', '--segment-bytes', String(segmentBytes)];
    const { history } = options;
    if (history !== undefined) parameters.push('--history', history);
    if (role !== undefined) parameters.push('--role', role);
    if (genesis !== undefined) parameters.push('--genesis', genesis);
    this.child = spawn(process.execPath, [...before, MAIN, ...parameters, '--snapshot-every', String(snapshotEvery)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(uid === undefined ? {} : { uid }),
    });
    this.child.stdout?.on('data', (text: Buffer) => {
      this.stdout += text.toString();
    });
    this.child.stderr?.on('data', (text: Buffer) => {
      this.stderr += text.toString();
    });
    this.ended = once(this.child, 'close').then(([code, signal]) => ({ code, signal }));
  }

  /** Where it answers; rejects with what it said when it ends before that. */
  async url(): Promise<string> {
    const ended = this.ended.then(({ code, signal }) => {
      throw new Error(`the server ended (${code ?? signal}) before it was up: ${this.stderr}`);
    });
    const said = async (): Promise<string> => {
      while (!this.stdout.includes('\n')) await Promise.race([once(this.child.stdout ?? this.child, 'data'), ended]);
      return this.stdout.trim();
    };
    return Promise.race([said(), ended]);
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM' | 'SIGINT'): Promise<Ended> {
    this.child.kill(signal);
    return this.ended;
  }

  /** For signals that do not end it. */
  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** The lines of its log. */
  get log(): readonly Readonly<Record<string, unknown>>[] {
    return this.stderr
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));
  }

  said(message: string): Readonly<Record<string, unknown>> | undefined {
    return this.log.find((line) => line['message'] === message);
  }
}
