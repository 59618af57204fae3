// A history of crashes in which operators list vaults, people pay in and out of them, and their managers bet with what came in.
import type { VaultTermsConfiguration } from '@glasshouse/protocol';
import type { Account } from '../cast.js';
import { approveLast, proposeAction } from '../operators.js';
import { decimalOf } from '../orders.js';
import { CRASHES } from './crash-history.js';
import { RiskHistory, type WeightedAction } from './risk-history.js';
import type { RiskScene } from './risk-scene.js';

const MAX_VAULTS = 3;

function terms({ random }: RiskScene): VaultTermsConfiguration {
  const navSampleMs = random.pick([1_000, 5_000, 60_000]);
  return {
    mintsEnabled: random.chance(90),
    redeemsEnabled: random.chance(90),
    minMintQuantity: random.pick(['1', '10', '100']),
    minRedeemTokens: random.pick(['0.001', '1', '50']),
    tokenCap: random.pick(['5000', '400000', '10000000']),
    redeemDelayMs: random.pick([0, 3_000, 3_600_000]),
    navSampleMs,
    navWindowMs: navSampleMs * random.pick([1, 12, 1000]),
  };
}

/** Of an account that nobody has used yet, but for some. */
function listVault(scene: RiskScene): void {
  const { random, cast, managers } = scene;
  if (managers.length === MAX_VAULTS) return;
  scene.ask(cast.service('registrar'), 'createAccount', { publicKey: cast.register() });
  const manager = cast.accounts.at(-1);
  if (manager === undefined) return;
  managers.push(manager);
  const vault = {
    ...terms(scene),
    accountId: random.chance(95) ? manager.accountId : 1,
    token: `VLT${managers.length}`,
    displayName: 'Vault',
    decimals: random.pick([6, 8]),
    tokenStepSize: random.pick(['0.001', '1']),
    symbol: managers.length < MAX_VAULTS ? 'USDC' : 'BTC',
  };
  proposeAction(scene, { kind: 'listVault', vault });
  scene.later(() => approveLast(scene));
}

function changeTerms(scene: RiskScene): void {
  const vaultId = scene.random.between(1, MAX_VAULTS);
  proposeAction(scene, { kind: 'setVaultTerms', vault: { ...terms(scene), vaultId } });
  scene.later(() => approveLast(scene));
}

const someone = ({ cast, random }: RiskScene): Account => random.pick(cast.accounts);

/** Mostly one of these. */
function oneOf(scene: RiskScene, accountIds: readonly number[]): Account {
  const { random, cast } = scene;
  if (accountIds.length === 0 || random.chance(10)) return someone(scene);
  const accountId = random.pick(accountIds);
  return cast.accounts.find((account) => account.accountId === accountId) ?? someone(scene);
}

function mint(scene: RiskScene): void {
  const { random, cast } = scene;
  const vaultId = random.between(1, MAX_VAULTS);
  const symbol = vaultId === MAX_VAULTS ? 'BTC' : random.pick(['USDC', 'USDC', 'USDC', 'BTC']);
  scene.ask(cast.signer(someone(scene), random), 'vaultMint', {
    vaultId,
    symbol,
    quantity: scene.worth(symbol, random.chance(80) ? random.between(1, 20_000) : random.between(1, 400_000)),
    ...(random.chance(30) && { autoBorrow: random.chance(60) }),
    ...(random.chance(30) && { autoLendRedeem: random.chance(60) }),
  });
}

function redeem(scene: RiskScene): void {
  const { random, cast } = scene;
  const whose = random.chance(15) ? scene.leaving.keys() : scene.investors;
  scene.ask(cast.signer(oneOf(scene, [...whose]), random), 'vaultRedeem', {
    vaultId: random.between(1, MAX_VAULTS),
    ...(random.chance(60) && { vaultTokenQuantity: decimalOf(random.between(1, 900_000), 3) }),
  });
}

function cancelRedeem(scene: RiskScene): void {
  const { random, cast } = scene;
  const account = oneOf(scene, [...scene.leaving.keys()]);
  const vaultId = scene.leaving.get(account.accountId) ?? random.between(1, MAX_VAULTS);
  scene.ask(cast.signer(account, random), 'vaultRedeemCancel', { vaultId });
}

/** What a manager tries with what is not his own: away with it. */
function embezzle(scene: RiskScene): void {
  const { random, managers } = scene;
  if (managers.length === 0) return;
  const { ownerKeyId } = random.pick(managers);
  const away = { symbol: random.pick(['USDC', 'VLT1']), quantity: decimalOf(random.between(1, 90_000), 2) };
  if (random.chance(50)) {
    scene.lastWithdrawalId += 1;
    scene.ask(ownerKeyId, 'requestWithdrawal', { ...away, blockchain: 'Sandbox', address: 'mine-alone' });
  } else scene.ask(ownerKeyId, 'transfer', { ...away, toAccountId: someone(scene).accountId });
}

/** Tokens go from one account of a customer to another. */
function handOver(scene: RiskScene): void {
  const { random, cast } = scene;
  const from = someone(scene);
  const own = cast.accounts.filter((account) => account.customerId === from.customerId && account !== from);
  const to = own.length > 0 ? random.pick(own) : someone(scene);
  const symbol = `VLT${random.between(1, MAX_VAULTS)}`;
  const quantity = decimalOf(random.between(1, 900_000), 4);
  scene.ask(cast.signer(from, random), 'transfer', { toAccountId: to.accountId, symbol, quantity });
}

const VAULTS: readonly WeightedAction[] = [
  [30, listVault],
  [6, changeTerms],
  [200, mint],
  [80, redeem],
  [20, cancelRedeem],
  [10, embezzle],
  [10, handOver],
];

export class VaultHistory extends RiskHistory {
  constructor(seed: number, customers?: number) {
    super(seed, customers, [...CRASHES, ...VAULTS]);
  }
}
