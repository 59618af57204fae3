// Runs what the laboratory was asked for, with a progress bar, and prints its tables.
import { policyTable, readRecordedEvent, recordedTable, tableText, totalsTable, wavesTable } from '@glasshouse/lab';
import { terminalProgress } from '../terminal/progress.js';

export type LabArguments = { readonly data?: string; readonly seed: number; readonly json?: true };

function playWaves({ data, seed, json }: LabArguments): void {
  if (data === undefined) throw new Error('waves are recorded: --data must name the folder that has them');
  const event = readRecordedEvent(data);
  const progress = terminalProgress();
  progress.start('waves', event.waves.length);
  const table = policyTable(event, seed, (done) => progress.at(done));
  progress.stop();
  if (json === true) return console.log(JSON.stringify({ ...table, event: { ...event, users: event.users.length } }));
  console.log([recordedTable(table), totalsTable(table), wavesTable(table)].map(tableText).join('\n\n'));
}

export async function runLab(scenario: string, given: LabArguments): Promise<void> {
  if (scenario === 'waves') return playWaves(given);
  throw new Error(`there is no scenario '${scenario}'`);
}
