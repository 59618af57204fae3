// `bench`: the programs of the clone's bench folder, each with its method in its header.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Argument, Command } from 'commander';
import { EXIT } from '../exit-codes.js';

const BENCHES = [
  'book',
  'core',
  'margin',
  'liquidation',
  'storm',
  'timers',
  'journal',
  'gateway',
  'streams',
  'abuse',
  'replay',
  'memory',
  'history',
] as const;
type Bench = (typeof BENCHES)[number];

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
/** Exact figures of a large venue need a collection on demand, and more than the usual heap. */
const LARGE_VENUE_FLAGS = ['--expose-gc', '--max-old-space-size=8192'];
const LARGE_VENUES: readonly Bench[] = ['liquidation', 'storm', 'memory', 'timers'];

async function run(bench: Bench, options: readonly string[]): Promise<number> {
  const flags = LARGE_VENUES.includes(bench) ? LARGE_VENUE_FLAGS : [];
  const child = spawn(process.execPath, [...flags, '--import', 'tsx', `bench/${bench}.ts`, ...options], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  const [code] = await once(child, 'exit');
  return code === 0 ? EXIT.done : EXIT.failed;
}

export function benchCommand(): Command {
  return new Command('bench')
    .summary('measure this machine')
    .description('Runs a benchmark and prints figures with machine and method.')
    .addArgument(new Argument('<name>', 'what to measure').choices(BENCHES))
    .argument('[options...]', "the benchmark's own options")
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (name: Bench, options: readonly string[]) => {
      process.exitCode = await run(name, options);
    })
    .addHelpText(
      'after',
      [
        '',
        '  book         the order book alone, beside the most used one from npm',
        '  core         the whole core: signed bytes in, ledger and events out',
        '  margin       the same on margin accounts, beside spot markets without margin',
        '  liquidation  who must be liquidated, found among a million accounts with every price update',
        '  storm        ten thousand liquidations a second, and what others wait meanwhile',
        '  timers       what settlement, funding, interest and marks make commands wait',
        '  journal      durable batches, beside embedded stores',
        '  gateway      signed orders over HTTP, with latencies under open-loop load',
        '  streams      thousands of WebSocket listeners on many markets, with frames a second and lag',
        '  abuse        what slow readers, floods and idle connections make others wait',
        '  replay       a journal executed again, starts from snapshots',
        '  history      questions about a long past in PostgreSQL, and how fast it is written',
        '  memory       a million resting orders and 475,000 funded accounts',
        '',
        'Each tells its method and its options in the head of bench/NAME.ts.',
        '',
        'Examples:',
        '  $ glasshouse bench book',
        '  $ glasshouse bench gateway --seconds 5 --rates 1000,2000',
        '  $ glasshouse bench core --json',
      ].join('\n'),
    );
}
