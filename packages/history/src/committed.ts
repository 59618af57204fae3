import type { Event } from '@glasshouse/protocol';
import type { Seq, TimeUs } from '@glasshouse/units';

/** One request with everything it caused, in the order of the log. */
export type Committed = { readonly seq: Seq; readonly timeUs: TimeUs; readonly events: readonly Event[] };
