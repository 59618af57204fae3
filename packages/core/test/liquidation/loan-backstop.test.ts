import { describe, expect, test } from 'vitest';
import { liquidationStatistics } from '../../src/index.js';
import { HOUSE } from '../../src/state/balances.js';
import { LoanVenue } from './loan-venue.js';

/** Ten SOL at 150 for collateral and 1,000 USDC owed and spent; nobody bids, and providers are asked as soon as the book takes nothing. */
function debtor() {
  const venue = new LoanVenue();
  const { risk } = venue.state;
  venue.state.risk = { ...risk, liquidation: { ...risk.liquidation, bookPatience: 1 } };
  const lender = venue.trader('lender', { USDC: '1000000', BTC: '100', SOL: '10000' });
  const account = venue.manual('debtor', { SOL: '10' });
  venue.borrow(account, 'USDC', '1000');
  venue.spend(account, 'USDC', '1000');
  const provider = (name: string, assets = 'USDC:100000:100000', funds: Readonly<Record<string, string>> = RICH) => {
    const keyId = venue.manual(name, funds);
    venue.command(keyId, 'glassBackstopEnrol', { minimumEquity: '100', assets });
    return keyId;
  };
  const owed = (keyId: number) => -venue.loan(keyId, 'USDC');
  return { venue, lender, account, provider, owed };
}

const RICH = { BTC: '1' };

describe('a provider of loans', () => {
  test('takes over a tenth a second of what the book does not take, with collateral that is worth as much', () => {
    const { venue, account, provider, owed } = debtor();
    const backstop = provider('provider');
    venue.worth('SOL', 115);
    const [assigned] = venue.of('loanAssigned');
    expect(assigned).toMatchObject({ assetId: 1, collateralFrom: 'available' });
    expect(assigned?.quantityAtoms).toBe(100_000_001);
    expect(owed(backstop)).toBe(100.000001);
    expect(owed(account)).toBeCloseTo(900, 5);
    const worth = venue.held(backstop, 'SOL') * 115;
    expect(worth).toBeGreaterThanOrEqual(100.000001);
    expect(worth).toBeLessThan(100.0001);
    expect(venue.of('deleveraged')).toEqual([]);
  });

  test('goes on until the account is sound, and no further than it must', () => {
    const { venue, account, provider, owed } = debtor();
    provider('provider');
    venue.worth('SOL', 115);
    venue.rounds(20);
    const [ended] = venue.of('liquidationEnded');
    expect(ended?.reason).toBe('recovered');
    const { maintenanceMarginUsd = 0, netEquityUsd = 0 } = ended?.standing ?? {};
    expect(maintenanceMarginUsd).toBeLessThan(netEquityUsd);
    expect(maintenanceMarginUsd).toBeGreaterThan(netEquityUsd * 0.999);
    expect(owed(account)).toBeGreaterThan(0);
    const taken = venue.of('loanAssigned').reduce((sum, { quoteAtoms }) => sum + quoteAtoms, 0);
    expect(liquidationStatistics(venue.state).sinceGenesis.backstop.usd).toBeCloseTo(taken / 1e6, 6);
  });

  test('takes all of it in one turn below the auto-close fraction', () => {
    const { venue, account, provider } = debtor();
    provider('provider');
    venue.worth('SOL', 113);
    expect(venue.of('loanAssigned').length).toBeGreaterThan(1);
    expect(venue.of('liquidationEnded')).toMatchObject([{ reason: 'recovered' }]);
    expect(venue.ratio(account)).toBeLessThan(1);
  });

  test('and the fund are paid out of the equity behind what it takes, and no more than half of it', () => {
    const { venue, provider } = debtor();
    provider('provider');
    venue.worth('SOL', 115);
    const [assigned] = venue.of('loanAssigned');
    const [started] = venue.of('liquidationStarted');
    const fees = (assigned?.providerFeeAtoms ?? 0) + (assigned?.fundFeeAtoms ?? 0);
    const equity = started?.standing.netEquityUsd ?? 0;
    expect(fees).toBeGreaterThan(0);
    expect(fees).toBeLessThanOrEqual(Math.min(1_500_001, (equity / 10) * 0.5 * 1e6 + 1));
    expect(assigned?.providerFeeAtoms).toBeGreaterThan(assigned?.fundFeeAtoms ?? 0);
  });

  test.each([
    ['its capacity', 'USDC:40:1000', RICH, 40],
    ['its hour', 'USDC:1000:70', RICH, 70],
    ['nothing of assets that it has not named', 'BTC:1:1', RICH, 0],
    ['nothing below its minimum equity', 'USDC:1000:1000', { BTC: '0.0001' }, 0],
  ])('takes over no more than %s', (_what, assets, funds, most) => {
    const { venue, provider, owed } = debtor();
    const backstop = provider('provider', assets, funds);
    venue.worth('SOL', 115);
    venue.rounds(3);
    expect(owed(backstop)).toBeCloseTo(most, 6);
  });

  test('is asked by its own initial margin', () => {
    const { venue, provider, owed } = debtor();
    const backstop = provider('provider', 'USDC:100000:100000', { BTC: '0.0011' });
    venue.worth('SOL', 113);
    expect(owed(backstop)).toBeGreaterThan(100);
    expect(venue.margin(backstop).lockedUsd).toBeLessThan(venue.margin(backstop).netEquityUsd);
  });

  test('that has lent the asset has lent less of it afterwards, and is lent to by its collateral where that was lent', () => {
    const { venue, provider } = debtor();
    const lending = venue.trader('lending', { SOL: '10' });
    venue.borrow(lending, 'USDC', '1000');
    venue.spend(lending, 'USDC', '1000');
    const backstop = provider('provider', 'USDC:100000:100000', { USDC: '5000' });
    venue.command(backstop, 'borrowLendExecute', { symbol: 'USDC', side: 'Lend', quantity: '5000' });
    venue.worth('SOL', 113);
    expect(venue.of('loanAssigned').map(({ collateralFrom }) => collateralFrom)).toContain('lent');
    expect(venue.loan(backstop, 'USDC')).toBeLessThan(5_000);
    expect(venue.loan(backstop, 'USDC')).toBeGreaterThan(3_000);
    expect(venue.loan(backstop, 'SOL')).toBeGreaterThan(0);
  });

  test('shares by how full it is', () => {
    const { venue, provider, owed } = debtor();
    const [large, small] = [provider('large', 'USDC:300:1000'), provider('small', 'USDC:150:1000')];
    venue.worth('SOL', 115);
    venue.rounds(2);
    expect(owed(large)).toBeGreaterThan(0);
    expect(owed(small)).toBeGreaterThan(0);
    expect(owed(large)).toBeGreaterThan(owed(small));
  });

  test('is held to its offer of loans when it leaves', () => {
    const { venue, provider, owed } = debtor();
    const backstop = provider('provider');
    venue.command(backstop, 'glassBackstopLeave', {});
    venue.worth('SOL', 115);
    expect(owed(backstop)).toBeGreaterThan(0);
  });

  test('takes no loan of who has nothing left: the fund pays for that', () => {
    const { venue, provider } = debtor();
    const { houseAtoms } = venue.state.balances.of(1);
    (houseAtoms[HOUSE.backstopFund] as number) += 1_000_000_000;
    (houseAtoms[HOUSE.chain] as number) -= 1_000_000_000;
    provider('provider');
    venue.worth('SOL', 50);
    expect(venue.of('loanAssigned')).toEqual([]);
  });
});
