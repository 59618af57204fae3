export type AudiencePlan = {
  readonly url: string;
  readonly clients: number;
  readonly symbols: readonly string[];
  readonly streams: readonly string[];
};

export type AudienceResult = {
  readonly frames: number;
  readonly bytes: number;
  readonly closed: number;
  /** Milliseconds from the exchange's time of a frame to its arrival, of a sample. */
  readonly lagMs: { readonly p50: number; readonly p99: number; readonly p999: number; readonly max: number };
  readonly cpuSeconds: number;
};

export type AudienceReply =
  | { readonly kind: 'listening' }
  | { readonly kind: 'result'; readonly result: AudienceResult };
