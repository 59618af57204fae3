export { FastBook } from './fast-book.js';
export { ClientIdIndex, mixedNearby, OrderIdIndex } from './handle-index.js';
export { HandleTable } from './handle-table.js';
export { NaiveBook } from './naive-book.js';
export * from './order-book.js';
export { ORDER_CELL, type OrderCell, OrderPool } from './order-pool.js';
