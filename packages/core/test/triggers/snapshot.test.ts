import { describe, expect, test } from 'vitest';
import { restore, snapshot, triggerOrderViews } from '../../src/index.js';
import { hashOf } from '../hashing.js';
import { PERP, TriggerVenue } from './trigger-venue.js';

/** Waiting by each kind of price, exits of an open order and of a gone one, and fifty that are due. */
function full(): { venue: TriggerVenue; alice: number } {
  const venue = new TriggerVenue();
  venue.print('150');
  venue.print('150', PERP);
  const alice = venue.trader('alice', { USDC: '100000', SOL: '100' });
  const exits = { takeProfitTriggerPrice: '160', stopLossTriggerPrice: '140', stopLossLimitPrice: '139' };
  for (const triggerBy of ['LastPrice', 'MarkPrice', 'IndexPrice']) {
    venue.stop(alice, 'Bid', '170', '1', { symbol: PERP, triggerBy, takeProfitTriggerPrice: '180' });
    venue.stop(alice, 'Ask', '130', '25.5%', { symbol: PERP, triggerBy, slippageTolerance: '0.5' });
  }
  venue.limit(alice, 'Bid', '150', '10', { symbol: PERP, ...exits });
  venue.limit(venue.makerKey, 'Ask', '150', '4', { symbol: PERP });
  venue.limit(venue.makerKey, 'Ask', '150.5', '1', { symbol: PERP });
  venue.order(alice, 'Bid', { symbol: PERP, quantity: '1', stopLossTriggerPrice: '141' });
  for (let count = 0; count < 300; count += 1) venue.stop(alice, 'Bid', '145', '0.01', { price: '100' });
  venue.print('145');
  return { venue, alice };
}

describe('a snapshot', () => {
  test('holds everything that waits, is due or is planned', () => {
    const { venue, alice } = full();
    const { state } = venue;
    expect([state.triggers.size, state.triggers.dueCount, state.exits.size]).toEqual([6 + 2 + 1 + 50, 50, 1]);
    const restored = restore(snapshot(state));
    expect(hashOf(restored)).toBe(hashOf(state));
    expect(triggerOrderViews(restored, venue.accountOf(alice))).toEqual(
      triggerOrderViews(state, venue.accountOf(alice)),
    );
    expect([restored.triggers.dueCount, restored.exits.countOf(venue.accountOf(alice))]).toEqual([50, 2]);
  });

  test('differs when one waiting order does', () => {
    const { venue, alice } = full();
    const before = hashOf(restore(snapshot(venue.state)));
    venue.command(alice, 'orderCancelAll', { symbol: PERP, orderType: 'ConditionalOrder' });
    expect(hashOf(venue.state)).not.toBe(before);
  });
});
