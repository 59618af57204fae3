// AUDIT_REQUESTS requests of a random venue (default 3,000): what the core says of itself adds up, and a changed event does not.
import { CrashHistory, RandomHistory, RfqHistory, VaultHistory } from '@glasshouse/testkit';
import { describe, expect, test } from 'vitest';
import { audited } from './lies.js';
import { historyOf } from './random-steps.js';

const REQUESTS = Number(process.env['AUDIT_REQUESTS'] ?? 3_000);

/** In which a mark comes to the edge of its band, and others give way after a loan has gone over. */
const LONGER: Readonly<Record<number, number>> = { 2: 6_600 };

/** An hour without a premium pays nothing; the event does not tell it from one with premiums of nothing. */
const WITHOUT_PREMIUMS = 'fundingRate';

describe('a random history', () => {
  test.each([1, 2, 3])('of crashes adds up, with all that liquidations move: seed %d', (seed) => {
    const steps = historyOf(new CrashHistory(seed), Math.max(REQUESTS, LONGER[seed] ?? 0));
    const findings = audited(steps).findings.filter(({ rule }) => rule !== WITHOUT_PREMIUMS);
    expect(findings).toEqual([]);
    const moved = new Set(steps.flatMap(({ events }) => events.map(({ kind }) => kind)));
    expect(moved).toContain('liquidationStarted');
  });

  test.each([4, 5])('with vaults adds up, with what their tokens are worth: seed %d', (seed) => {
    const steps = historyOf(new VaultHistory(seed), REQUESTS);
    const findings = audited(steps).findings.filter(({ rule }) => rule !== WITHOUT_PREMIUMS);
    expect(findings).toEqual([]);
    const moved = new Set(steps.flatMap(({ events }) => events.map(({ kind }) => kind)));
    expect([...moved]).toEqual(expect.arrayContaining(['vaultMinted', 'vaultRedeemChanged', 'vaultNavSampled']));
  });

  test.each([1, 2, 3])('of requests for quotes adds up: seed %d', (seed) => {
    const steps = historyOf(new RfqHistory(seed), REQUESTS);
    const findings = audited(steps).findings.filter(({ rule }) => rule !== WITHOUT_PREMIUMS);
    expect(findings).toEqual([]);
    const moved = new Set(steps.flatMap(({ events }) => events.map(({ kind }) => kind)));
    expect([...moved]).toEqual(expect.arrayContaining(['rfqFilled', 'dustConverted']));
  });

  test('adds up', () => {
    const steps = historyOf(new RandomHistory(1), REQUESTS);
    const report = audited(steps);
    expect(report.findings).toEqual([]);
    expect(report.steps).toBe(REQUESTS);
    expect(steps.filter(({ events }) => events.some(({ kind }) => kind === 'orderFilled')).length).toBeGreaterThan(50);
  });
});
