export type * from './accrual-port.js';
export { VerifyPool, type VerifyPoolOptions } from './auth/verify-pool.js';
export { createGateway, type Gateway, type GatewayParts } from './gateway.js';
export * from './history-port.js';
export type { RequestRates } from './limits/request-limiter.js';
export type { GatewayOptions } from './options.js';
export type * from './page-port.js';
export * from './ports.js';
