// Runs what the laboratory was asked for, with a progress bar, prints its tables and writes its report.
import { writeFileSync } from 'node:fs';
import {
  boundsTables,
  CandleTables,
  designsTable,
  eventTables,
  policyTable,
  type RunResult,
  readRecordedEvent,
  readScenario,
  recordedTable,
  rulesTable,
  runScenario,
  scenarioNames,
  scenarioPage,
  tableText,
  totalsTable,
  wavesPage,
  wavesTable,
} from '@glasshouse/lab';
import { terminalProgress } from '../terminal/progress.js';

export type LabArguments = {
  readonly data?: string;
  readonly seed?: number;
  readonly design?: readonly string[];
  readonly out?: string;
  readonly accounts?: number;
  readonly json?: true;
};

const PERCENT = 100;

function playWaves({ data, seed = 1, out = 'lab-report-waves.html', json }: LabArguments): void {
  if (data === undefined) throw new Error('waves are recorded: --data must name the folder that has them');
  const event = readRecordedEvent(data);
  const progress = terminalProgress();
  progress.start('waves', event.waves.length);
  const table = policyTable(event, seed, (done) => progress.at(done));
  progress.stop();
  writeFileSync(out, wavesPage(table, seed));
  if (json === true) return console.log(JSON.stringify({ ...table, event: { ...event, users: event.users.length } }));
  const tables = [recordedTable(table), totalsTable(table), wavesTable(table)].map(tableText);
  console.log([...tables, `report: ${out}`].join('\n\n'));
}

function playScenario(name: string, given: LabArguments): void {
  const shipped = readScenario(name);
  const { accounts = shipped.population.accounts } = given;
  const scenario = { ...shipped, population: { ...shipped.population, accounts } };
  const seed = given.seed ?? scenario.seed;
  const designs = scenario.designs.filter((design) => given.design?.includes(design.name) ?? true);
  if (designs.length === 0)
    throw new Error(`${name} has the designs ${scenario.designs.map((one) => one.name).join(', ')}`);
  const progress = terminalProgress();
  const tables = new CandleTables();
  const runs = designs.map((design): RunResult => {
    progress.start(design.name, PERCENT);
    const onProgress = (fraction: number): void => progress.at(Math.floor(fraction * PERCENT));
    const run = runScenario(scenario, design, { folder: given.data, seed, tables, onProgress });
    progress.stop();
    return run;
  });
  const file = given.out ?? `lab-report-${scenario.name}.html`;
  writeFileSync(file, scenarioPage(scenario, runs, seed));
  const results = [
    designsTable(scenario, runs),
    rulesTable(runs),
    ...boundsTables(runs),
    ...eventTables(scenario, runs),
  ];
  if (given.json === true)
    return console.log(JSON.stringify({ scenario: scenario.name, seed, report: file, tables: results }));
  console.log([scenario.title, ...results.map(tableText), `report: ${file}`].join('\n\n'));
}

function listScenarios(): void {
  const lines = scenarioNames().map((name) => `  ${name.padEnd(24)}${readScenario(name).title}`);
  console.log(
    ['Scenarios:', ...lines, `  ${'waves'.padEnd(24)}Auto-deleveraging of 10 October 2025, wave by wave`].join('\n'),
  );
}

export function runLab(scenario: string | undefined, given: LabArguments): void {
  if (scenario === undefined) return listScenarios();
  if (scenario === 'waves') return playWaves(given);
  playScenario(scenario, given);
}
