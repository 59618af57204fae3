import { signedRequest } from '@glasshouse/protocol';
import { fakeSignature, TEST_GENESIS } from '@glasshouse/testkit';
import type { Seq } from '@glasshouse/units';
import { describe, expect, test } from 'vitest';
import { apply, restore, snapshot } from '../src/index.js';
import { hashOf } from './hashing.js';
import { summary, Venue } from './venue.js';

const TEXT = 'instruction=orderCancelAll&symbol=SOL_USDC';
const EXPIRED = ['rejected requestExpired'];
const FUTURE = ['rejected requestFromFuture'];
const REPLAYED = ['rejected requestReplayed'];

describe('the window of a request', () => {
  test.each([
    ['now', 0, 5000, []],
    ['at its very end', -5000, 5000, []],
    ['a millisecond too late', -5001, 5000, EXPIRED],
    ['at the end of the longest window', -60_000, 60_000, []],
    ['a millisecond after the longest', -60_001, 60_000, EXPIRED],
    ['in the shortest window', -1, 1, []],
    ['after the shortest', -2, 1, EXPIRED],
    ['as far ahead as is tolerated', 5000, 1, []],
    ['a millisecond further ahead', 5001, 60_000, FUTURE],
  ])('%s', (_name, offsetMs, windowMs, outcome) => {
    const venue = new Venue();
    const alice = venue.trader('alice');
    venue.maker.nowMs += offsetMs;
    const request = venue.maker.text(alice, TEXT, windowMs);
    venue.maker.nowMs -= offsetMs;
    expect(summary(venue.apply(request))).toEqual(outcome);
  });

  test('counts whole milliseconds of sequenced time, whatever microseconds it has', () => {
    const venue = new Venue();
    const alice = venue.trader('alice');
    const request = venue.maker.text(alice, TEXT, 5000);
    venue.maker.nowMs += 5000.999;
    expect(summary(venue.apply(request))).toEqual([]);
  });

  test('the tolerance of the future is a setting', () => {
    const settings = { ...TEST_GENESIS.settings, futureToleranceMs: 0 };
    const venue = new Venue({ genesis: { ...TEST_GENESIS, settings } });
    const alice = venue.trader('alice');
    venue.maker.nowMs += 1;
    const request = venue.maker.text(alice, TEXT);
    venue.maker.nowMs -= 1;
    expect(summary(venue.apply(request))).toEqual(FUTURE);
  });
});

describe('a request that was received already', () => {
  test('is refused until it has expired, then it is expired', () => {
    const venue = new Venue();
    const alice = venue.trader('alice');
    const request = venue.maker.text(alice, TEXT, 5000);
    expect(summary(venue.apply(request))).toEqual([]);
    for (const wait of [0, 1, 998, 4001]) {
      venue.maker.nowMs += wait;
      expect(summary(venue.apply(request))).toEqual(REPLAYED);
    }
    venue.maker.nowMs += 1;
    expect(summary(venue.apply(request))).toEqual(EXPIRED);
  });

  test('is refused though it was dated ahead and waits as long as any can', () => {
    const settings = { ...TEST_GENESIS.settings, futureToleranceMs: 60_000 };
    const venue = new Venue({ genesis: { ...TEST_GENESIS, settings } });
    const alice = venue.trader('alice');
    venue.maker.nowMs += 60_000;
    const request = venue.maker.text(alice, TEXT, 60_000);
    venue.maker.nowMs -= 60_000;
    venue.apply(request);
    for (let second = 0; second < 120; second += 1) {
      venue.maker.nowMs += 1000;
      venue.apply(venue.maker.text(alice, TEXT, 1 + second * 500));
      expect(summary(venue.apply(request))).toEqual(REPLAYED);
    }
    venue.maker.nowMs += 1;
    expect(summary(venue.apply(request))).toEqual(EXPIRED);
  });

  test('is one of the same signature and key: either alone makes another', () => {
    const venue = new Venue();
    const [alice, bob] = [venue.trader('alice'), venue.trader('bob')];
    const { bytes, payloadStart } = venue.maker.text(alice, TEXT);
    const payload = bytes.slice(payloadStart);
    const outcomes = [
      signedRequest(alice, fakeSignature(-1), payload),
      signedRequest(bob, fakeSignature(-1), payload),
      signedRequest(alice, fakeSignature(-2), payload),
      signedRequest(alice, fakeSignature(-1), payload),
      signedRequest(bob, fakeSignature(-1), payload),
    ].map((request) => summary(venue.apply(request)));
    expect(outcomes).toEqual([[], [], [], REPLAYED, REPLAYED]);
  });

  test('is known after a restart from a snapshot', () => {
    const venue = new Venue();
    const alice = venue.trader('alice');
    const requests = [1, 5000, 60_000].map((windowMs) => venue.maker.text(alice, TEXT, windowMs));
    for (const request of requests) venue.apply(request);
    const restored = restore(snapshot(venue.state));
    expect(hashOf(restored)).toBe(hashOf(venue.state));
    for (const request of requests) {
      const kinds: string[] = [];
      const { nextSeq, timeUs } = restored;
      apply(restored, { seq: nextSeq as Seq, timeUs, request }, (event) => kinds.push(...summary([event])));
      expect(kinds).toEqual(REPLAYED);
    }
  });

  test('is not remembered when its key, text or time was wrong: it may still come right', () => {
    const venue = new Venue();
    const alice = venue.trader('alice');
    venue.maker.nowMs += 6000;
    const early = venue.maker.text(alice, TEXT);
    venue.maker.nowMs -= 6000;
    expect(summary(venue.apply(early))).toEqual(FUTURE);
    venue.maker.nowMs += 1000;
    expect(summary(venue.apply(early))).toEqual([]);
  });
});
