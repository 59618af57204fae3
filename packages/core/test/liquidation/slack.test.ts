// What of an account's money may move without its being looked at again.
import { Random } from '@glasshouse/testkit';
import { beforeEach, describe, expect, it } from 'vitest';
import { WARNING_LEVELS } from '../../src/liquidation/scan/levels.js';
import { roomUsd } from '../../src/liquidation/scan/radius.js';
import { scanMargins } from '../../src/liquidation/scan/scan.js';
import { REACH, surplusOf } from '../../src/liquidation/scan/surplus.js';
import { Slack } from '../../src/state/watch/slack.js';
import { Crowd } from './crowd.js';

const raisedOf = (slack: Slack): number[] => {
  const raised: number[] = [];
  slack.takeRaised((accountId) => raised.push(accountId));
  return raised;
};

describe('slack', () => {
  let slack: Slack;
  beforeEach(() => {
    slack = new Slack();
    for (const accountId of [1, 2, 3]) slack.grant(accountId, 10);
  });

  it('raises whoever has lost more than is granted, once, and nobody at the very limit', () => {
    slack.shift(2, -10);
    slack.shift(3, -11);
    slack.shift(3, -1);
    expect(raisedOf(slack)).toEqual([3]);
    expect(raisedOf(slack)).toEqual([]);
  });

  it('raises nobody whose loss is made good in time', () => {
    slack.shift(1, -50);
    slack.shift(1, 50);
    expect(raisedOf(slack)).toEqual([]);
  });

  it('raises whoever is disturbed, whatever is gained after', () => {
    slack.disturb(1);
    slack.shift(1, 1_000_000);
    expect(raisedOf(slack)).toEqual([1]);
  });

  it('knows nothing of an account that it has never heard of, and raises it with its first loss', () => {
    slack.shift(1000, -1);
    expect(raisedOf(slack)).toEqual([1000]);
  });
});

describe('a position of 10,000 dollars behind as much', () => {
  let crowd: Crowd;
  let accountId: number;
  /** What may be lost before the account is looked at again, in dollars. */
  let slackUsd: number;
  beforeEach(() => {
    crowd = new Crowd(new Random(5));
    accountId = crowd.join(1);
    crowd.credit(accountId, 'USDC', 10_000);
    crowd.trade(accountId, 10_000);
    expect(scanMargins(crowd.state)).toEqual({ due: [], changes: [] });
    slackUsd = roomUsd(surplusOf(crowd.state, accountId), WARNING_LEVELS[0] ?? 0) / 32 / REACH;
    expect(slackUsd).toBeGreaterThan(5);
  });

  function expectSlack(): void {
    crowd.claim(accountId, -Math.floor(slackUsd));
    expect(crowd.state.watch.slack.isSpent(accountId)).toBe(false);
    crowd.claim(accountId, -1);
    expect(crowd.state.watch.slack.isSpent(accountId)).toBe(true);
  }

  it('is looked at again after so much of a loss that nothing else can go wrong meanwhile', () => {
    expectSlack();
  });

  it.each([0.97, 1.03])('neither gains nor loses slack by settling, prices having moved by a factor %d', (factor) => {
    for (const market of crowd.perps) crowd.setMark(market, market.prices.markPrice * factor);
    crowd.settle(accountId);
    expectSlack();
  });

  it('has as much slack after lending and redeeming', () => {
    crowd.payBack(accountId, 'USDC', 9000);
    crowd.borrow(accountId, 'USDC', 9000);
    expectSlack();
  });
});
