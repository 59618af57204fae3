// Where in the log the rows come from that are being made now.
import type { Moment } from '../committed.js';

export type CurrentMoment = { now: Moment };
