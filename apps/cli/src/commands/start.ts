// `start`: the exchange, and unless told otherwise its demonstration and prices.
import { Command, InvalidArgumentError, Option } from 'commander';
import { PRICE_CHOICES, ROLES, type StartArguments } from '../start/arguments.js';

/** As the exchange names them; its code is loaded when it starts. */
const HISTORY_CHOICES = ['embedded', 'memory'];
const MAX_PORT = 65_535;

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

const count = wholeNumber(1, Number.MAX_SAFE_INTEGER);

export function startCommand(): Command {
  return new Command('start')
    .summary('run an exchange')
    .description('Runs an exchange: HTTP and WebSocket on one port, all that happens in one data folder.')
    .option('--port <port>', 'where it listens; 0 takes any free port', wholeNumber(0, MAX_PORT), 8080)
    .option('--host <address>', 'address it listens on', '127.0.0.1')
    .option('--data <dir>', 'data folder, made if need be', './.glasshouse')
    .addOption(
      new Option('--role <role>', 'the whole exchange, or one more gateway before the exchange on the same data folder')
        .choices(ROLES)
        .default('exchange'),
    )
    .option('--genesis <file>', 'what a new venue is; without it a sandbox opens')
    .option('--no-demo', 'without the demonstration traders')
    .addOption(
      new Option('--prices <which>', 'outside prices: made up, of real venues (needs internet), or none')
        .choices(PRICE_CHOICES)
        .default('synthetic'),
    )
    .addOption(
      new Option('--history <engine>', 'where the past is kept: a PostgreSQL of its own, or a bounded memory')
        .choices(HISTORY_CHOICES)
        .default('embedded'),
    )
    .option('--history-keep-days <days>', 'rows of the past that are older go; without it they stay', count)
    .option('--json-logs', 'one JSON object a line on stderr')
    .option('--snapshot-every <requests>', 'requests from one snapshot to the next', count)
    .option('--requests-per-minute <count>', 'rate limit of an account', count)
    .option('--metrics-port <port>', 'where Prometheus finds /metrics; nowhere without it', wholeNumber(0, MAX_PORT))
    .option('--metrics-host <address>', 'address for that', '127.0.0.1')
    .action(async (given: StartArguments) => {
      const { serve } = await import('../start/serve.js');
      process.exitCode = await serve(given);
    })
    .addHelpText(
      'after',
      '\nExit code 3: the exchange found that it must not go on (its log holds everything that was acknowledged).\n\nDATABASE_URL=postgresql://… keeps the past in that PostgreSQL instead of an embedded one.\n\nExamples:\n  $ glasshouse start\n  $ glasshouse start --port 9000 --data /var/lib/glasshouse --no-demo --json-logs\n  $ glasshouse start --prices live\n  $ glasshouse start --role gateway --port 8081      (beside a running `glasshouse start`)',
    );
}
