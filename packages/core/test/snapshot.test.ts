import { RandomHistory } from '@glasshouse/testkit';
import type { Seq } from '@glasshouse/units';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  apply,
  createState,
  restore,
  SnapshotDamaged,
  type SnapshotSection,
  type State,
  snapshot,
} from '../src/index.js';
import { hashOf } from './hashing.js';

function stateAfter(requests: number): State {
  const state = createState();
  for (const { timeUs, request } of new RandomHistory(42).take(requests)) {
    apply(state, { seq: state.nextSeq as Seq, timeUs, request }, undefined);
  }
  return state;
}

describe('a snapshot', () => {
  let state: State;
  let sections: readonly SnapshotSection[];
  beforeAll(() => {
    state = stateAfter(800);
    sections = snapshot(state);
  });

  const changed = (name: string, change: (bytes: Uint8Array) => Uint8Array) =>
    sections.map((section) => (section.name === name ? { name, bytes: change(section.bytes) } : section));

  test('of an empty exchange restores', () => {
    const empty = createState();
    expect(hashOf(restore(snapshot(empty)))).toBe(hashOf(empty));
  });

  test('changes nothing, and is the same bytes each time', () => {
    expect(snapshot(state)).toEqual(sections);
    expect(snapshot(restore(sections))).toEqual(sections);
  });

  test('restores from sections in any order, out of a larger buffer', () => {
    const moved = sections.map(({ name, bytes }) => {
      const larger = new Uint8Array(bytes.length + 3);
      larger.set(bytes, 3);
      return { name, bytes: larger.subarray(3) };
    });
    expect(hashOf(restore(moved.reverse()))).toBe(hashOf(state));
  });

  test.each(['venue', 'people', 'balances', 'orders', 'requests'])('without its %s is refused', (name) => {
    expect(() => restore(sections.filter((section) => section.name !== name))).toThrow(SnapshotDamaged);
  });

  test.each(['venue', 'people', 'balances', 'orders', 'requests'])(
    'whose %s are cut short or too long is refused',
    (name) => {
      const length = sections.find((section) => section.name === name)?.bytes.length ?? 0;
      for (let cut = 1; cut < length; cut += Math.ceil(length / 50)) {
        expect(() => restore(changed(name, (bytes) => bytes.subarray(0, length - cut)))).toThrow(SnapshotDamaged);
      }
      expect(() => restore(changed(name, (bytes) => Uint8Array.from([...bytes, 0])))).toThrow(SnapshotDamaged);
    },
  );

  test('that counts more than it can hold is refused before anything is made of it', () => {
    const endless = new Uint8Array(8);
    for (const count of [-1, 0.5, 1e15, Number.NaN]) {
      new DataView(endless.buffer).setFloat64(0, count, true);
      for (const name of ['venue', 'people', 'orders', 'requests']) {
        expect(() => restore(changed(name, () => endless))).toThrow(SnapshotDamaged);
      }
    }
  });

  test('with an order of a market that is none is refused', () => {
    const orders = changed('orders', (bytes) => {
      const copy = bytes.slice();
      const view = new DataView(copy.buffer);
      const count = view.getFloat64(0, true);
      view.setFloat64(8 + 2 * 8 * count, 77, true);
      return copy;
    });
    expect(() => restore(orders)).toThrow('order of market 77');
  });
});

describe('the state hash', () => {
  test('is another after anything that lasts, and the same for the same state', () => {
    const hashes = [100, 101, 102, 103].map((requests) => hashOf(stateAfter(requests)));
    expect(new Set(hashes).size).toBe(4);
    expect(hashOf(stateAfter(100))).toBe(hashes[0]);
  });
});
