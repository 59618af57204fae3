// `flow`: recorded order flow of other venues through this exchange's core.
import { Command, InvalidArgumentError } from 'commander';
import { EXIT } from '../exit-codes.js';
import { allPassed, type FlowReport } from '../flow/report.js';
import { reportText } from '../terminal/print-report.js';
import { terminalProgress } from '../terminal/progress.js';

type FlowArguments = { readonly journal?: string; readonly json?: true };
type LobsterArguments = FlowArguments & {
  readonly opening?: string;
  readonly expectDepth?: string;
  readonly expectBbo?: string;
};

function print(report: FlowReport, { json }: FlowArguments): void {
  console.log(json === true ? JSON.stringify(report, undefined, 2) : reportText(report));
  process.exitCode = allPassed(report) ? EXIT.done : EXIT.failed;
}

const optionsOf = ({ journal }: FlowArguments) => ({ journal, progress: terminalProgress() });

function withFlowOptions(command: Command): Command {
  return command
    .option('--journal <dir>', 'keep the flow in a journal there, every request really signed (see verify)')
    .option('--json', 'print the summary as JSON');
}

const lobster = () =>
  withFlowOptions(new Command('lobster'))
    .summary('Nasdaq order messages as LOBSTER cuts them')
    .description('Feeds a LOBSTER message file (CSV, gzip or plain) through the core, order by order.')
    .argument('<messages>', 'message file')
    .option('--opening <file>', 'orders that rest before the first message (order_id,side,price,size)')
    .option('--expect-depth <file>', 'expected book after each message that it names')
    .option('--expect-bbo <file>', 'expected sequence of best ask and bid')
    .action(async (messages: string, given: LobsterArguments) => {
      const { runLobster } = await import('../flow/lobster/flow.js');
      const { opening, expectDepth, expectBbo } = given;
      print(await runLobster({ messages, opening, expectDepth, expectBbo }, optionsOf(given)), given);
    })
    .addHelpText(
      'after',
      '\nExample:\n  $ glasshouse flow lobster AAPL_message.csv.gz --opening orders.csv --expect-depth depth.csv.gz',
    );

const bitstamp = () =>
  withFlowOptions(new Command('bitstamp'))
    .summary("Bitstamp's order-by-order capture")
    .description(
      "Feeds a capture of Bitstamp's live orders through the core and compares with the exchange's own book images.",
    )
    .argument('<file>', 'capture')
    .option('--no-seed', 'do not load the first book image: what rested before the capture stays unknown')
    .action(async (file: string, given: FlowArguments & { readonly seed: boolean }) => {
      const { runBitstamp } = await import('../flow/bitstamp/flow.js');
      print(await runBitstamp(file, { ...optionsOf(given), seed: given.seed }), given);
    })
    .addHelpText('after', '\nExample:\n  $ glasshouse flow bitstamp 2015-05-01.log.gz');

type BinanceArguments = FlowArguments & {
  readonly live?: true;
  readonly speed: number;
  readonly seconds?: number;
  readonly followers: number;
  readonly cuts: number;
};

function positive(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('It must be a positive number.');
}

function wholePositive(text: string): number {
  const value = positive(text);
  if (Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError('It must be a whole number.');
}

async function binanceReport(files: readonly string[], given: BinanceArguments): Promise<FlowReport> {
  const { runBinance } = await import('../flow/binance/flow.js');
  if (given.live !== true) return runBinance(files, optionsOf(given));
  const { runLiveBinance } = await import('../flow/binance/live/flow.js');
  const { speed, seconds: recordedSeconds, journal: dataDirectory, followers, cuts: cutsPerSecond } = given;
  const progress = terminalProgress();
  return runLiveBinance(files, { speed, recordedSeconds, dataDirectory, followers, cutsPerSecond, progress });
}

const binance = () =>
  withFlowOptions(new Command('binance-l2'))
    .summary("Binance's depth stream")
    .description(
      "Rebuilds Binance's book from its raw depth stream with one market maker's orders, and compares with bookTicker at the same update id.\n" +
        'With --live the market maker is a client of a running exchange, and other clients rebuild the book from its depth stream,\nover connections that --cuts breaks.',
    )
    .argument('<files...>', 'captures that continue one another, in order')
    .option('--live', 'play over HTTP to an exchange started for it, and follow its depth stream')
    .option('--speed <factor>', 'with --live: multiple of real speed', positive, 10)
    .option('--seconds <count>', 'with --live: how much of the recording to play; all of it otherwise', positive)
    .option('--followers <count>', 'with --live: who follow its depth stream', wholePositive, 1)
    .option('--cuts <count>', "with --live: followers' connections cut in a second", positive, 0)
    .action(async (files: string[], given: BinanceArguments) => {
      print(await binanceReport(files, given), given);
    })
    .addHelpText(
      'after',
      '\nExamples:\n  $ glasshouse flow binance-l2 btcusdt_1.jsonl.gz btcusdt_2.jsonl.gz --json\n  $ glasshouse flow binance-l2 btcusdt_1.jsonl.gz --live --speed 10 --seconds 60\n  $ glasshouse flow binance-l2 btcusdt_1.jsonl.gz --live --speed 1 --followers 100 --cuts 5',
    );

export function flowCommand(): Command {
  return new Command('flow')
    .summary('feed recorded order flow through the core and compare')
    .description(
      'Feeds recorded order flow through the real core, as the texts that clients sign, and compares the books.\nExit code 1 when something differs from what is expected.',
    )
    .addCommand(lobster())
    .addCommand(bitstamp())
    .addCommand(binance());
}
