// What comes due when, earliest first; those of one time by rising id. A heap that knows where each stands: adding, taking and
// taking back cost the logarithm of how many wait.
import { assert } from '@glasshouse/units';

type Entry = { readonly id: number; readonly timeUs: number };

const precedes = (a: Entry, b: Entry): boolean => a.timeUs < b.timeUs || (a.timeUs === b.timeUs && a.id < b.id);

export class DueQueue {
  readonly #heap: Entry[] = [];
  readonly #placeOf = new Map<number, number>();

  get size(): number {
    return this.#heap.length;
  }

  /** Infinity when nothing waits. */
  get nextUs(): number {
    return this.#heap[0]?.timeUs ?? Number.POSITIVE_INFINITY;
  }

  /** Undefined when nothing waits. */
  get firstId(): number | undefined {
    return this.#heap[0]?.id;
  }

  timeOf(id: number): number | undefined {
    const place = this.#placeOf.get(id);
    return place === undefined ? undefined : this.#heap[place]?.timeUs;
  }

  add(id: number, timeUs: number): void {
    assert(!this.#placeOf.has(id), 'what comes due waits once', { id });
    this.#rise({ id, timeUs }, this.#heap.length);
  }

  remove(id: number): void {
    const place = this.#placeOf.get(id);
    assert(place !== undefined, 'what is taken back was waiting', { id });
    this.#placeOf.delete(id);
    const last = this.#heap.pop() as Entry;
    if (place === this.#heap.length) return;
    const parent = this.#heap[(place - 1) >> 1];
    if (place > 0 && parent !== undefined && precedes(last, parent)) this.#rise(last, place);
    else this.#sink(last, place);
  }

  #set(entry: Entry, place: number): void {
    this.#heap[place] = entry;
    this.#placeOf.set(entry.id, place);
  }

  #rise(entry: Entry, from: number): void {
    let place = from;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = this.#heap[above] as Entry;
      if (!precedes(entry, parent)) break;
      this.#set(parent, place);
      place = above;
    }
    this.#set(entry, place);
  }

  #sink(entry: Entry, from: number): void {
    const heap = this.#heap;
    let place = from;
    for (;;) {
      let below = 2 * place + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && precedes(heap[below + 1] as Entry, heap[below] as Entry)) below += 1;
      if (!precedes(heap[below] as Entry, entry)) break;
      this.#set(heap[below] as Entry, place);
      place = below;
    }
    this.#set(entry, place);
  }
}
