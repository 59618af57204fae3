export * from './genesis.js';
export { HISTORY_GENESIS } from './history/genesis.js';
export { RandomHistory } from './history/random-history.js';
export { RiskHistory } from './history/risk/risk-history.js';
export { RISK_HISTORY_GENESIS } from './history/risk/stage.js';
export type { TimedRequest } from './history/scene.js';
export { Random } from './random.js';
export * from './requests.js';
export * from './risk-genesis.js';
