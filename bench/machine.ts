import { cpus, totalmem } from 'node:os';

/** The line every bench prints first: figures mean nothing without it. */
export function machine(): string {
  const processors = cpus();
  const model = processors[0]?.model.trim() ?? 'unknown CPU';
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${processors.length} × ${model}, ${memory} GB, Node ${process.version}, V8 ${process.versions.v8}, ${process.platform} ${process.arch}`;
}
