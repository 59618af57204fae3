import type { Event, EventKind } from '@glasshouse/protocol';
import { assert } from '@glasshouse/units';
import type { Committed } from '../ports.js';

type EventOf<Kind extends EventKind> = Extract<Event, { readonly kind: Kind }>;

/** The first event of a kind that every applied command of its sort emits. */
export function eventOf<Kind extends EventKind>(committed: Committed, kind: Kind): EventOf<Kind> {
  const found = committed.events.find((event): event is EventOf<Kind> => event.kind === kind);
  assert(found !== undefined, 'an applied command says what it did', { seq: committed.seq, kind });
  return found;
}

/** The last of them: what others' guards have come to with the same request came before. */
export function lastEventOf<Kind extends EventKind>(committed: Committed, kind: Kind): EventOf<Kind> {
  const found = committed.events.findLast((event): event is EventOf<Kind> => event.kind === kind);
  assert(found !== undefined, 'an applied command says what it did', { seq: committed.seq, kind });
  return found;
}
