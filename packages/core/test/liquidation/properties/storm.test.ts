// STORM_SEEDS storms (default 40), the first of seed STORM_FIRST_SEED (default 1), of STORM_MOVES moves of prices each (default 8).
import type { EventKind } from '@glasshouse/protocol';
import { describe, expect, test } from 'vitest';
import { Storm } from './storm.js';

const SEEDS = Number(process.env['STORM_SEEDS'] ?? 40);
const FIRST_SEED = Number(process.env['STORM_FIRST_SEED'] ?? 1);
const MOVES = Number(process.env['STORM_MOVES'] ?? 8);
const seeds = Array.from({ length: SEEDS }, (_, index) => FIRST_SEED + index);
const happened = new Set<EventKind>();

describe.each(seeds)('storm %d', (seed) => {
  test('breaks no rule of liquidation at any event, and goes on the same from any snapshot', () => {
    const storm = new Storm(seed);
    storm.blow(MOVES);
    for (const { kind } of storm.events) happened.add(kind);
  });
});

test('storms bring about all that liquidation can do', () => {
  expect(EVERYTHING.filter((kind) => !happened.has(kind))).toEqual([]);
});

const EVERYTHING: readonly EventKind[] = [
  'liquidationStarted',
  'liquidationStep',
  'backstopAssigned',
  'loanAssigned',
  'deleveraged',
  'deficitCovered',
  'negativeBalanceRecorded',
  'liquidationEnded',
];
