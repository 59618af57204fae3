import { RISK_GENESIS } from '@glasshouse/testkit';
import type { Price, TimeUs } from '@glasshouse/units';
import { expect, test } from 'vitest';
import { marginView } from '../../src/index.js';
import { Venue } from '../venue.js';

const markets = RISK_GENESIS.markets.filter(({ perp }) => perp === undefined);

test('a debtor of a venue without perpetuals is left alone, because there is no asset to settle in, and the venue goes on', () => {
  const venue = new Venue({ genesis: { ...RISK_GENESIS, risk: undefined, markets }, checked: true });
  const { state } = venue;
  const price = (symbol: string, usd: number): void => {
    const entry = state.assetPrices[(state.assets.bySymbol(symbol)?.assetId ?? 0) - 1];
    if (entry === undefined) throw new Error(`${symbol} is not listed`);
    entry.indexPrice = usd as Price;
    entry.liveSources = entry.sources.length;
    state.priceVersion += 1;
  };
  price('SOL', 150);
  venue.trader('lender', { USDC: '1000000' });
  const debtor = venue.trader('debtor', {});
  venue.command(debtor, 'accountUpdate', { autoLend: false, autoRepayBorrows: false });
  venue.deposit(debtor, 'SOL', '10');
  venue.command(debtor, 'borrowLendExecute', { symbol: 'USDC', side: 'Borrow', quantity: '700' });
  venue.command(debtor, 'withdraw', { symbol: 'USDC', quantity: '600', blockchain: 'Sandbox', address: 'away' });
  price('SOL', 1);
  state.schedule.nextSampleUs = 1 as TimeUs;
  const events = [...venue.pass(1), ...venue.pass(2000)];
  expect(marginView(state, venue.accountOf(debtor))?.netEquityUsd).toBeLessThan(0);
  expect(events.map(({ kind }) => kind)).not.toContain('liquidationStarted');
  expect(state.settlementAssetId).toBe(0);
});
