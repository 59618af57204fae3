// What holders of margin accounts do with their money: lend and borrow it, move it about, take it away, change their minds.
import type { Parameters } from '../../requests.js';
import type { Account } from '../cast.js';
import { register } from '../people.js';
import type { RiskScene } from './risk-scene.js';

export const LENDABLE = ['USDC', 'BTC', 'ETH', 'SOL', 'USDT'] as const;

const someone = ({ cast, random }: RiskScene): Account => random.pick(cast.accounts);
const signer = (scene: RiskScene, account: Account = someone(scene)): number =>
  scene.cast.signer(account, scene.random);

/** Mostly what an account may have, now and then what none has. */
function usd({ random }: RiskScene): number {
  return random.chance(85) ? random.between(1, 20_000) : random.between(1, 2_000_000);
}

/** A customer of its own or one whom another has brought. */
export function join(scene: RiskScene): void {
  const { random, cast } = scene;
  const referrer = cast.accounts.length > 0 && random.chance(50) ? someone(scene).accountId : undefined;
  register(scene, referrer === undefined ? {} : { referrerAccountId: referrer });
}

export function borrowOrLend(scene: RiskScene): void {
  const { random } = scene;
  const symbol = random.chance(97) ? random.pick(LENDABLE) : random.pick(['kBONK', 'GOLD']);
  scene.ask(signer(scene), 'borrowLend', {
    symbol,
    side: random.pick(['Borrow', 'Lend']),
    quantity: random.chance(97) ? scene.worth(symbol, usd(scene)) : random.pick(['0', '0.000000001']),
  });
}

function flag({ random }: RiskScene, name: string, percent: number): Parameters {
  return random.chance(50) ? { [name]: random.chance(percent) } : {};
}

export function changeMind(scene: RiskScene): void {
  const { random } = scene;
  scene.ask(signer(scene), 'updateAccount', {
    ...flag(scene, 'autoLend', 60),
    ...flag(scene, 'autoBorrowSettlements', 75),
    ...flag(scene, 'autoRepayBorrows', 60),
    ...flag(scene, 'autoRealizePnl', 60),
    ...(random.chance(40) ? { leverageLimit: random.pick(['1', '2', '5', '10', '25.5', '100', '2000']) } : {}),
  });
}

export function withdraw(scene: RiskScene): void {
  const { random } = scene;
  const symbol = random.pick(LENDABLE);
  scene.lastWithdrawalId += 1;
  scene.ask(signer(scene), 'requestWithdrawal', {
    symbol,
    quantity: scene.worth(symbol, usd(scene)),
    blockchain: 'Sandbox',
    address: `address-${random.below(100)}`,
  });
}

/** Between accounts of one customer. */
export function move(scene: RiskScene): void {
  const { random, cast } = scene;
  const from = someone(scene);
  const own = cast.accounts.filter((account) => account.customerId === from.customerId && account !== from);
  const symbol = random.pick(LENDABLE);
  const to = own.length > 0 ? random.pick(own) : someone(scene);
  scene.ask(signer(scene, from), 'transfer', {
    toAccountId: to.accountId,
    symbol,
    quantity: scene.worth(symbol, usd(scene)),
  });
}
