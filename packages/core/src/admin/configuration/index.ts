export { readAsset } from './assets.js';
export { readFilters, readPair } from './markets.js';
export { ConfigurationProblem, ConfigurationReader } from './reader.js';
export { readFeeTiers, readSettings } from './settings.js';
