// What customers do with accounts, keys and money.
import type { Parameters } from '../requests.js';
import type { Account } from './cast.js';
import { decimalOf } from './orders.js';
import type { Scene } from './scene.js';

const symbolsOf = ({ stage }: Scene): string[] => stage.genesis.assets.map(({ symbol }) => symbol);

const someone = ({ cast, random }: Scene): Account => random.pick(cast.accounts);

export function credit(scene: Scene, accountId: number, symbol: string, quantity: string): void {
  scene.deposits += 1;
  const again = scene.random.chance(3) ? 0 : scene.deposits;
  scene.ask(scene.cast.service('chain'), 'creditDeposit', {
    accountId,
    symbol,
    quantity,
    blockchain: scene.random.chance(98) ? 'Sandbox' : 'Elsewhere',
    reference: `transaction-${again}`,
  });
}

/** A new customer, rich or poor; `more` goes into its registration. */
export function register(scene: Scene, more: Parameters = {}): void {
  const { cast, random, stage } = scene;
  scene.ask(cast.service('registrar'), 'createAccount', { publicKey: cast.register(), ...more });
  const { accountId } = cast.accounts.at(-1) ?? someone(scene);
  const [usual = {}, ...others] = stage.wallets;
  const funds = others.length === 0 || random.chance(75) ? usual : random.pick(others);
  for (const [symbol, quantity] of Object.entries(funds)) credit(scene, accountId, symbol, quantity);
}

export function deposit(scene: Scene): void {
  const { random } = scene;
  const symbol = random.chance(95) ? random.pick(symbolsOf(scene)) : 'GOLD';
  const accountId = random.chance(97) ? someone(scene).accountId : 9999;
  credit(scene, accountId, symbol, decimalOf(random.below(random.chance(90) ? 500_000 : 200), 5));
}

export function openSubaccount(scene: Scene): void {
  const account = someone(scene);
  const publicKey = scene.cast.openSubaccount(account);
  if (publicKey === undefined) return;
  scene.ask(account.ownerKeyId, 'createSubaccount', { publicKey, name: `desk%20${account.accountId}` });
  const toAccountId = scene.cast.accounts.length;
  scene.ask(account.ownerKeyId, 'transfer', { toAccountId, symbol: 'USDC', quantity: '100000' });
  scene.ask(account.ownerKeyId, 'transfer', { toAccountId, symbol: 'BTC', quantity: '2' });
}

export function transfer(scene: Scene): void {
  const { cast, random } = scene;
  const from = someone(scene);
  const own = cast.accounts.filter((account) => account.customerId === from.customerId && account !== from);
  const to = own.length > 0 && random.chance(90) ? random.pick(own) : someone(scene);
  scene.ask(cast.signer(from, random), 'transfer', {
    toAccountId: to.accountId,
    symbol: random.pick(symbolsOf(scene)),
    quantity: decimalOf(random.between(1, 900_000), 5),
  });
}

export function addKey(scene: Scene): void {
  const account = someone(scene);
  const publicKey = scene.cast.addKey(account);
  if (publicKey === undefined) return;
  const permissions = scene.random.pick(['read', 'trade', 'read,trade', 'withdraw', 'read,trade,withdraw']);
  scene.ask(account.ownerKeyId, 'addKey', { publicKey, permissions });
}

export function revokeKey(scene: Scene): void {
  const account = someone(scene);
  const stranger = scene.cast.accounts.find((other) => other !== account);
  const publicKey = scene.random.chance(80) ? scene.cast.revokeKey(account) : stranger?.ownerPublicKey;
  if (publicKey !== undefined) scene.ask(account.ownerKeyId, 'revokeKey', { publicKey });
}

export function updateAccount(scene: Scene): void {
  const { random, cast } = scene;
  scene.ask(cast.signer(someone(scene), random), 'updateAccount', {
    autoLend: random.chance(50),
    leverageLimit: decimalOf(random.between(90, 2000), 2),
  });
}

export function withdraw(scene: Scene): void {
  const { random, cast } = scene;
  scene.lastWithdrawalId += 1;
  scene.ask(cast.signer(someone(scene), random), 'requestWithdrawal', {
    symbol: random.pick(symbolsOf(scene)),
    quantity: decimalOf(random.between(1, random.chance(90) ? 90_000 : 160), 5),
    blockchain: 'Sandbox',
    address: random.chance(97) ? `address-${random.below(100)}` : 'no address',
    clientId: `order%26${random.below(100)}`,
  });
}

export function confirmWithdrawal(scene: Scene): void {
  const withdrawalId = Math.max(1, scene.lastWithdrawalId - scene.random.below(8));
  scene.ask(scene.cast.service('chain'), 'confirmWithdrawal', { withdrawalId, transactionHash: `0x${withdrawalId}` });
}
