import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SequencerClock } from '../src/sequencer-clock.js';

it('follows the steady clock inside a millisecond of the wall clock', () => {
  const times = { wallMs: 1_000, steadyMs: 7.25 };
  const clock = new SequencerClock(0, { wallMs: () => times.wallMs, steadyMs: () => times.steadyMs });
  expect(clock.nowUs()).toBe(1_000_000);
  times.steadyMs = 7.5;
  expect(clock.nowUs()).toBe(1_000_250);
  times.steadyMs = 8.3;
  times.wallMs = 1_001;
  expect(clock.nowUs()).toBe(1_001_050);
});

it('jumps forward with the wall clock', () => {
  const times = { wallMs: 1_000, steadyMs: 0 };
  const clock = new SequencerClock(0, { wallMs: () => times.wallMs, steadyMs: () => times.steadyMs });
  clock.nowUs();
  times.wallMs = 90_000;
  expect(clock.nowUs()).toBe(90_000_000);
});

it('starts where the log ended when the wall clock is behind it', () => {
  const clock = new SequencerClock(5_000_000, { wallMs: () => 1_000, steadyMs: () => 0 });
  expect(clock.nowUs()).toBe(5_000_000);
});

it('never runs back and, once ahead of the log, stays within the wall millisecond, whatever the clocks do', () => {
  const reading = fc.record({ wallMs: fc.nat(10_000), stepUs: fc.nat(5_000) });
  fc.assert(
    fc.property(fc.array(reading, { maxLength: 50 }), (readings) => {
      const times = { wallMs: 0, steadyMs: 0 };
      const clock = new SequencerClock(0, { wallMs: () => times.wallMs, steadyMs: () => times.steadyMs });
      let last = 0;
      let highestWallMs = 0;
      for (const { wallMs, stepUs } of readings) {
        times.wallMs = wallMs;
        times.steadyMs += stepUs / 1_000;
        highestWallMs = Math.max(highestWallMs, wallMs);
        const us = clock.nowUs();
        expect(us).toBeGreaterThanOrEqual(last);
        expect(Math.floor(us / 1_000)).toBe(highestWallMs);
        last = us;
      }
    }),
  );
});
