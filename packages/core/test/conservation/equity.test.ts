// What nobody gains or loses by: settlement itself, lending and taking back, and changing one's mind about either. Tried out on
// copies of an exchange at random places of random histories; claims are compared atom by atom, equity in USD beside them.
import { Random } from '@glasshouse/testkit';
import { describe, expect, test } from 'vitest';
import { settleAccount } from '../../src/clock/settlement.js';
import { marginView, type State } from '../../src/index.js';
import { allClaims, type Claims } from './claims.js';
import { Explained } from './explained.js';
import { play, seeds } from './history-run.js';
import { Probe } from './probes.js';

/** One request in so many is followed by probes. */
const EVERY = 60;
const RELATIVE = 1e-9;

type Standing = { readonly claims: readonly Claims[]; readonly equityUsd: readonly number[] };

function standingOf(state: State): Standing {
  const equityUsd = Array.from({ length: state.accounts.count + 1 }, (_, accountId) =>
    accountId === 0 ? 0 : (marginView(state, accountId)?.netEquityUsd ?? Number.NaN),
  );
  return { claims: allClaims(state), equityUsd };
}

function expectSameEquity(before: Standing, after: Standing): void {
  before.equityUsd.forEach((equity, accountId) => {
    const now = after.equityUsd[accountId] ?? Number.NaN;
    const most = RELATIVE * Math.max(1, Math.abs(equity));
    if (!(Math.abs(now - equity) <= most)) expect({ accountId, equity: now }).toEqual({ accountId, equity });
  });
}

/** But for interest that a full repayment posts, and what an account's own orders did. */
function expectSameClaims(probe: Probe, events: Parameters<Explained['observe']>[0][], before: Standing): void {
  const explained = new Explained(probe.state);
  for (const event of events) explained.observe(event);
  const expected = before.claims.map((claims, accountId) =>
    claims.map((atoms, place) => atoms + explained.of(accountId, place + 1)),
  );
  expect(allClaims(probe.state)).toEqual(expected);
}

function settleAll(state: State): void {
  for (let id = state.exposed.firstFrom(1); id !== -1; id = state.exposed.firstFrom(id + 1)) settleAccount(state, id);
}

/** Collateral that is sold for a loss fetches a price of its own: its equity changes by trading, not by settling. */
function probeSettlement(state: State): void {
  const probe = new Probe(state);
  const before = standingOf(probe.state);
  const events = probe.within(settleAll);
  expectSameClaims(probe, [...events], before);
  if (events.every(({ kind }) => kind !== 'orderFilled')) expectSameEquity(before, standingOf(probe.state));
}

/** Equity at weights: a repayment takes from what counts at its weight and from what counts in full. */
function probeCommand(state: State, random: Random): void {
  const probe = new Probe(state);
  const accountId = random.between(1, state.accounts.count);
  const before = standingOf(probe.state);
  const events = random.chance(50)
    ? probe.command(accountId, 'accountUpdate', { [random.pick(SETTINGS)]: random.chance(50) })
    : probe.command(accountId, 'borrowLendExecute', {
        symbol: random.pick(['USDC', 'BTC', 'ETH', 'SOL', 'USDT']),
        side: random.pick(['Lend', 'Borrow']),
        quantity: `${random.between(1, random.chance(50) ? 100 : 100_000)}`,
      });
  expectSameClaims(probe, [...events], before);
  const owes = events.some((event) => event.kind === 'borrowLendChanged' && !INNER.includes(event.change));
  if (!owes) expectSameEquity(before, standingOf(probe.state));
}

const SETTINGS = ['autoLend', 'autoRealizePnl', 'autoBorrowSettlements', 'autoRepayBorrows'] as const;
const INNER: readonly string[] = ['lend', 'redeem'];

describe.each(seeds)('history %d', (seed) => {
  test('settlement, lending and settings move claims about and change none', () => {
    const random = new Random(seed);
    play(seed, ({ state, count }) => {
      if (count % EVERY !== 0 || state.accounts.count === 0) return;
      probeSettlement(state);
      for (let tries = 0; tries < 4; tries += 1) probeCommand(state, random);
    });
  });
});
