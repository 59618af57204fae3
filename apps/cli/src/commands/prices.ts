// `prices`: outside prices, to look at or to report to an exchange with a price feed's key.
import { Command, InvalidArgumentError } from 'commander';
import type { PricesArguments } from '../prices/run.js';

const SOURCES: readonly string[] = ['binance', 'coinbase', 'kraken', 'bitstamp', 'synthetic', 'file'];

const listOf = (text: string): readonly string[] => text.split(',').map((word) => word.trim());

function parseSources(text: string): readonly string[] {
  const names = listOf(text);
  const stranger = names.find((name) => !SOURCES.includes(name));
  if (stranger !== undefined) throw new InvalidArgumentError(`"${stranger}" is none of ${SOURCES.join(', ')}.`);
  return [...new Set(names)];
}

function parseNames(text: string): ReadonlyMap<string, string> {
  return new Map(
    listOf(text).map((part) => {
      const [venue = '', name = '', ...rest] = part.split('=');
      if (venue === '' || name === '' || rest.length > 0) {
        throw new InvalidArgumentError(`"${part}" is not RECORDED_VENUE=SOURCE.`);
      }
      return [venue, name];
    }),
  );
}

function positive(text: string): number {
  const value = /^\d{1,9}(\.\d{1,6})?$/.test(text) ? Number(text) : 0;
  if (value > 0) return value;
  throw new InvalidArgumentError('It must be a number above 0.');
}

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number.');
}

function interval(text: string): number {
  const value = wholeNumber(text);
  if (value >= 100) return value;
  throw new InvalidArgumentError('It must be 100 ms or more.');
}

const added = (file: string, before: readonly string[]): readonly string[] => [...before, file];

const HELP = `
Sources:
  binance, coinbase, kraken   streams of these venues (need internet)
  bitstamp                    its REST ticker, every two seconds
  synthetic                   MADE UP: three sources around a seeded random walk, for use offline
  file                        RECORDED candles or trades (CSV, gzip or plain), each recorded venue a source

What is quoted in a stablecoin is converted by that coin's own price in dollars, and not reported while no source of
this process quotes it. Recordings take stablecoins at par. With --report-to, each source is reported under its own
name; the exchange's index must listen to that name.

Examples:
  $ glasshouse prices --source coinbase,kraken --assets BTC,ETH
  $ glasshouse prices --source file --file apr2025_binance_spot_5m.csv.gz --file apr2025_perps_and_bybit_5m.csv.gz --speed 300
  $ glasshouse prices --source synthetic --report-to http://127.0.0.1:8080 --key .glasshouse/keys/price-feed.json`;

export function pricesCommand(): Command {
  return new Command('prices')
    .summary('outside prices: look at them, report them to an exchange')
    .description('Shows what outside venues quote, as a live table or as log lines, and reports it when told to.')
    .requiredOption('--source <list>', `one or several of ${SOURCES.join(', ')}`, parseSources)
    .option('--assets <list>', 'only these assets', listOf)
    .option('--file <file>', 'recording to play; may be given again', added, [])
    .option('--speed <factor>', 'recorded seconds in a second', positive, 1)
    .option('--as <list>', 'names for recorded venues, such as bybit_spot=replay-b', parseNames)
    .option('--seed <number>', 'of the synthetic prices', wholeNumber, 1)
    .option('--every <ms>', 'from one look, and one report, to the next', interval, 1_000)
    .option('--seconds <count>', 'end after that', positive)
    .option('--report-to <url>', 'the exchange to report to')
    .option('--key <file>', "the price feed's key, as the exchange keeps it")
    .option('--json', 'one JSON object a line for each source and look')
    .action(async (given: PricesArguments, command: Command) => {
      if (given.source.includes('file') !== given.file.length > 0) {
        command.error('error: --source file and --file go together', { exitCode: 2 });
      }
      if ((given.reportTo === undefined) !== (given.key === undefined)) {
        command.error('error: --report-to and --key go together', { exitCode: 2 });
      }
      const { runPrices } = await import('../prices/run.js');
      await runPrices(given);
    })
    .addHelpText('after', HELP);
}
