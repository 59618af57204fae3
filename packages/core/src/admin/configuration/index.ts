export { readAssetTerms } from './asset-terms.js';
export { readAsset, readDecimals, readSymbol } from './assets.js';
export { readFilters, readPair } from './markets.js';
export { readPerp, readRisk } from './perps.js';
export { ConfigurationProblem, ConfigurationReader } from './reader.js';
export { readRfq } from './rfqs.js';
export { readFeeTiers, readSettings } from './settings.js';
export { readVaultTerms } from './vaults.js';
