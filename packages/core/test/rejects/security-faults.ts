// Everything for which a change of what guards withdrawals, or a guarded withdrawal, can be refused.
import { fakePublicKey } from '@glasshouse/testkit';
import type { Family, Fault, Situation } from './situation.js';

const setting =
  (changed: Readonly<Record<string, string | number>>) =>
  ({ parameters }: Situation): void => {
    Object.assign(parameters, changed);
  };

/** What the venue allows, said when all else is in place. */
const allowing = (withdrawals: { maxDelayHours: number; addressDelayHours: number; maxAddresses: number }) => {
  return (situation: Situation): void => {
    situation.lastly.push(() => situation.settle({ withdrawals }));
  };
};

/** alice's customer asks for codes from now on; nothing is confirmed. */
const CODE_MISSING: Fault = {
  reason: 'twoFactorMissing',
  touches: [],
  details: { customerId: 1 },
  spoil: ({ venue, lastly }) => {
    lastly.push(() => {
      venue.state.securities.obtain(1).twoFactor = true;
    });
  },
};

const delay = (situation: Situation, hours: number): void => {
  situation.venue.command(situation.alice, 'glassWithdrawalDelayCreate', { withdrawalDelayHours: hours });
};

const save = (situation: Situation, address: string): void => {
  situation.venue.command(situation.alice, 'glassAddressSave', { blockchain: 'Sandbox', address });
};

const CREATE_DELAY: Family = {
  name: 'first withdrawal delay',
  base: (situation) => situation.ask('glassWithdrawalDelayCreate', { withdrawalDelayHours: 24 }),
  faults: [
    CODE_MISSING,
    {
      reason: 'withdrawalDelayExists',
      touches: [],
      details: { hours: 12 },
      spoil: (situation) => delay(situation, 12),
    },
    {
      reason: 'withdrawalDelayOutOfBounds',
      touches: ['hours'],
      details: { hours: 721, minHours: 1, maxHours: 720 },
      spoil: setting({ withdrawalDelayHours: 721 }),
    },
    {
      reason: 'withdrawalDelayOutOfBounds',
      touches: ['hours'],
      details: { hours: 0, minHours: 1, maxHours: 720 },
      spoil: setting({ withdrawalDelayHours: 0 }),
    },
  ],
};

const UPDATE_DELAY: Family = {
  name: 'change of a withdrawal delay',
  base: (situation) => {
    delay(situation, 12);
    situation.ask('glassWithdrawalDelayUpdate', { withdrawalDelayHours: 24 });
  },
  faults: [
    CODE_MISSING,
    {
      reason: 'withdrawalDelayUnknown',
      touches: [],
      details: {},
      spoil: ({ venue, lastly }) => {
        lastly.push(() => {
          venue.state.securities.obtain(1).delayHours = 0;
        });
      },
    },
    {
      reason: 'withdrawalDelayOutOfBounds',
      touches: ['hours'],
      details: { hours: 24, minHours: 0, maxHours: 20 },
      spoil: allowing({ maxDelayHours: 20, addressDelayHours: 1, maxAddresses: 5 }),
    },
  ],
};

const SAVE_ADDRESS: Family = {
  name: 'address to be saved',
  base: (situation) => situation.ask('glassAddressSave', { blockchain: 'Sandbox', address: 'somewhere', name: 'cold' }),
  faults: [
    CODE_MISSING,
    {
      reason: 'blockchainUnknown',
      touches: ['blockchain'],
      details: { blockchain: 'Moon' },
      spoil: setting({ blockchain: 'Moon' }),
    },
    { reason: 'addressInvalid', touches: ['address'], details: { address: 'a b' }, spoil: setting({ address: 'a b' }) },
    {
      reason: 'addressSaved',
      touches: ['address', 'blockchain'],
      details: { addressId: 1 },
      spoil: (situation) => save(situation, 'somewhere'),
    },
    {
      reason: 'addressLimit',
      touches: [],
      details: { addresses: 0, limit: 0 },
      spoil: allowing({ maxDelayHours: 720, addressDelayHours: 24, maxAddresses: 0 }),
    },
  ],
};

const REMOVE_ADDRESS: Family = {
  name: 'address to be removed',
  base: (situation) => {
    save(situation, 'somewhere');
    situation.ask('glassAddressRemove', { addressId: 1 });
  },
  faults: [{ reason: 'addressUnknown', touches: [], details: { addressId: 2 }, spoil: setting({ addressId: 2 }) }],
};

const ADDRESS_BOOK: Family = {
  name: 'address book',
  base: (situation) => situation.ask('glassAddressBookSet', { enabled: 'true' }),
  faults: [CODE_MISSING],
};

const GUARDED_WITHDRAWAL: Family = {
  name: 'guarded withdrawal',
  base: (situation) => {
    save(situation, 'somewhere');
    situation.venue.command(situation.alice, 'glassAddressBookSet', { enabled: 'true' });
    const address = { blockchain: 'Sandbox', address: 'somewhere' };
    situation.ask('withdraw', { symbol: 'USDC', quantity: '5', ...address });
  },
  faults: [
    CODE_MISSING,
    {
      reason: 'addressNotSaved',
      touches: ['address'],
      details: { address: 'elsewhere' },
      spoil: setting({ address: 'elsewhere' }),
    },
    {
      reason: 'addressNotUsable',
      touches: ['address'],
      details: { address: 'elsewhere', untilUs: 1_700_086_400_000_000 },
      spoil: (situation) => {
        save(situation, 'elsewhere');
        situation.parameters['address'] = 'elsewhere';
      },
    },
  ],
};

const waiting = (situation: Situation): void => {
  delay(situation, 24);
  const address = { blockchain: 'Sandbox', address: 'somewhere' };
  situation.venue.command(situation.alice, 'withdraw', { symbol: 'USDC', quantity: '5', ...address });
};

const CANCEL_WITHDRAWAL: Family = {
  name: 'withdrawal to be taken back',
  base: (situation) => {
    waiting(situation);
    situation.ask('glassWithdrawalCancel', { withdrawalId: 1 });
  },
  faults: [
    { reason: 'withdrawalUnknown', touches: ['id'], details: { withdrawalId: 2 }, spoil: setting({ withdrawalId: 2 }) },
    {
      reason: 'withdrawalNotWaiting',
      touches: [],
      details: { withdrawalId: 1 },
      spoil: ({ venue, lastly }) => {
        lastly.push(() => {
          venue.pass(86_400_000);
        });
      },
    },
  ],
};

const EARLY_CONFIRMATION: Family = {
  name: 'confirmation of a withdrawal that waits',
  base: (situation) => {
    waiting(situation);
    situation.lastly.push(() => {
      if (situation.parameters['early'] === undefined) situation.venue.pass(86_400_000);
    });
    situation.ask('glassWithdrawalConfirm', { withdrawalId: 1, transactionHash: 'abc' }, situation.chain);
  },
  faults: [
    {
      reason: 'withdrawalWaiting',
      touches: [],
      details: { withdrawalId: 1, untilUs: 1_700_086_400_000_000 },
      spoil: setting({ early: 'yes' }),
    },
  ],
};

const SIGNATURE = 'ab'.repeat(64);
const STEP = Math.floor(1_700_000_000 / 30);

/** A key of the service that has seen the code. */
function service({ venue }: Situation): number {
  const publicKey = fakePublicKey('two factor');
  venue.decide({ kind: 'addServiceKey', key: { publicKey, role: 'twoFactor' } });
  return venue.keyId(publicKey);
}

const CONFIRM_CODE: Family = {
  name: 'confirmed code',
  base: (situation) => {
    const parameters = { accountId: 1, signature: SIGNATURE, step: STEP };
    situation.ask('glassTwoFactorConfirm', parameters, service(situation));
  },
  faults: [
    { reason: 'accountUnknown', touches: ['account'], details: { accountId: 9 }, spoil: setting({ accountId: 9 }) },
    {
      reason: 'twoFactorStale',
      touches: ['step'],
      details: { step: STEP + 2, now: STEP },
      spoil: setting({ step: STEP + 2 }),
    },
    {
      reason: 'twoFactorReused',
      touches: ['account'],
      details: { step: STEP, last: STEP },
      spoil: ({ venue }) => {
        venue.state.securities.obtain(1).lastStep = STEP;
      },
    },
  ],
};

/** The request that follows is confirmed, whatever it is. */
const confirmedNext = ({ venue, lastly }: Situation): void => {
  lastly.push(() => {
    const security = venue.state.securities.obtain(1);
    security.confirmedSignature = venue.maker.nextSignature();
    security.confirmedUntilUs = venue.state.timeUs + 1;
  });
};

const ENABLE_TWO_FACTOR: Family = {
  name: 'two-factor authentication to be switched on',
  base: (situation) => {
    situation.ask('glassTwoFactorEnable', {});
    confirmedNext(situation);
  },
  faults: [
    {
      reason: 'twoFactorMissing',
      touches: [],
      details: { customerId: 1 },
      spoil: ({ venue, lastly }) => {
        lastly.push(() => {
          venue.state.securities.obtain(1).confirmedSignature = '';
        });
      },
    },
    {
      reason: 'twoFactorUnchanged',
      touches: [],
      details: { enabled: 'true' },
      spoil: ({ venue, lastly }) => {
        lastly.push(() => {
          venue.state.securities.obtain(1).twoFactor = true;
        });
      },
    },
  ],
};

export const SECURITY: readonly Family[] = [
  CREATE_DELAY,
  UPDATE_DELAY,
  SAVE_ADDRESS,
  REMOVE_ADDRESS,
  ADDRESS_BOOK,
  GUARDED_WITHDRAWAL,
  CANCEL_WITHDRAWAL,
  EARLY_CONFIRMATION,
  CONFIRM_CODE,
  ENABLE_TWO_FACTOR,
];
