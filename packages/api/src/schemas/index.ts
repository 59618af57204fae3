export * from './account.js';
export * from './glass.js';
export * from './market.js';
export * from './order.js';
export { nullable } from './primitive.js';
export * from './system.js';
export * from './vocabulary.js';
