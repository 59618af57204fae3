import { decodeCommand, encodeRequests, INSTRUCTION, isMalformed, REQUEST_KIND } from '@glasshouse/protocol';
import { describe, expect, test } from 'vitest';
import { Random, RandomHistory } from '../src/index.js';

const bytesOf = (seed: number) => encodeRequests(new RandomHistory(seed).take(2000).map(({ request }) => request));

describe('a random history', () => {
  test('is the same for the same seed and another for another', () => {
    expect(bytesOf(7)).toEqual(bytesOf(7));
    expect(bytesOf(8)).not.toEqual(bytesOf(7));
  });

  test('begins with the genesis, and time never goes back', () => {
    const history = new RandomHistory(1).take(3000);
    expect(history.filter(({ request }) => request.kind === REQUEST_KIND.genesis)).toEqual([history[0]]);
    const times = history.map(({ timeUs }) => timeUs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  test('asks for everything that can be asked', () => {
    const kinds = new Set<string>();
    for (const { request } of new RandomHistory(1).take(3000)) {
      if (request.kind !== REQUEST_KIND.signed) continue;
      const decoded = decodeCommand(request.bytes, request.payloadStart, request.payloadEnd);
      if (!isMalformed(decoded)) kinds.add(decoded.command.kind);
    }
    expect([...kinds].sort()).toEqual(Object.keys(INSTRUCTION).sort());
  });
});

describe('random numbers', () => {
  test('stay in their bounds and reach both', () => {
    const random = new Random(1);
    const drawn = new Set(Array.from({ length: 1000 }, () => random.between(-2, 3)));
    expect([...drawn].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2, 3]);
  });

  test('cannot be picked from nothing', () => {
    expect(() => new Random(1).pick([])).toThrow(RangeError);
  });
});
