export * from './book-checksum.js';
export * from './control.js';
export * from './frames.js';
export * from './liquidation-frames.js';
export * from './name.js';
export * from './rfq-frames.js';
