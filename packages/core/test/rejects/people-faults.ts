// Everything for which accounts, keys and operators' decisions can be refused.
import { fakePublicKey, REGISTRAR_KEY } from '@glasshouse/testkit';
import type { Family, Fault } from './situation.js';

const REGISTERED: Fault = {
  reason: 'keyAlreadyRegistered',
  touches: [],
  details: { publicKey: fakePublicKey('bob') },
  spoil: ({ parameters }) => {
    parameters['publicKey'] = fakePublicKey('bob');
  },
};
const NEW_KEY = { publicKey: fakePublicKey('new key') };

const REGISTRATION: Family = {
  name: 'registration',
  base: (situation) => situation.ask('glassAccountCreate', { ...NEW_KEY }, situation.venue.keyId(REGISTRAR_KEY)),
  faults: [
    {
      reason: 'registrationClosed',
      touches: [],
      details: {},
      spoil: (situation) => situation.settle({ openRegistration: false }),
    },
    REGISTERED,
  ],
};

const SUBACCOUNT: Family = {
  name: 'subaccount',
  base: (situation) => situation.ask('glassSubaccountCreate', { ...NEW_KEY }),
  faults: [
    {
      reason: 'subaccountLimit',
      touches: [],
      details: { subaccounts: 1, limit: 1 },
      spoil: (situation) => situation.settle({ maxSubaccountsPerCustomer: 1 }),
    },
    REGISTERED,
  ],
};

const KEY: Family = {
  name: 'new key',
  base: (situation) => situation.ask('glassKeyAdd', { ...NEW_KEY }),
  faults: [
    {
      reason: 'keyLimit',
      touches: [],
      details: { keys: 1, limit: 1 },
      spoil: (situation) => situation.settle({ maxKeysPerAccount: 1 }),
    },
    REGISTERED,
  ],
};

const REVOCATION: Family = {
  name: 'revocation',
  base: (situation) => {
    situation.addKey('second');
    situation.ask('glassKeyRevoke', { publicKey: fakePublicKey('alice') });
  },
  faults: [
    {
      reason: 'keyNotOwn',
      touches: [],
      details: { publicKey: fakePublicKey('bob') },
      spoil: ({ parameters }) => {
        parameters['publicKey'] = fakePublicKey('bob');
      },
    },
    {
      reason: 'lastKey',
      touches: [],
      details: { publicKey: fakePublicKey('alice') },
      spoil: ({ venue, alice }) => venue.command(alice, 'glassKeyRevoke', { publicKey: fakePublicKey('second') }),
    },
  ],
};

const SETTINGS: Family = {
  name: 'account settings',
  base: (situation) => situation.ask('accountUpdate', { leverageLimit: '10.5' }),
  faults: [
    {
      reason: 'parameterConflict',
      touches: [],
      details: { problem: 'leverageLimit is 1 to 10000 in steps of 0.01', leverageLimit: '0.99' },
      spoil: ({ parameters }) => {
        parameters['leverageLimit'] = '0.99';
      },
    },
  ],
};

const reopening = JSON.stringify({ kind: 'setMarketState', symbol: 'SOL_USDC', state: 'Open' });

const PROPOSAL: Family = {
  name: 'proposal',
  base: (situation) => situation.ask('glassOperatorPropose', { action: reopening }, situation.venue.operator(0)),
  faults: [
    {
      reason: 'actionInvalid',
      touches: [],
      details: { problem: 'action.symbol: no such market' },
      spoil: ({ parameters }) => {
        parameters['action'] = reopening.replace('SOL_USDC', 'SOL_GOLD');
      },
    },
    {
      reason: 'proposalLimit',
      touches: [],
      details: { open: 100, limit: 100 },
      spoil: ({ venue }) => {
        for (let count = 0; count < 100; count += 1) venue.propose(reopening);
      },
    },
  ],
};

const APPROVAL: Family = {
  name: 'approval',
  base: (situation) => {
    situation.venue.propose(reopening);
    situation.ask('glassOperatorApprove', { proposalId: 1 }, situation.venue.operator(1));
  },
  faults: [
    {
      reason: 'proposalUnknown',
      touches: [],
      details: { proposalId: 2 },
      spoil: ({ parameters }) => {
        parameters['proposalId'] = 2;
      },
    },
    {
      reason: 'proposalNotOpen',
      touches: ['fate'],
      details: { proposalId: 1 },
      spoil: ({ venue }) => venue.approve(1),
    },
    {
      reason: 'approvalBySameKey',
      touches: [],
      details: { proposalId: 1 },
      spoil: (situation) => {
        situation.keyId = situation.venue.operator(0);
      },
    },
    {
      reason: 'actionInvalid',
      touches: ['fate'],
      details: { problem: 'action.state: after a halt the market passes through PostOnly' },
      spoil: ({ venue }) => venue.setMarketState('CancelOnly'),
    },
  ],
};

export const PEOPLE: readonly Family[] = [REGISTRATION, SUBACCOUNT, KEY, REVOCATION, SETTINGS, PROPOSAL, APPROVAL];
