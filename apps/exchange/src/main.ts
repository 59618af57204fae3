#!/usr/bin/env node
// The exchange and nothing else: node main.js --data DIR [--port N] [--host H] [--genesis FILE] [--history ENGINE]
// [--role gateway] [--metrics-port N]
import { parseArgs } from 'node:util';
import { historyEngine } from './history/engine.js';
import { inlineMore } from './inlining.js';
import { lineLog } from './line-log.js';
import { serveExchange, serveGateway } from './serve.js';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: './.glasshouse' },
    port: { type: 'string', default: '8080' },
    host: { type: 'string', default: '127.0.0.1' },
    genesis: { type: 'string' },
    role: { type: 'string', default: 'exchange' },
    'metrics-port': { type: 'string' },
    'snapshot-every': { type: 'string' },
    'segment-bytes': { type: 'string' },
    history: { type: 'string', default: 'memory' },
  },
});

const wholeNumber = (name: string, text: string): number => {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0)
    throw new RangeError(`--${name} must be a whole number, not ${text}`);
  return number;
};

const CANNOT_START = 1;

inlineMore();

try {
  const snapshotEvery = values['snapshot-every'];
  const segmentBytes = values['segment-bytes'];
  const metricsPort = values['metrics-port'];
  const common = {
    dataDirectory: values.data,
    port: wholeNumber('port', values.port),
    host: values.host,
    log: lineLog(process.stderr),
    history: historyEngine(values.history, process.env['DATABASE_URL']),
    ...(metricsPort === undefined
      ? {}
      : { metricsAt: { host: '127.0.0.1', port: wholeNumber('metrics-port', metricsPort) } }),
    onStarted: ({ url }: { readonly url: string }) => void process.stdout.write(`${url}\n`),
  };
  const code =
    values.role === 'gateway'
      ? await serveGateway(common)
      : await serveExchange({
          ...common,
          genesisFile: values.genesis,
          ...(snapshotEvery === undefined ? {} : { snapshotEvery: wholeNumber('snapshot-every', snapshotEvery) }),
          ...(segmentBytes === undefined ? {} : { segmentBytes: wholeNumber('segment-bytes', segmentBytes) }),
        });
  process.exit(code);
} catch (problem) {
  process.stderr.write(`${problem instanceof Error ? problem.message : String(problem)}\n`);
  process.exit(CANNOT_START);
}
