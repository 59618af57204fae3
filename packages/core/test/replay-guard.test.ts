import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type RememberedSignature, ReplayGuard } from '../src/state/replay-guard.js';

const LONGEST_MS = 120_000;
const SLOT_MS = 16;
const slotOf = (timeMs: number): number => Math.floor(timeMs / SLOT_MS);

/** Few keys and few bytes, so that collisions of every kind happen. */
const step = fc.record({
  waitMs: fc.oneof(fc.constant(0), fc.nat(30), fc.nat(200_000)),
  keyId: fc.integer({ min: 1, max: 3 }),
  low: fc.nat(3),
  high: fc.constantFrom(0, 8, 0xff),
  lifeMs: fc.oneof(fc.nat(LONGEST_MS), fc.nat(50)),
  restart: fc.nat(9).map((chance) => chance === 0),
});

function bytesOf(low: number, high: number): Uint8Array {
  const bytes = new Uint8Array(72);
  bytes[5] = low;
  bytes[9] = high;
  return bytes;
}

function restarted(guard: ReplayGuard, nowMs: number): ReplayGuard {
  const again = new ReplayGuard();
  for (const signature of guard.remembered(nowMs)) again.restore(signature);
  return again;
}

test('remembers exactly what a plain set of signatures and expiries would, restarts included', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 150 }), (steps) => {
      let guard = new ReplayGuard();
      const model = new Map<string, number>();
      let nowMs = 1_700_000_000_000;
      for (const { waitMs, keyId, low, high, lifeMs, restart } of steps) {
        nowMs += waitMs;
        if (restart) guard = restarted(guard, nowMs);
        const slot = slotOf(nowMs + lifeMs);
        const signature = `${slot}/${keyId}/${low}/${high}`;
        const admitted = guard.admit(bytesOf(low, high), 5, keyId, nowMs + lifeMs, nowMs);
        expect(admitted).toBe(!model.has(signature));
        model.set(signature, slot);
        const live = [...model.values()].filter((expiry) => expiry >= slotOf(nowMs));
        expect(guard.remembered(nowMs)).toHaveLength(live.length);
      }
    }),
  );
});

test('lists what it remembers in one order, however it came in', () => {
  const signatures: RememberedSignature[] = [
    { slot: slotOf(1_700_000_001_000), low: 1, high: 2, keyId: 3 },
    { slot: slotOf(1_700_000_001_000), low: -5, high: 2, keyId: 4 },
    { slot: slotOf(1_700_000_001_000), low: 1, high: 2, keyId: 4 },
    { slot: slotOf(1_700_000_001_000), low: 1, high: 3, keyId: 4 },
    { slot: slotOf(1_700_000_090_000), low: 0, high: 0, keyId: 1 },
  ];
  for (const order of [signatures, signatures.toReversed()]) {
    const guard = new ReplayGuard();
    for (const signature of order) guard.restore(signature);
    expect(guard.remembered(1_700_000_000_000)).toEqual(signatures);
    expect(guard.remembered(1_700_000_002_000)).toEqual(signatures.slice(4));
  }
});

test('holds thousands within one slot of time', () => {
  const guard = new ReplayGuard();
  const bytes = new Uint8Array(64);
  const view = new DataView(bytes.buffer);
  const admit = (index: number) => {
    view.setInt32(0, index, true);
    return guard.admit(bytes, 0, 1, 5000, 0);
  };
  for (let index = 0; index < 5000; index += 1) expect(admit(index)).toBe(true);
  for (let index = 0; index < 5000; index += 1) expect(admit(index)).toBe(false);
});
