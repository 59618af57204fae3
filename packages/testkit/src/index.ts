export * from './genesis.js';
export * from './requests.js';
