export * from './errors.js';
export * from './limits.js';
export * from './operations/index.js';
export * from './schemas/index.js';
export * from './signing/index.js';
