// What operators decide. One market is halted and reopened; the others are left to trade.

import type { ExchangeSettings, FeeTier, MarketStateName, OperatorAction } from '@glasshouse/protocol';
import { fakePublicKey } from '../genesis.js';
import { HISTORY_GENESIS } from './genesis.js';
import { decimalOf } from './orders.js';
import type { Scene } from './scene.js';

const HALTED = 'ETH_USDC';

function settings({ random }: Scene): ExchangeSettings {
  return { ...HISTORY_GENESIS.settings, maxOpenOrdersPerAccount: random.between(20, 60) };
}

function feeTiers({ random }: Scene): readonly FeeTier[] {
  return HISTORY_GENESIS.spotFeeTiers.map((tier) => ({
    ...tier,
    makerPpm: random.between(-200, 900),
    takerPpm: random.between(200, 1500),
  }));
}

function listing(scene: Scene): OperatorAction {
  const { random } = scene;
  const [, btc] = HISTORY_GENESIS.assets;
  const [market] = HISTORY_GENESIS.markets;
  if (btc === undefined || market === undefined) throw new RangeError('the venue lists nothing');
  const symbol = `NEW${random.between(1, 9)}`;
  if (random.chance(60)) return { kind: 'listAsset', asset: { ...btc, symbol } };
  return { kind: 'listMarket', market: { ...market, symbol: `${symbol}_USDC`, base: symbol } };
}

function filters(scene: Scene): OperatorAction {
  const market = scene.random.pick(HISTORY_GENESIS.markets);
  const wider = { ...market, limitMaxPpm: scene.random.between(1_500_000, 3_000_000), impactMaxPpm: 1_020_000 };
  return { kind: 'setMarketFilters', market: scene.random.chance(50) ? wider : market };
}

function marketState(state: MarketStateName): OperatorAction {
  return { kind: 'setMarketState', symbol: HALTED, state };
}

const STATES = ['Open', 'PostOnly', 'LimitOnly', 'CancelOnly', 'Closed'] as const;

function anyAction(scene: Scene): OperatorAction {
  const { random, cast } = scene;
  const customerId = random.between(1, cast.customers);
  const choice = random.below(100);
  if (choice < 15) return marketState(random.pick(STATES));
  if (choice < 55) return { kind: 'setCustomerTier', customerId, tier: random.below(4) };
  if (choice < 70) return { kind: 'setFeeTiers', spotFeeTiers: feeTiers(scene) };
  if (choice < 80) return { kind: 'setSettings', settings: settings(scene) };
  if (choice < 88) return filters(scene);
  if (choice < 97) return listing(scene);
  if (choice < 98) return { kind: 'markOperatorCustomer', customerId };
  return { kind: 'revokeServiceKey', publicKey: fakePublicKey(`nobody${decimalOf(choice, 1)}`) };
}

export function proposeAction(scene: Scene, action: OperatorAction): void {
  scene.lastProposalId += 1;
  scene.ask(scene.cast.service('operator', 0), 'propose', { action: JSON.stringify(action) });
}

export function propose(scene: Scene): void {
  if (scene.random.chance(97)) proposeAction(scene, anyAction(scene));
  else scene.ask(scene.cast.service('operator', 0), 'propose', { action: '{"kind":"abolish"}' });
}

export function approve(scene: Scene): void {
  const { random, cast, lastProposalId } = scene;
  const proposalId = Math.max(1, lastProposalId - (random.chance(80) ? 0 : random.below(5)));
  scene.ask(cast.service('operator', random.chance(95) ? 1 : 0), 'approve', { proposalId });
}

export function approveLast(scene: Scene): void {
  scene.ask(scene.cast.service('operator', 1), 'approve', { proposalId: Math.max(1, scene.lastProposalId) });
}

/** Back from wherever the market is, step by step as after any halt. */
export function reopen(scene: Scene): void {
  for (const state of ['PostOnly', 'Open'] as const) {
    scene.later(() => proposeAction(scene, marketState(state)));
    scene.later(() => approveLast(scene));
  }
}
