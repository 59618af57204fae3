import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DueQueue } from '../src/state/due-queue.js';

type Step = { readonly id: number; readonly timeUs: number };

const steps = fc.array(fc.record({ id: fc.nat({ max: 40 }), timeUs: fc.nat({ max: 30 }) }), { maxLength: 200 });

/** The plain model: all that waits, sorted. */
function firstOf(waiting: ReadonlyMap<number, number>): Step | undefined {
  const all = [...waiting].map(([id, timeUs]) => ({ id, timeUs }));
  return all.sort((a, b) => a.timeUs - b.timeUs || a.id - b.id)[0];
}

test('the earliest comes first, of one time the lowest id, whatever was added and taken back in between', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const queue = new DueQueue();
      const waiting = new Map<number, number>();
      for (const { id, timeUs } of all) {
        if (waiting.delete(id)) queue.remove(id);
        else {
          waiting.set(id, timeUs);
          queue.add(id, timeUs);
        }
        const first = firstOf(waiting);
        expect([queue.size, queue.firstId, queue.timeOf(id)]).toEqual([waiting.size, first?.id, waiting.get(id)]);
        expect(queue.nextUs).toBe(first?.timeUs ?? Number.POSITIVE_INFINITY);
      }
    }),
  );
});
