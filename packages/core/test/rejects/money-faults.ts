// Everything for which deposits, withdrawals and transfers can be refused.
import type { Family, Fault, Situation } from './situation.js';

const setting =
  (changed: Readonly<Record<string, string | number>>) =>
  ({ parameters }: Situation): void => {
    Object.assign(parameters, changed);
  };

const UNKNOWN_ASSET: Fault = {
  reason: 'assetUnknown',
  touches: ['symbol'],
  details: { symbol: 'GOLD' },
  spoil: setting({ symbol: 'GOLD' }),
};
const QUANTITY: readonly Fault[] = [
  {
    reason: 'quantityNotOnStep',
    touches: ['quantity'],
    details: { quantity: '0.0000001', stepSize: '0.000001' },
    spoil: setting({ quantity: '0.0000001' }),
  },
  {
    reason: 'quantityBelowMinimum',
    touches: ['quantity'],
    details: { quantity: '0', minQuantity: '0.000001' },
    spoil: setting({ quantity: '0' }),
  },
];
const UNKNOWN_BLOCKCHAIN: Fault = {
  reason: 'blockchainUnknown',
  touches: ['blockchain'],
  details: { asset: 'NEW', blockchain: 'Elsewhere' },
  spoil: setting({ blockchain: 'Elsewhere' }),
};

function configuring(changed: Partial<Situation['token']>): Fault['spoil'] {
  return (situation) => {
    situation.token = { ...situation.token, ...changed };
  };
}

export const DEPOSIT: Family = {
  name: 'deposit',
  base: (situation) => {
    situation.lastly.push(() => situation.listNew());
    situation.ask(
      'glassDepositCredit',
      { accountId: 1, symbol: 'NEW', quantity: '1', blockchain: 'Sandbox', reference: 'tx1' },
      situation.chain,
    );
  },
  faults: [
    UNKNOWN_ASSET,
    {
      reason: 'accountUnknown',
      touches: [],
      details: { accountId: 99 },
      spoil: setting({ accountId: 99 }),
    },
    ...QUANTITY,
    UNKNOWN_BLOCKCHAIN,
    {
      reason: 'depositDisabled',
      touches: ['flood'],
      details: { asset: 'NEW', blockchain: 'Sandbox' },
      spoil: configuring({ depositEnabled: false }),
    },
    {
      reason: 'depositBelowMinimum',
      touches: [],
      details: { quantity: '1', minimum: '10' },
      spoil: configuring({ minimumDeposit: '10' }),
    },
    {
      reason: 'depositAlreadyCredited',
      touches: [],
      details: { reference: 'Sandbox:tx1' },
      spoil: ({ venue, chain }) => {
        const earlier = { accountId: 2, symbol: 'USDC', quantity: '5', blockchain: 'Sandbox', reference: 'tx1' };
        venue.command(chain, 'glassDepositCredit', earlier);
      },
    },
    {
      reason: 'balanceTooLarge',
      touches: ['flood'],
      details: { asset: 'NEW', held: '9007199254' },
      spoil: (situation) => {
        situation.lastly.push(() => situation.depositNew('9007199254'));
      },
    },
  ],
};

export const WITHDRAWAL: Family = {
  name: 'withdrawal',
  base: (situation) => {
    situation.lastly.push(
      () => situation.listNew(),
      () => situation.depositNew('100'),
    );
    situation.ask('withdraw', { symbol: 'NEW', quantity: '1', blockchain: 'Sandbox', address: 'here' });
  },
  faults: [
    UNKNOWN_ASSET,
    ...QUANTITY,
    UNKNOWN_BLOCKCHAIN,
    {
      reason: 'addressInvalid',
      touches: [],
      details: { address: 'no address' },
      spoil: setting({ address: 'no address' }),
    },
    {
      reason: 'withdrawalDisabled',
      touches: [],
      details: { asset: 'NEW', blockchain: 'Sandbox' },
      spoil: configuring({ withdrawEnabled: false }),
    },
    {
      reason: 'withdrawalBelowMinimum',
      touches: [],
      details: { quantity: '1', minimum: '10', fee: '0.5' },
      spoil: configuring({ minimumWithdrawal: '10', withdrawalFee: '0.5' }),
    },
    {
      reason: 'insufficientFunds',
      touches: ['quantity'],
      details: { asset: 'NEW', required: '1', available: '0' },
      spoil: (situation) => {
        situation.lastly.push(() => {
          situation.venue.command(situation.alice, 'glassTransfer', { toAccountId: 3, symbol: 'NEW', quantity: '100' });
        });
      },
    },
  ],
};

export const CONFIRMATION: Family = {
  name: 'confirmation of a withdrawal',
  base: (situation) => {
    const { venue, alice, chain } = situation;
    venue.command(alice, 'withdraw', { symbol: 'USDC', quantity: '1', blockchain: 'Sandbox', address: 'here' });
    situation.ask('glassWithdrawalConfirm', { withdrawalId: 1, transactionHash: '0xff' }, chain);
  },
  faults: [
    {
      reason: 'withdrawalUnknown',
      touches: ['id'],
      details: { withdrawalId: 2 },
      spoil: setting({ withdrawalId: 2 }),
    },
    {
      reason: 'withdrawalAlreadyConfirmed',
      touches: [],
      details: { withdrawalId: 1 },
      spoil: ({ venue, chain }) =>
        venue.command(chain, 'glassWithdrawalConfirm', { withdrawalId: 1, transactionHash: '0xee' }),
    },
  ],
};

export const TRANSFER: Family = {
  name: 'transfer',
  base: (situation) => situation.ask('glassTransfer', { toAccountId: 3, symbol: 'USDC', quantity: '10' }),
  faults: [
    UNKNOWN_ASSET,
    {
      reason: 'accountUnknown',
      touches: ['to'],
      details: { accountId: 99 },
      spoil: setting({ toAccountId: 99 }),
    },
    ...QUANTITY,
    {
      reason: 'transferToSelf',
      touches: ['to'],
      details: { accountId: 1 },
      spoil: setting({ toAccountId: 1 }),
    },
    {
      reason: 'transferToStranger',
      touches: ['to'],
      details: { accountId: 2 },
      spoil: setting({ toAccountId: 2 }),
    },
    {
      reason: 'insufficientFunds',
      touches: ['quantity'],
      details: { asset: 'USDC', required: '1000.000001', available: '1000' },
      spoil: setting({ quantity: '1000.000001' }),
    },
  ],
};
