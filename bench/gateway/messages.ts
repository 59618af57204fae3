// What the bench's processes say to each other over IPC.
import type { HotSpot } from '../profile.js';

/** Seconds of CPU since the process started; `main` is the thread that runs the event loop. */
export type CpuSeconds = { readonly main: number; readonly all: number };

export type ServerRequest = 'cpu' | 'memory' | 'startProfile' | 'stopProfile' | 'stop';
export type ServerReply =
  | { readonly kind: 'listening'; readonly url: string }
  | { readonly kind: 'cpu'; readonly cpu: CpuSeconds }
  | { readonly kind: 'memory'; readonly residentBytes: number }
  | { readonly kind: 'profile'; readonly hotSpots: readonly HotSpot[] };

export type LoadPlan = {
  readonly url: string;
  readonly connections: number;
  readonly accounts: number;
  readonly seconds: number;
  /** Requests a second, whatever the server does; without it each connection sends as soon as it is answered. */
  readonly rate: number | undefined;
  /** Requests to sign beforehand, when there is no rate. */
  readonly atMost: number;
  /** Registers the accounts; a server without an exchange behind it takes requests of anyone. */
  readonly register: boolean;
  /** Markets that the orders are spread over, all with the grid of the first; one by default. */
  readonly symbols?: readonly string[];
};

export type LoadResult = {
  readonly sent: number;
  readonly seconds: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** Milliseconds from the time at which a request was due. */
  readonly ms: {
    readonly p50: number;
    readonly p90: number;
    readonly p99: number;
    readonly p999: number;
    readonly max: number;
  };
  readonly cpu: CpuSeconds;
};
export type LoadReply = { readonly kind: 'ready' } | { readonly kind: 'result'; readonly result: LoadResult };
