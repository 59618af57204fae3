export { FastBook } from './fast-book.js';
export { ClientIdIndex, OrderIdIndex } from './handle-index.js';
export { NaiveBook } from './naive-book.js';
export * from './order-book.js';
export { OrderPool } from './order-pool.js';
