// `replay`, `verify` and `state`: what is in a data folder, found by executing its log.
import type { VerifyReport } from '@glasshouse/exchange';
import { Command } from 'commander';
import { EXIT } from '../exit-codes.js';
import { count, seconds } from '../terminal/numbers.js';
import { withProgress } from '../terminal/progress.js';

type DataArguments = { readonly data: string; readonly json?: true };

const DEFAULT_DATA = './.glasshouse';

function withData(command: Command): Command {
  return command
    .option('--data <dir>', 'data folder of the exchange', DEFAULT_DATA)
    .option('--json', 'print the result as JSON');
}

/** A folder that never held a log would otherwise pass for an empty exchange. */
function requireLog<Report extends { readonly seq: number }>(directory: string, report: Report): Report {
  if (report.seq === 0) throw new Error(`there is no log in ${directory}`);
  return report;
}

async function replayData(directory: string, fromSnapshot: boolean) {
  const { replay } = await import('@glasshouse/exchange');
  return requireLog(
    directory,
    await withProgress('commands', (at) =>
      replay(directory, { fromSnapshot, onProgress: ({ commands }) => at(commands) }),
    ),
  );
}

function verifyText(report: VerifyReport): string {
  const { seq, stateHash, headHash, commands, signatures, snapshots, tail, problem, audit } = report;
  const lines = [
    `seq         ${seq}`,
    `state hash  ${stateHash}`,
    `log hash    ${headHash}`,
    `checked     ${count(commands)} commands, ${count(signatures)} signatures, ${count(snapshots)} snapshots, every invariant, in ${seconds(report.seconds)}`,
  ];
  if (audit !== undefined) {
    lines.push(`audited     ${count(audit.events)} events, ${count(audit.findingCount)} findings`);
  }
  if (tail === 'torn') lines.push('tail        the last write was interrupted; the next start cuts it off');
  return [...lines, problem === undefined ? 'sound' : `NOT SOUND from request ${problem.seq} on: ${problem.what}`].join(
    '\n',
  );
}

export function replayCommand(): Command {
  return withData(new Command('replay'))
    .summary('execute the log again and print where it leads')
    .description(
      'Executes the log again, from the newest snapshot or from genesis, and prints its end and the state hash.',
    )
    .option('--from-genesis', 'pass over the snapshots')
    .action(async ({ data, json, fromGenesis }: DataArguments & { readonly fromGenesis?: true }) => {
      const { state: _state, ...report } = await replayData(data, fromGenesis !== true);
      if (json === true) return console.log(JSON.stringify(report));
      const start = report.snapshotSeq === undefined ? 'genesis' : `the snapshot at ${report.snapshotSeq}`;
      const rate = report.seconds === 0 ? '' : `, ${count(report.commands / report.seconds)} a second`;
      console.log(`seq         ${report.seq}\nstate hash  ${report.stateHash}`);
      console.log(`replayed    ${count(report.commands)} commands from ${start} in ${seconds(report.seconds)}${rate}`);
    })
    .addHelpText(
      'after',
      '\nExamples:\n  $ glasshouse replay --data ./.glasshouse\n  $ glasshouse replay --from-genesis --json',
    );
}

export function verifyCommand(): Command {
  return withData(new Command('verify'))
    .summary('check everything in the log without trusting whoever wrote it')
    .description(
      'Checks the hash chain, every signature, every snapshot and the invariants, and executes the log from genesis. Changes nothing.\nExit code 1 when something is not sound.',
    )
    .option('--audit', 'let a second, independent model keep its own books by the events (slow)')
    .action(async ({ data, json, audit }: DataArguments & { readonly audit?: true }) => {
      const { verify } = await import('@glasshouse/exchange');
      const report = await withProgress('commands', (at) =>
        verify(data, { audit: audit === true, onProgress: ({ commands }) => at(commands) }),
      );
      if (report.problem === undefined) requireLog(data, report);
      console.log(json === true ? JSON.stringify(report) : verifyText(report));
      process.exitCode = report.problem === undefined ? EXIT.done : EXIT.failed;
    })
    .addHelpText('after', '\nExamples:\n  $ glasshouse verify --data ./.glasshouse\n  $ glasshouse verify --audit');
}

export function stateCommand(): Command {
  return withData(new Command('state'))
    .summary('what the exchange is after the last request of its log')
    .description(
      'Executes the log from its newest snapshot and prints markets, accounts, totals and liquidations. Changes nothing.',
    )
    .action(async ({ data, json }: DataArguments) => {
      const { state, seq, stateHash } = await replayData(data, true);
      const { summaryOf } = await import('../state/summary.js');
      const { summaryText } = await import('../state/summary-text.js');
      const summary = summaryOf(state, seq, stateHash);
      console.log(json === true ? JSON.stringify(summary) : summaryText(summary));
    })
    .addHelpText('after', '\nExamples:\n  $ glasshouse state\n  $ glasshouse state --data ./.glasshouse --json');
}
