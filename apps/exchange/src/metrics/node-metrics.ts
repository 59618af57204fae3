// What a node counts for its operator, beside what its gateway counts.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Requests: from one alone to as many as a batch of a quarter of a megabyte can hold. */
const BATCH_BUCKETS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000];
/** Seconds. */
const WRITE_BUCKETS = [0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5];

/** Told by the pipeline; all of it is cheap. */
export interface PipelineMeter {
  batchTaken(requests: number): void;
  /** From handing the batch to the log until it is durable. */
  batchWritten(seconds: number): void;
  batchApplied(seconds: number, events: number): void;
}

/** Memory, garbage collection, loop lag and file handles of this process too. */
export function nodeRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

export function pipelineMeter(registry: Registry): PipelineMeter {
  const registers = [registry];
  const size = new Histogram({
    name: 'glasshouse_batch_requests',
    help: 'Requests in a batch.',
    buckets: BATCH_BUCKETS,
    registers,
  });
  const write = new Histogram({
    name: 'glasshouse_batch_write_seconds',
    help: 'Time until a batch was durable: write and sync.',
    buckets: WRITE_BUCKETS,
    registers,
  });
  const apply = new Histogram({
    name: 'glasshouse_batch_apply_seconds',
    help: 'Time in which the core executed a batch.',
    buckets: WRITE_BUCKETS,
    registers,
  });
  const events = new Counter({ name: 'glasshouse_events_total', help: 'Events of executed requests.', registers });
  return {
    batchTaken: (requests) => size.observe(requests),
    batchWritten: (seconds) => write.observe(seconds),
    batchApplied: (seconds, count) => {
      apply.observe(seconds);
      events.inc(count);
    },
  };
}

export type NodeFigures = {
  readonly queuedRequests: () => number;
  readonly nextSeq: () => number;
  readonly durableSeq: () => number;
};

type Figure = readonly [name: string, help: string, value: () => number];

function watch(registry: Registry, figures: readonly Figure[]): void {
  for (const [name, help, value] of figures) {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(value());
      },
    });
  }
}

export function watchNode(registry: Registry, figures: NodeFigures): void {
  watch(registry, [
    ['glasshouse_queued_requests', 'Requests that wait to get into a batch.', figures.queuedRequests],
    ['glasshouse_next_seq', 'Number of the next request: all before it are executed.', figures.nextSeq],
    ['glasshouse_durable_seq', 'All requests below this are durable.', figures.durableSeq],
  ]);
}

export function watchHistory(registry: Registry, storedSeq: () => number): void {
  watch(registry, [['glasshouse_history_seq', 'All requests below this are in the history database.', storedSeq]]);
}
