import type { Event } from '@glasshouse/protocol';
import type { Seq, TimeUs } from '@glasshouse/units';

/** Of a request: its place in the log and its time. */
export type Moment = { readonly seq: Seq; readonly timeUs: TimeUs };

/** One request with everything it caused, in the order of the log. */
export type Committed = Moment & { readonly events: readonly Event[] };
