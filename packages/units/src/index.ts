export * from './assert.js';
export type * from './brand.js';
export * from './decimal.js';
export * from './mul-div.js';
export * from './products.js';
export * from './safe-integer.js';
