// Lending pools: their sums from balances, their rates from the curve, and every account's interest from the pool's own indexes.
import type { AssetView, Event, InterestPosted, PoolView } from '@glasshouse/protocol';
import { Exact, exact, larger, sum, ZERO } from '../exact.js';
import { Accrual, postable } from '../interest/accrual.js';
import { PoolClock } from '../interest/indexes.js';
import type { FindingLog } from './finding.js';
import type { Columns } from './ledger.js';
import type { VirtualTotal } from './unsettled.js';

type Interest = { readonly loan: Accrual; readonly unsettled: Accrual };
type Pool = {
  readonly assetId: number;
  readonly clock: PoolClock;
  readonly interest: Map<number, Interest>;
  /** Of accounts' balances. */
  lent: bigint;
  borrowed: bigint;
  shown: PoolView | undefined;
};

/** How far a rate in doubles may be off, relatively. */
const RATE_TOLERANCE = exact('1e-9');

export class PoolBook {
  readonly #pools = new Map<number, Pool>();
  /** Whose utilisation or curve this step changed. */
  readonly #changed = new Set<Pool>();
  readonly #counted = new Map<Columns, { lent: bigint; borrowed: bigint }>();

  observe(event: Event, timeUs: number, findings: FindingLog): void {
    if (event.kind === 'assetListed' || event.kind === 'assetChanged') this.#list(event.asset, timeUs);
    if (event.kind === 'interestPosted') this.#post(event, timeUs, findings);
    if (event.kind === 'poolChanged') {
      const pool = this.#pools.get(event.pool.assetId);
      if (pool !== undefined) pool.shown = event.pool;
    }
  }

  /** After everything else is closed: principals and utilisation hold from this step's time on. */
  closeStep(touched: Iterable<Columns>, timeUs: number, virtual: (assetId: number) => VirtualTotal): void {
    for (const columns of touched) {
      const pool = this.#pools.get(columns.assetId);
      if (pool === undefined) continue;
      this.#count(pool, columns);
      this.#setPrincipals(pool, columns, timeUs);
      this.#changed.add(pool);
    }
    for (const pool of this.#changed) {
      const { lent, borrowed } = sumsOf(pool, virtual(pool.assetId));
      pool.clock.change(timeUs, lent.toString(), borrowed.toString());
    }
    this.#changed.clear();
  }

  /**
   * `beside` is what else the pool has beside lends: what the house has earned of the asset, lent like the rest as long as the pool
   * has not paid it, less what positions have cost.
   */
  checkShown(
    virtual: (assetId: number) => VirtualTotal,
    reserve: (assetId: number) => bigint,
    beside: (assetId: number) => bigint,
    findings: FindingLog,
  ): void {
    for (const pool of this.#pools.values()) {
      if (pool.shown === undefined) continue;
      const { assetId } = pool;
      checkPool(pool, pool.shown, { virtual: virtual(assetId), besideAtoms: beside(assetId) }, findings);
      findings.expectSame('reserveFollows', { assetId }, reserve(assetId), pool.shown.reserveAtoms);
      pool.shown = undefined;
    }
  }

  /** What borrowers owe already and are not charged yet. */
  uncharged(assetId: number, timeUs: number): Exact {
    const pool = this.#pools.get(assetId);
    if (pool === undefined) return ZERO;
    const now = pool.clock.at(timeUs);
    const accruals = [...pool.interest.values()].flatMap(({ loan, unsettled }) => [loan, unsettled]);
    const debts = accruals.filter(({ principal }) => principal.lessThanOrEqualTo(0));
    return sum(debts.map((accrual) => larger(ZERO, accrual.at(now).negated())));
  }

  get assetIds(): readonly number[] {
    return [...this.#pools.keys()];
  }

  #list({ assetId, lending }: AssetView, timeUs: number): void {
    if (lending === undefined) return;
    const known = this.#pools.get(assetId);
    if (known !== undefined) {
      known.clock.setCurve(lending);
      this.#changed.add(known);
      return;
    }
    const clock = new PoolClock(lending, timeUs);
    this.#pools.set(assetId, { assetId, clock, interest: new Map(), lent: 0n, borrowed: 0n, shown: undefined });
  }

  #post(event: InterestPosted, timeUs: number, findings: FindingLog): void {
    const { accountId, assetId, interestAtoms, source } = event;
    const pool = this.#pools.get(assetId);
    const interest = pool?.interest.get(accountId);
    if (pool === undefined || interest === undefined) {
      findings.add('interestAccrued', { accountId, assetId }, 0, interestAtoms);
      return;
    }
    const accrual = source === 'unsettledPnl' ? interest.unsettled : interest.loan;
    const gathered = accrual.at(pool.clock.at(timeUs));
    if (!isPostable(gathered, accrual.principal, interestAtoms)) {
      findings.add('interestAccrued', { accountId, assetId }, postable(gathered).toFixed(), interestAtoms);
    }
    accrual.post(interestAtoms);
  }

  #count(pool: Pool, columns: Columns): void {
    const before = this.#counted.get(columns) ?? { lent: 0n, borrowed: 0n };
    const lent = BigInt(columns.shown?.lentAtoms ?? 0);
    const borrowed = BigInt(columns.shown?.borrowedAtoms ?? 0);
    pool.lent += lent - before.lent;
    pool.borrowed += borrowed - before.borrowed;
    this.#counted.set(columns, { lent, borrowed });
  }

  #setPrincipals(pool: Pool, { accountId, loan, unsettled }: Columns, timeUs: number): void {
    const known = pool.interest.get(accountId);
    if (known === undefined && loan === 0n && unsettled === 0n) return;
    const now = pool.clock.at(timeUs);
    const interest = known ?? { loan: new Accrual(now), unsettled: new Accrual(now) };
    pool.interest.set(accountId, interest);
    interest.loan.setPrincipal(now, loan.toString());
    interest.unsettled.setPrincipal(now, unsettled.toString());
  }
}

/** Doubles may put a sum that lies at a whole atom on its other side. */
function isPostable(gathered: Exact, principal: Exact, atoms: number): boolean {
  const slack = gathered.abs().times('1e-9').plus(principal.abs().times('1e-15')).plus('1e-6');
  return (
    postable(gathered.minus(slack)).lessThanOrEqualTo(atoms) &&
    postable(gathered.plus(slack)).greaterThanOrEqualTo(atoms)
  );
}

const sumsOf = (pool: Pool, virtual: VirtualTotal) => ({
  lent: pool.lent + virtual.lent,
  borrowed: pool.borrowed + virtual.borrowed,
});

type Beside = { readonly virtual: VirtualTotal; readonly besideAtoms: bigint };

function checkPool(pool: Pool, shown: PoolView, { virtual, besideAtoms }: Beside, findings: FindingLog): void {
  const place = { assetId: pool.assetId };
  const { lent, borrowed } = sumsOf(pool, virtual);
  findings.expectSame('poolSums', place, lent, shown.lentAtoms);
  findings.expectSame('poolSums', place, borrowed, shown.borrowedAtoms);
  findings.expectSame('poolSums', place, virtual.lent, shown.virtualLentAtoms);
  findings.expectSame('poolSums', place, virtual.borrowed, shown.virtualBorrowedAtoms);
  const most = lent + besideAtoms;
  if (borrowed > most) findings.add('poolCash', place, `borrowed at most ${most}`, borrowed);
  const { utilization, borrowRate, lendRate } = pool.clock.rates;
  const pairs = [
    [utilization, shown.utilization],
    [borrowRate, shown.borrowRate],
    [lendRate, shown.lendRate],
  ] as const;
  for (const [expected, actual] of pairs) {
    const tolerance = Exact.max(expected.abs(), '1e-12').times(RATE_TOLERANCE);
    if (expected.minus(actual).abs().greaterThan(tolerance)) findings.add('poolRates', place, expected, actual);
  }
}
