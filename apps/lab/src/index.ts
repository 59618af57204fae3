export { type Table, tableText } from './text/table.js';
export { type PolicyTable, policyTable } from './waves/policy-table.js';
export { readRecordedEvent } from './waves/recorded-event.js';
export { recordedTable, totalsTable, wavesTable } from './waves/report.js';
