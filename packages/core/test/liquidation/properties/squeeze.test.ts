// Two robberies that other venues have seen, tried on this one: which limit bounds what is lost, in figures. A short of four million
// dollars in a thin perpetual, traded with oneself, whose price is driven to four times; and collateral whose price is driven up to
// borrow on it.
import { describe, expect, test } from 'vitest';
import { SqueezedVenue, type Terms, THIN } from './squeezed-venue.js';

const PRICE = 0.02;
const LOTS = 200_000_000;
const FOUR_TIMES = 4;
/** Seconds that the index needs for that: ln 4 ÷ ln 1.0025. */
const SECONDS = 556;
const FUNDS = 600_000;

type Squeeze = { readonly funds?: number; readonly terms?: Terms; readonly capacity?: number };

const perpTerms = (changed: { readonly updateCap?: number; readonly openInterestLimit?: string }): Terms => ({
  market: (market) =>
    market.symbol !== THIN || market.perp === undefined ? market : { ...market, perp: { ...market.perp, ...changed } },
  asset: (asset) =>
    asset.symbol !== 'kBONK' || asset.index === undefined || changed.updateCap === undefined
      ? asset
      : { ...asset, index: { ...asset.index, updateCap: changed.updateCap } },
});

/** Both sides are one person's. */
function opened({ funds = FUNDS, terms = {}, capacity }: Squeeze = {}) {
  const venue = new SqueezedVenue(terms);
  const [short, long] = ['short', 'long'].map((name) => venue.trader(name, { USDC: `${funds}` })) as [number, number];
  const provider = venue.trader('provider', { USDC: '2000000' });
  if (capacity !== undefined) {
    const markets = `${THIN}:${capacity}:${capacity}`;
    venue.command(provider, 'glassBackstopEnrol', { minimumEquity: '1000', markets });
  }
  const asked = venue.limit(short, 'Ask', `${PRICE}`, `${LOTS}`, { symbol: THIN });
  venue.limit(long, 'Bid', `${PRICE}`, `${LOTS}`, { symbol: THIN });
  return { venue, short, long, provider, asked };
}

function squeezed(squeeze: Squeeze = {}) {
  const all = opened(squeeze);
  all.venue.outside['kBONK'] = PRICE * FOUR_TIMES;
  all.venue.seconds(SECONDS + 4);
  return all;
}

const takenUsd = (venue: SqueezedVenue): number =>
  venue.of('deleveraged').reduce((sum, { takenAtoms }) => sum + takenAtoms, 0) / 1e6;

describe('a short of four million dollars in a thin perpetual', () => {
  test('needs the margin of its size: twelve percent, where a small one needs two', () => {
    const { asked } = opened({ funds: 300_000 });
    expect(asked).toMatchObject([{ kind: 'rejected', reason: 'insufficientMargin', details: { required: 480_000 } }]);
  });

  test('is not opened at all beyond the limit of open interest', () => {
    const { venue, short, long } = opened({ terms: perpTerms({ openInterestLimit: '100000000' }) });
    expect(venue.worth(short)).toBe(FUNDS);
    expect(venue.of('rejected').map(({ reason }) => reason)).toContain('openInterestLimit');
    expect(venue.of('orderFilled')).toEqual([]);
    expect(venue.worth(long)).toBe(FUNDS);
  });

  test('costs the venue nothing when the price is driven to four times: it closes against the long it was traded with', () => {
    const { venue, short, long } = squeezed();
    expect(venue.mark(THIN)).toBeCloseTo(PRICE * FOUR_TIMES, 8);
    expect(venue.lostUsd).toBe(0);
    expect(takenUsd(venue)).toBe(0);
    expect(venue.worth(short)).toBeCloseTo(0, 0);
    expect(venue.worth(short, long)).toBeLessThanOrEqual(2 * FUNDS);
    expect(venue.worth(short, long) + venue.fundUsd).toBeGreaterThan(2 * FUNDS - 3_000);
  });

  test('is closed while it has equity, because a second moves the mark by a quarter of a percent and no more', () => {
    const { venue } = opened();
    venue.outside['kBONK'] = PRICE * FOUR_TIMES;
    venue.seconds(60);
    expect(venue.mark(THIN)).toBeLessThanOrEqual(PRICE * 1.0025 ** 61);
    const [started] = venue.of('liquidationStarted');
    expect(started?.standing.netEquityUsd).toBeGreaterThan(0);
    expect(started?.standing.netEquityUsd).toBeGreaterThan((started?.standing.exposureUsd ?? 0) * 0.06);
  });

  test('costs others nothing even where the price may double in a second: the long pays out of its profit', () => {
    const { venue, short, long } = squeezed({ terms: perpTerms({ updateCap: 1 }) });
    expect(venue.lostUsd).toBe(0);
    const deficit = LOTS * PRICE - FUNDS;
    expect(takenUsd(venue)).toBeGreaterThan(deficit);
    expect(takenUsd(venue)).toBeLessThan(deficit + 2_000);
    expect(venue.worth(short, long)).toBeLessThanOrEqual(2 * FUNDS);
  });

  test('costs a provider that takes a part over what that part moves by, which its capacity bounds', () => {
    const capacity = 5_000_000;
    const { venue, short, long, provider } = squeezed({ capacity });
    const lost = 2_000_000 - venue.worth(provider);
    expect(lost).toBeGreaterThan(0);
    expect(lost).toBeLessThanOrEqual(capacity * PRICE * (FOUR_TIMES - 1));
    expect(venue.worth(short, long)).toBeLessThanOrEqual(2 * FUNDS + lost);
    expect(venue.lostUsd).toBe(0);
  });

  test('cannot be driven by trades of the venue itself: the mark stays within five percent of the index', () => {
    const { venue, short, long } = opened({ funds: 900_000 });
    const at = (multiple: number): string => (PRICE * multiple).toFixed(6);
    venue.limit(long, 'Bid', at(1.03), '1000', { symbol: THIN });
    venue.limit(short, 'Ask', at(1.05), '1000', { symbol: THIN });
    for (let round = 0; round < 40; round += 1) {
      venue.limit(short, 'Ask', at(1.04), '1000', { symbol: THIN });
      venue.limit(long, 'Bid', at(1.04), '1000', { symbol: THIN });
      venue.seconds(5);
    }
    expect(venue.mark(THIN)).toBeGreaterThan(PRICE);
    expect(venue.mark(THIN)).toBeLessThanOrEqual(PRICE * 1.05 + 1e-12);
    expect(venue.of('liquidationStarted')).toEqual([]);
  });
});

describe('collateral whose price is driven to four times', () => {
  const SOL = 7_000;
  const QUIET = 150;
  const REAL_USD = SOL * QUIET;
  const PART_USD = 5_000;

  /** Borrows and takes away what it may while the price rises; then the price is what it was. Returns what left the venue, in USD. */
  function pumped(terms: Terms, lentUsd = 20_000_000) {
    const venue = new SqueezedVenue(terms);
    venue.trader('lender', { USDC: `${lentUsd}` });
    const thief = venue.trader('thief', { SOL: `${SOL}` });
    let goneUsd = 0;
    const drain = (): void => {
      for (let part = 0; part < 4; part += 1) {
        const quantity = `${PART_USD}`;
        venue.command(thief, 'borrowLendExecute', { symbol: 'USDC', side: 'Borrow', quantity });
        const terms = { symbol: 'USDC', quantity, blockchain: 'Sandbox', address: 'away' };
        const gone = venue.command(thief, 'withdraw', terms);
        if (gone.some(({ kind }) => kind === 'withdrawalRequested')) goneUsd += PART_USD;
      }
    };
    venue.outside['SOL'] = QUIET * FOUR_TIMES;
    venue.seconds(SECONDS + 10, drain);
    venue.outside['SOL'] = QUIET;
    venue.seconds(SECONDS + 10);
    return { venue, goneUsd, lostUsd: Math.max(0, -venue.worth(thief)) };
  }

  const lending = (borrowLimit: string, sized: boolean): Terms => ({
    asset: (asset) => {
      if (asset.symbol === 'USDC' && asset.lending !== undefined) {
        return { ...asset, lending: { ...asset.lending, borrowLimit } };
      }
      return asset.symbol === 'SOL' && !sized ? { ...asset, collateral: { weight: 0.9 } } : asset;
    },
  });

  test('costs lenders nothing when one account may borrow less than what the collateral is really worth', () => {
    const { goneUsd, lostUsd } = pumped(lending('500000', true));
    expect(goneUsd).toBe(500_000);
    expect(lostUsd).toBe(0);
  });

  test('is borrowed on at the weight of its size: no more than its counted value by one and the initial margin', () => {
    const { goneUsd, lostUsd } = pumped(lending('1000000000', true));
    const heldUsd = REAL_USD * FOUR_TIMES;
    const counted = (heldUsd * 1.1) / (1 + 0.0002 * Math.sqrt(heldUsd));
    expect(counted).toBeLessThan(heldUsd * 0.79);
    expect(goneUsd).toBeLessThanOrEqual(counted / 1.1);
    expect(lostUsd).toBeLessThanOrEqual(counted / 1.1 - REAL_USD + 100);
  });

  test('would cost more without that weight', () => {
    const sized = pumped(lending('1000000000', true));
    const flat = pumped(lending('1000000000', false));
    expect(flat.lostUsd).toBeGreaterThan(sized.lostUsd * 1.2);
  });

  test('takes no more than a pool has to lend', () => {
    const { goneUsd } = pumped(lending('1000000000', true), 1_000_000);
    expect(goneUsd).toBeLessThanOrEqual(950_000);
  });
});
