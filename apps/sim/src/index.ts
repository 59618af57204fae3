export { type Demo, type DemoOptions, startDemo } from './demo.js';
export type { Log } from './trouble-log.js';
