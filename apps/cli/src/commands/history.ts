// `history`: the past in its database, made anew from the log or compared with it.
import type { HistoryVerdict, OfflineRequest } from '@glasshouse/exchange';
import { Command } from 'commander';
import { EXIT } from '../exit-codes.js';
import { count, seconds } from '../terminal/numbers.js';
import { withProgress } from '../terminal/progress.js';

type HistoryArguments = { readonly data: string; readonly json?: true };

async function requestFor(data: string): Promise<OfflineRequest> {
  const { historyEngine } = await import('@glasshouse/exchange');
  const { consoleLog } = await import('../start/console-log.js');
  const engine = historyEngine('embedded', process.env['DATABASE_URL']);
  if (engine.kind === 'memory') throw new RangeError('a history in memory is no database');
  return { directory: data, engine, log: consoleLog(process.stderr) };
}

function withData(command: Command): Command {
  return command
    .option('--data <dir>', 'data folder of the exchange', './.glasshouse')
    .option('--json', 'print the result as JSON');
}

function verdictText({ seq, seconds: spent, tables }: HistoryVerdict): string {
  const lines = tables.map(({ table, rows, onlyFirst, onlySecond }) => {
    const differs = onlyFirst + onlySecond > 0;
    const what = differs ? `  DIFFERS: ${onlyFirst} rows too many, ${onlySecond} missing` : '';
    return `${table.padEnd(18)}${count(rows).padStart(14)} rows${what}`;
  });
  return [...lines, `as the log has it up to request ${seq}, made anew in ${seconds(spent)}`].join('\n');
}

const isSound = ({ tables }: HistoryVerdict): boolean =>
  tables.every(({ onlyFirst, onlySecond }) => onlyFirst + onlySecond === 0);

function rebuildCommand(): Command {
  return withData(new Command('rebuild'))
    .summary('make the history anew from the log')
    .description('Drops the tables and makes them anew from the whole log.')
    .action(async ({ data, json }: HistoryArguments) => {
      const { rebuildHistoryOf } = await import('@glasshouse/exchange');
      const request = await requestFor(data);
      const report = await withProgress('commands', (onProgress) => rebuildHistoryOf({ ...request, onProgress }));
      const text = `the history is made anew up to request ${report.seq}, in ${seconds(report.seconds)}`;
      console.log(json === true ? JSON.stringify(report) : text);
    });
}

function verifyCommand(): Command {
  return withData(new Command('verify'))
    .summary('compare the history with the log, row for row')
    .description(
      'Makes the history a second time, in a schema of its own, and looks for rows that only one of the two has.\nExit code 1 when there are any.',
    )
    .action(async ({ data, json }: HistoryArguments) => {
      const { verifyHistoryOf } = await import('@glasshouse/exchange');
      const request = await requestFor(data);
      const verdict = await withProgress('commands', (onProgress) => verifyHistoryOf({ ...request, onProgress }));
      console.log(json === true ? JSON.stringify(verdict) : verdictText(verdict));
      process.exitCode = isSound(verdict) ? EXIT.done : EXIT.failed;
    });
}

export function historyCommand(): Command {
  return new Command('history')
    .summary('the past in its database: made anew, or compared with the log')
    .description(
      'The history database of a data folder: the embedded one, whose exchange must not run, or with DATABASE_URL that one.',
    )
    .addCommand(rebuildCommand())
    .addCommand(verifyCommand())
    .addHelpText(
      'after',
      '\nExamples:\n  $ glasshouse history rebuild --data ./.glasshouse\n  $ DATABASE_URL=postgresql://… glasshouse history verify',
    );
}
