/**
 * The book alone, on one thread: FastBook against its model and against nodejs-order-book from npm.
 *
 * Method. A flow is generated beforehand from a seed (or read from a LOBSTER file) into typed arrays. Each round builds
 * a new book, plays the opening messages untimed, then times the rest in one piece. Contestants take turns in one
 * process; the figure is the median round. Each of ours keeps an id index and an order pool, as an exchange must; the
 * npm package keeps its own. Afterwards the lots matched and the orders left are compared with the fast book's.
 * Percentiles come from a separate run that times every message by itself, less the median cost of reading the clock.
 *
 *   npx tsx bench/book.ts [--resting 1000000] [--lobster FILE] [--no-peers] [--messages N] [--rounds N] [--seed N] [--json]
 */
import { parseArgs } from 'node:util';
import { report } from './book/report.js';
import { bookBenchDefaults, runBookBench } from './book/run.js';

const { values } = parseArgs({
  allowNegative: true,
  options: {
    seed: { type: 'string' },
    messages: { type: 'string' },
    resting: { type: 'string' },
    'mean-distance': { type: 'string' },
    rounds: { type: 'string' },
    'peer-messages': { type: 'string' },
    lobster: { type: 'string' },
    peers: { type: 'boolean', default: true },
    json: { type: 'boolean', default: false },
  },
});

const result = runBookBench({
  seed: Number(values.seed ?? bookBenchDefaults.seed),
  messages: Number(values.messages ?? bookBenchDefaults.messages),
  resting: Number(values.resting ?? bookBenchDefaults.resting),
  meanDistance: Number(values['mean-distance'] ?? bookBenchDefaults.meanDistance),
  rounds: Number(values.rounds ?? bookBenchDefaults.rounds),
  peerMessages: Number(values['peer-messages'] ?? bookBenchDefaults.peerMessages),
  lobster: values.lobster,
  peers: values.peers,
});
console.log(values.json ? JSON.stringify(result) : report(result));
if (result.throughput.some((each) => !each.agrees)) process.exitCode = 1;
