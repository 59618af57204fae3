export * from './order-book.js';
export * from './order-pool.js';
