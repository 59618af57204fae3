// Histories of crashes with vaults in them. conservation/history-run.ts says how to make them longer.
import type { Event } from '@glasshouse/protocol';
import { VaultHistory } from '@glasshouse/testkit';
import { describe, expect, test } from 'vitest';
import { checkInvariants, createState, type State, vaultNavView, vaultViews } from '../../src/index.js';
import { expectBalanced, expectExplained } from '../conservation/accounted.js';
import { allClaims, type Claims } from '../conservation/claims.js';
import { COMMANDS, CUSTOMERS, seeds } from '../conservation/history-run.js';
import { eventsOf, Replicas } from '../replicas.js';

const CHECKPOINT = 100;
const happened = new Set<string>();

function nameOf(event: Event): string {
  if (event.kind === 'vaultRedeemChanged') return `${event.kind} ${event.redeem.status}`;
  return event.kind === 'rejected' ? event.reason : event.kind;
}

/** Tokens that came into being, negative: were burnt, by vault. */
function issuedBy(event: Event): readonly [vaultId: number, atoms: number] | undefined {
  if (event.kind === 'vaultMinted') return [event.vaultId, event.tokenAtoms];
  if (event.kind !== 'vaultRedeemChanged' || event.redeem.status !== 'redeemed') return undefined;
  return [event.redeem.vaultId, -event.redeem.tokenAtoms];
}

/** What a token is worth; undefined while there is none. */
function navOf(state: State, vaultId: number): number | undefined {
  const view = vaultNavView(state, vaultId);
  return view === undefined || view.supplyAtoms === 0 ? undefined : view.nav;
}

describe.each(seeds)('history %d', (seed) => {
  test('owes what it has, tells every change of every account, and has as many tokens as were minted and not burnt', () => {
    const history = new VaultHistory(seed, CUSTOMERS);
    const state = createState();
    const issued = new Map<number, number>();
    let before: Claims[] = [];
    for (let count = 1; count <= COMMANDS; count += 1) {
      const events = eventsOf(state, history.next());
      for (const event of events) {
        history.observe(event);
        happened.add(nameOf(event));
        const [vaultId, atoms] = issuedBy(event) ?? [0, 0];
        issued.set(vaultId, (issued.get(vaultId) ?? 0) + atoms);
      }
      for (const { vaultId } of vaultViews(state)) {
        expect(vaultNavView(state, vaultId)?.supplyAtoms).toBe(issued.get(vaultId) ?? 0);
      }
      const after = allClaims(state);
      expectBalanced(state, after);
      expectExplained(state, events, before, after);
      checkInvariants(state);
      before = after;
    }
  });

  test('a redemption is paid no more than its share, by the moment and by the mean', () => {
    const history = new VaultHistory(seed, CUSTOMERS);
    const state = createState();
    for (let count = 1; count <= COMMANDS; count += 1) {
      for (const event of eventsOf(state, history.next())) {
        history.observe(event);
        if (event.kind !== 'vaultRedeemChanged' || event.valued === undefined) continue;
        const { redeem, valued, supplyAtoms } = event;
        const { depositAssetId = 0, tokenAssetId = 0 } = state.vaults.get(redeem.vaultId) ?? {};
        const unitsOf = (assetId: number): number => 10 ** (state.assets.get(assetId)?.decimals ?? 0);
        const nav = supplyAtoms === 0 ? valued.nav : Math.min(valued.nav, valued.twapNav);
        const share = (redeem.tokenAtoms / unitsOf(tokenAssetId)) * nav * unitsOf(depositAssetId);
        expect(redeem.quantityAtoms).toBeLessThanOrEqual(share * (1 + 1e-12));
        expect(redeem.quantityAtoms).toBeGreaterThan(share - 2);
      }
    }
  });

  test('a mint takes nothing from who is in already', () => {
    const history = new VaultHistory(seed, CUSTOMERS);
    const state = createState();
    for (let count = 1; count <= COMMANDS; count += 1) {
      for (const event of eventsOf(state, history.next())) {
        history.observe(event);
        if (event.kind !== 'vaultMinted' || event.supplyAtoms === event.tokenAtoms) continue;
        const after = navOf(state, event.vaultId) ?? 0;
        expect(after).toBeGreaterThanOrEqual(event.nav * (1 - 1e-9));
      }
    }
  });

  test('comes to one state in every replica, and to what its events say', () => {
    const history = new VaultHistory(seed, CUSTOMERS);
    const replicas = new Replicas(seed);
    for (let count = 1; count <= COMMANDS; count += 1) {
      for (const event of replicas.apply(history.next())) history.observe(event);
      if (count % CHECKPOINT === 0 || count === COMMANDS) replicas.expectEqual();
    }
  });
});

test('histories bring about all that can happen to a vault, and most of what is refused', () => {
  const expected = [
    'vaultListed',
    'vaultChanged',
    'vaultMinted',
    'vaultNavSampled',
    'vaultRedeemChanged requested',
    'vaultRedeemChanged cancelled',
    'vaultRedeemChanged redeemed',
    'accountIsVault',
    'vaultUnknown',
    'vaultClosed',
    'vaultCap',
    'redeemPending',
    'redeemUnknown',
  ];
  expect(expected.filter((name) => !happened.has(name))).toEqual([]);
});
