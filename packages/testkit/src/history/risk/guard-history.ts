// A history with margin in which customers guard their withdrawals: with a delay, saved addresses, codes.
import { INSTRUCTION, type Request } from '@glasshouse/protocol';
import { fakePublicKey } from '../../genesis.js';
import { type Parameters, signatureText } from '../../requests.js';
import type { Account } from '../cast.js';
import { approveLast, proposeAction } from '../operators.js';
import * as people from '../people.js';
import * as feeds from './feeds.js';
import { RiskHistory, type WeightedAction } from './risk-history.js';
import type { RiskScene } from './risk-scene.js';
import { RISK_STAGE } from './stage.js';

const GUARDED_STAGE = {
  ...RISK_STAGE,
  genesis: {
    ...RISK_STAGE.genesis,
    keys: [...RISK_STAGE.genesis.keys, { publicKey: fakePublicKey('two factor'), role: 'twoFactor' as const }],
  },
};

const STEP_MS = 30_000;
const FEW_ADDRESSES = 6;

type Kind = keyof typeof INSTRUCTION;

const someone = ({ cast, random }: RiskScene): Account => random.pick(cast.accounts);
const someAddress = ({ random }: RiskScene): string => `address-${random.below(FEW_ADDRESSES)}`;

function confirm(scene: RiskScene, accountId: number, request: Request): void {
  const { cast, random, maker } = scene;
  const now = Math.floor(maker.nowMs / STEP_MS);
  const step = now + (random.chance(90) ? random.between(-1, 1) : 5);
  const signature = signatureText(request);
  scene.ask(cast.service('twoFactor'), 'confirmTwoFactor', { accountId, signature, step });
}

/** Mostly with a code, now and then without, or with one for something else. */
function guarded(scene: RiskScene, kind: Kind, parameters: Parameters, account = someone(scene)): void {
  const { cast, random, maker } = scene;
  const request = maker.command(cast.signer(account, random), INSTRUCTION[kind], parameters);
  if (random.chance(80)) confirm(scene, account.accountId, request);
  scene.add(request);
}

function delay(scene: RiskScene): void {
  const { random } = scene;
  const withdrawalDelayHours = random.chance(90) ? random.between(0, 6) : 1000;
  guarded(scene, random.chance(40) ? 'createWithdrawalDelay' : 'updateWithdrawalDelay', { withdrawalDelayHours });
}

function save(scene: RiskScene): void {
  const blockchain = scene.random.chance(95) ? 'Sandbox' : 'Moon';
  guarded(scene, 'saveAddress', { blockchain, address: someAddress(scene), name: 'cold' });
}

function remove(scene: RiskScene): void {
  guarded(scene, 'removeAddress', { addressId: scene.random.between(1, 4) });
}

function book(scene: RiskScene): void {
  guarded(scene, 'setAddressBook', { enabled: scene.random.chance(60) });
}

function codes(scene: RiskScene): void {
  guarded(scene, scene.random.chance(70) ? 'enableTwoFactor' : 'disableTwoFactor', {});
}

function withdraw(scene: RiskScene): void {
  const { random } = scene;
  const symbol = random.pick(['USDC', 'USDC', 'SOL']);
  const quantity = scene.worth(symbol, random.between(20, 4000));
  scene.lastWithdrawalId += 1;
  guarded(scene, 'requestWithdrawal', { symbol, quantity, blockchain: 'Sandbox', address: someAddress(scene) });
}

/** One that waits if any is known, else a guess. */
function takeBack(scene: RiskScene): void {
  const { random, cast, waiting } = scene;
  const known = waiting.size > 0 ? random.pick([...waiting]) : undefined;
  const [withdrawalId, accountId] = known ?? [random.between(1, 20), 0];
  const account = cast.accounts.find((one) => one.accountId === accountId) ?? someone(scene);
  scene.ask(cast.signer(account, random), 'cancelWithdrawal', { withdrawalId });
}

function reset(scene: RiskScene): void {
  proposeAction(scene, { kind: 'resetTwoFactor', customerId: scene.random.between(1, scene.cast.customers) });
  scene.later(() => approveLast(scene));
}

const GUARDS: readonly WeightedAction[] = [
  [30, delay],
  [40, save],
  [8, remove],
  [12, book],
  [30, codes],
  [90, withdraw],
  [25, takeBack],
  [5, reset],
  [25, feeds.hours],
  [30, people.confirmWithdrawal],
];

export class GuardHistory extends RiskHistory {
  constructor(seed: number, customers?: number) {
    super(seed, customers, GUARDS, GUARDED_STAGE);
  }
}
