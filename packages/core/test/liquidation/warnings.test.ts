import type { Event, MarginWarning } from '@glasshouse/protocol';
import type { Price } from '@glasshouse/units';
import { beforeEach, describe, expect, it } from 'vitest';
import { restore, type State, snapshot } from '../../src/index.js';
import { queueDue } from '../../src/liquidation/rotation.js';
import { BTC, LiquidationVenue } from './liquidation-venue.js';

describe('an owner', () => {
  let state: State;
  let accountId: number;
  beforeEach(() => {
    const venue = new LiquidationVenue();
    const maker = venue.trader('maker', { USDC: '50000000' });
    const long = venue.trader('long', { USDC: '3000' });
    venue.trade(long, maker, BTC, '100000', '1');
    accountId = venue.accountOf(long);
    state = venue.state;
  });

  /** What owners are told of a sample in which BTC is at this price, mark and index. */
  function told(price: number): MarginWarning[] {
    const events: Event[] = [];
    for (const { symbol, prices } of state.markets.list) {
      if (symbol === BTC) [prices.markPrice, prices.indexPrice] = [price as Price, price as Price];
    }
    state.priceVersion += 1;
    state.scope.emit = (event) => events.push(event);
    queueDue(state);
    return events.filter((event): event is MarginWarning => event.kind === 'marginWarning');
  }

  const levels = (price: number): number[] => told(price).map(({ level }) => level);

  it('is told of each level once, with the margin as it is then', () => {
    expect(levels(98_000)).toEqual([]);
    const [warning] = told(97_810);
    expect(warning).toMatchObject({ accountId, level: 0.8 });
    const { maintenanceMarginUsd = 0, netEquityUsd = 1 } = warning?.standing ?? {};
    expect(maintenanceMarginUsd / netEquityUsd).toBeGreaterThanOrEqual(0.8);
    expect(levels(97_800)).toEqual([]);
    expect(levels(97_715)).toEqual([0.9]);
    expect(levels(97_680)).toEqual([0.95]);
    expect(levels(97_685)).toEqual([]);
  });

  it('is told of the highest of several levels that come at once', () => {
    expect(levels(97_680)).toEqual([0.95]);
  });

  it('is told again only after the ratio has been a twentieth below the level', () => {
    expect(levels(97_810)).toEqual([0.8]);
    expect(levels(97_840)).toEqual([]);
    expect(levels(97_810)).toEqual([]);
    expect(levels(97_900)).toEqual([]);
    expect(levels(97_810)).toEqual([0.8]);
  });

  it('is not told of what the exchange acts on already', () => {
    expect(levels(97_500)).toEqual([]);
    expect(levels(97_650)).toEqual([]);
  });

  it('is told nothing twice by a node that starts again', () => {
    expect(levels(97_810)).toEqual([0.8]);
    state = restore(snapshot(state));
    expect(levels(97_805)).toEqual([]);
    expect(levels(97_715)).toEqual([0.9]);
  });
});
