export * from './genesis.js';
export { HISTORY_GENESIS } from './history/genesis.js';
export { RandomHistory } from './history/random-history.js';
export type { TimedRequest } from './history/scene.js';
export { Random } from './random.js';
export * from './requests.js';
export * from './risk-genesis.js';
