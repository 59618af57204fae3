// The demonstration as a process of its own: node main.js --url http://127.0.0.1:8080 [--seed N] [--keys FILE]
import { parseArgs } from 'node:util';
import { startDemo } from './demo.js';

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:8080' },
    seed: { type: 'string', default: '1' },
    keys: { type: 'string' },
  },
});

const seed = Number(values.seed);
if (!Number.isSafeInteger(seed)) throw new RangeError(`--seed must be a whole number, not ${values.seed}`);

const demo = startDemo({ url: values.url, seed, keyFile: values.keys, log: (line) => console.log(line) });

let stopping = false;
function stop(): void {
  if (stopping) process.exit(1);
  stopping = true;
  void demo.stop().then(() => process.exit(0));
}

process.on('SIGINT', stop);
process.on('SIGTERM', stop);
// A parent that started this with an IPC channel and is gone will not send a signal.
process.on('disconnect', stop);
