import type { Flow } from './flow.js';

/** A book under measurement. */
export interface Contestant {
  /** Plays the messages from..to (exclusive). */
  play(flow: Flow, from: number, to: number): void;
  /** Lots matched so far: equal among contestants that did the same work. */
  readonly filledLots: number;
  readonly restingOrders: number;
}

export interface Entrant {
  readonly name: string;
  create(flow: Flow): Contestant;
}
