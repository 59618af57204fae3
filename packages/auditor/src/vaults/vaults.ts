// Vaults as their events tell them, held against the auditor's own books before each event is on them: what the vault's account is worth,
// what is paid to get in and out, who is paid first, and how many tokens there are.
import type { Event, VaultMinted, VaultNavSampled, VaultRedeemChanged, VaultView } from '@glasshouse/protocol';
import type { Catalogue } from '../books/catalogue.js';
import type { FindingLog, Place } from '../books/finding.js';
import type { Ledger } from '../books/ledger.js';
import type { PositionBook } from '../books/positions.js';
import { type Exact, exact, scaled, ZERO } from '../exact.js';
import { PriceBoard } from '../liquidation/board.js';
import { Standings } from '../liquidation/standing.js';
import { meanOf, type Sample, samplesWithin } from './mean.js';

type Valued = Pick<VaultMinted, 'nav' | 'twapNav' | 'vaultEquity'>;

type Followed = {
  supply: bigint;
  samples: readonly Sample[];
  /** Ids of redemptions, in the order in which they were asked for. */
  readonly waiting: Set<number>;
};

/** What doubles may differ by, and the last digits of an equity that is told to the atom. */
const RELATIVE = exact('1e-9');
const FEW_ATOMS = exact('5e-6');
/** A product of doubles may fall on the other side of a whole atom. */
const ONE_ATOM = exact(1);

export class VaultBook {
  readonly #vaults = new Map<number, Followed>();
  readonly #board: PriceBoard;
  readonly #standings: Standings;

  constructor(
    private readonly catalogue: Catalogue,
    private readonly ledger: Ledger,
    positions: PositionBook,
  ) {
    this.#board = new PriceBoard(catalogue);
    this.#standings = new Standings(catalogue, ledger, positions, this.#board);
  }

  /** Before the event is on the books. */
  observe(event: Event, timeUs: number, findings: FindingLog): void {
    this.#board.observe(event);
    switch (event.kind) {
      case 'vaultMinted':
        return this.#mint(event, timeUs, findings);
      case 'vaultRedeemChanged':
        return this.#redeem(event, timeUs, findings);
      case 'vaultNavSampled':
        return this.#sample(event, timeUs, findings);
      default:
    }
  }

  #of(vaultId: number): Followed {
    const known = this.#vaults.get(vaultId) ?? { supply: 0n, samples: [], waiting: new Set<number>() };
    this.#vaults.set(vaultId, known);
    return known;
  }

  #mint(event: VaultMinted, timeUs: number, findings: FindingLog): void {
    const vault = this.catalogue.vault(event.vaultId);
    const followed = this.#of(event.vaultId);
    const place = { accountId: event.accountId, assetId: vault.tokenAssetId };
    this.#expectValued(vault, event, timeUs, findings);
    const cost = this.#depositAtoms(vault, event.tokenAtoms, Math.max(event.nav, event.twapNav)).ceil();
    expectNear('vaultPrice', place, cost, event.quantityAtoms, findings);
    followed.supply += BigInt(event.tokenAtoms);
    findings.expectSame('vaultSupply', place, followed.supply, event.supplyAtoms);
  }

  #redeem({ redeem, supplyAtoms, valued }: VaultRedeemChanged, timeUs: number, findings: FindingLog): void {
    const vault = this.catalogue.vault(redeem.vaultId);
    const followed = this.#of(redeem.vaultId);
    const place = { accountId: redeem.accountId, assetId: vault.tokenAssetId };
    if (redeem.status === 'requested') followed.waiting.add(redeem.redeemId);
    else this.#leave(followed, redeem, place, findings);
    if (redeem.status === 'redeemed' && valued !== undefined) {
      this.#expectValued(vault, valued, timeUs, findings);
      const isLast = followed.supply === BigInt(redeem.tokenAtoms);
      const nav = isLast ? valued.nav : Math.min(valued.nav, valued.twapNav);
      expectNear(
        'vaultPrice',
        place,
        this.#depositAtoms(vault, redeem.tokenAtoms, nav).floor(),
        redeem.quantityAtoms,
        findings,
      );
      followed.supply -= BigInt(redeem.tokenAtoms);
      if (isLast) followed.samples = [];
    }
    findings.expectSame('vaultSupply', place, followed.supply, supplyAtoms);
  }

  /** Paid in order; taken back at any time. */
  #leave(followed: Followed, redeem: VaultRedeemChanged['redeem'], place: Place, findings: FindingLog): void {
    const { waiting } = followed;
    const [first] = waiting;
    const { redeemId } = redeem;
    const mayGo = redeem.status === 'cancelled' ? waiting.has(redeemId) : first === redeemId;
    if (!mayGo) findings.add('vaultQueue', place, first ?? 'nobody', redeemId);
    waiting.delete(redeemId);
  }

  #sample(event: VaultNavSampled, timeUs: number, findings: FindingLog): void {
    const vault = this.catalogue.vault(event.vaultId);
    const followed = this.#of(event.vaultId);
    this.#expectValued(vault, event, timeUs, findings);
    findings.expectSame('vaultSupply', { assetId: vault.tokenAssetId }, followed.supply, event.supplyAtoms);
    const kept = samplesWithin(followed.samples, timeUs, vault.navWindowMs);
    followed.samples = [...kept, { timeUs, nav: event.nav }];
  }

  #expectValued(vault: VaultView, told: Valued, timeUs: number, findings: FindingLog): void {
    const place = { accountId: vault.accountId, assetId: vault.tokenAssetId };
    const { supply, samples } = this.#of(vault.vaultId);
    const { equity, slack } = this.#equityOf(vault);
    const near = (expected: Exact, actual: number, most: Exact): void => {
      if (expected.minus(actual).abs().greaterThan(most)) findings.add('vaultValued', place, expected, actual);
    };
    near(equity, told.vaultEquity, slack);
    if (supply === 0n) return near(exact(1), told.nav, ZERO);
    const tokens = scaled(supply.toString(), this.catalogue.asset(vault.tokenAssetId).decimals);
    near(exact(told.vaultEquity).dividedBy(tokens), told.nav, exact(Math.abs(told.nav)).times(RELATIVE));
    const mean = meanOf(samples, timeUs, vault.navWindowMs) ?? exact(told.nav);
    near(mean, told.twapNav, exact(Math.abs(told.twapNav)).times(RELATIVE).plus(RELATIVE));
  }

  /** In units of the deposit asset; what has neither an index nor a weight as collateral counts for nothing. */
  #equityOf({ accountId, depositAssetId }: VaultView): { readonly equity: Exact; readonly slack: Exact } {
    const { worth, gross } = this.#standings.of(accountId);
    const price = this.#board.usd(depositAssetId);
    const counted = worth.minus(this.#uncountedUsd(accountId));
    return { equity: counted.dividedBy(price), slack: gross.times(RELATIVE).plus(FEW_ATOMS).dividedBy(price) };
  }

  #uncountedUsd(accountId: number): Exact {
    let usd = ZERO;
    for (const { assetId, index, collateral, decimals } of this.catalogue.assets) {
      if (index !== undefined || collateral !== undefined) continue;
      usd = usd.plus(scaled(this.ledger.columns(accountId, assetId).cash.toString(), decimals));
    }
    return usd;
  }

  #depositAtoms({ depositAssetId, tokenAssetId }: VaultView, tokenAtoms: number, nav: number): Exact {
    const decimalsOf = (assetId: number): number => this.catalogue.asset(assetId).decimals;
    const tokens = scaled(tokenAtoms, decimalsOf(tokenAssetId));
    return tokens.times(nav).times(exact(10).pow(decimalsOf(depositAssetId)));
  }
}

function expectNear(rule: 'vaultPrice', place: Place, expected: Exact, actual: number, findings: FindingLog): void {
  const most = expected.abs().times(RELATIVE).plus(ONE_ATOM);
  if (expected.minus(actual).abs().greaterThan(most)) findings.add(rule, place, expected, actual);
}
