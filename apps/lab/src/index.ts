export { designsTable, rulesTable, scenarioPage } from './report/scenario-report.js';
export { type RunOptions, type RunResult, runScenario } from './run/run.js';
export { readScenario, scenarioNames } from './scenario/catalogue.js';
export type { Design, Scenario } from './scenario/scenario.js';
export { type Table, tableText } from './text/table.js';
export { type PolicyTable, policyTable } from './waves/policy-table.js';
export { readRecordedEvent } from './waves/recorded-event.js';
export { recordedTable, totalsTable, wavesTable } from './waves/report.js';
