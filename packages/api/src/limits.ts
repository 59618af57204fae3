// What a caller may ask for, and how often. The reference publishes the first two and says nothing about the others.

export const REQUEST_LIMITS = {
  /** Per account. */
  standardPerMinute: 2_000,
  /** Candles and trade history, per account. */
  historicalPerMinute: 30,
  maxBodyBytes: 65_536,
  maxBatchOrders: 50,
  maxKlines: 1_000,
} as const;

export const STREAM_LIMITS = {
  maxConnectionsPerAddress: 100,
  /** With private streams signed by the same key. */
  maxConnectionsPerKey: 50,
  maxStreamsPerConnection: 500,
  maxFrameBytes: 65_536,
  /** Subscribe and unsubscribe frames. */
  maxFramesPerMinute: 600,
  /** A consumer with more than this unsent is cut off. */
  maxBufferedBytes: 4_194_304,
  /** For so long after the last listener has gone a stream's newest frames are kept, so that it can go on without a gap. */
  resumeGraceMs: 60_000,
  maxKeptBytesPerStream: 1_048_576,
} as const;
