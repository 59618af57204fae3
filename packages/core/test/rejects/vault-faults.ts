// Everything for which paying into a vault, and being paid out of one, can be refused.
import type { VaultTermsConfiguration } from '@glasshouse/protocol';
import type { TimeUs } from '@glasshouse/units';
import { LiquidationCase } from '../../src/state/liquidations.js';
import { LiquidationVenue } from '../liquidation/liquidation-venue.js';
import { VAULT_TERMS } from '../vaults/vault-venue.js';
import type { Family, Fault, Situation } from './situation.js';

const LONG_AFTER_US = 1e12;

const setting =
  (changed: Readonly<Record<string, string | number>>) =>
  ({ parameters }: Situation): void => {
    Object.assign(parameters, changed);
  };

const MANAGER = 'manager';

/** Vault 1 of the manager's account; alice has paid 500 of her 1000 USDC in. */
function withVault({ venue, alice }: Situation): void {
  const accountId = venue.accountOf(venue.trader(MANAGER));
  const token = { token: 'GLV', displayName: 'Vault', decimals: 6, tokenStepSize: '0.001', symbol: 'USDC' };
  venue.decide({ kind: 'listVault', vault: { ...VAULT_TERMS, ...token, accountId } });
  venue.command(alice, 'vaultMint', { vaultId: 1, symbol: 'USDC', quantity: '500' });
}

const managerKey = ({ venue }: Situation): number => (venue as LiquidationVenue).keyOf(MANAGER);

const withTerms =
  (changed: Partial<VaultTermsConfiguration>) =>
  ({ venue }: Situation): void => {
    venue.decide({ kind: 'setVaultTerms', vault: { ...VAULT_TERMS, ...changed, vaultId: 1 } });
  };

const OPERATORS: Fault = {
  reason: 'accountIsOperators',
  touches: ['signer'],
  details: { accountId: 1 },
  spoil: ({ venue }) => {
    venue.decide({ kind: 'markOperatorCustomer', customerId: 1 });
  },
};
const VAULT_ITSELF: Fault = {
  reason: 'accountIsVault',
  touches: ['signer', 'funds'],
  details: { accountId: 4 },
  spoil: (situation) => {
    situation.keyId = managerKey(situation);
  },
};
const UNKNOWN_VAULT: Fault = {
  reason: 'vaultUnknown',
  touches: ['vaultId'],
  details: { vaultId: 2 },
  spoil: setting({ vaultId: 2 }),
};
const LIQUIDATING: Fault = {
  reason: 'vaultClosed',
  touches: ['vaultId', 'terms', 'signer'],
  details: { vaultId: 1, problem: 'liquidating' },
  spoil: (situation) => {
    const { state } = situation.venue;
    const nothing = { netEquityUsd: 0, maintenanceMarginUsd: 0, exposureUsd: 0 };
    const standing = { ...nothing, netEquityAtIndexUsd: 0, maintenanceMarginAtIndexUsd: 0 };
    state.liquidationStatistics.countStart(state.timeUs);
    const accountId = situation.account(managerKey(situation));
    state.liquidations.open(new LiquidationCase(1, accountId, state.timeUs, standing));
    state.liquidations.nextRoundUs = (state.timeUs + LONG_AFTER_US) as TimeUs;
  },
};
/** The manager's account has lost what it had. */
const WORTHLESS: Fault = {
  reason: 'vaultWorthless',
  touches: ['vaultId', 'worth'],
  details: { vaultId: 1, nav: 0, twapNav: 0 },
  spoil: (situation) => {
    const { venue } = situation;
    const accountId = situation.account(managerKey(situation));
    const balances = venue.state.balances.of(1);
    const aliceId = situation.account(situation.alice);
    for (const column of [balances.availableAtoms, balances.loanAtoms]) {
      column[aliceId] = (column[aliceId] as number) + (column[accountId] as number);
      column[accountId] = 0;
    }
    venue.state.margins.forgetMoney(accountId);
    venue.state.margins.forgetMoney(aliceId);
  },
};

export const MINT: Family = {
  name: 'mint of a vault',
  venue: () => new LiquidationVenue({ checked: false }),
  base: (situation) => {
    withVault(situation);
    situation.ask('vaultMint', { vaultId: 1, symbol: 'USDC', quantity: '100' });
  },
  faults: [
    OPERATORS,
    VAULT_ITSELF,
    { reason: 'assetUnknown', touches: ['symbol'], details: { symbol: 'GOLD' }, spoil: setting({ symbol: 'GOLD' }) },
    UNKNOWN_VAULT,
    {
      reason: 'vaultClosed',
      touches: ['vaultId', 'terms'],
      details: { vaultId: 1, problem: 'disabled' },
      spoil: withTerms({ mintsEnabled: false }),
    },
    LIQUIDATING,
    WORTHLESS,
    {
      reason: 'parameterConflict',
      touches: ['symbol', 'quantity', 'cost'],
      details: { problem: 'the vault takes USDC' },
      spoil: setting({ symbol: 'SOL' }),
    },
    {
      reason: 'quantityNotOnStep',
      touches: ['quantity'],
      details: { quantity: '0.0000001', stepSize: '0.000001' },
      spoil: setting({ quantity: '0.0000001' }),
    },
    {
      reason: 'quantityBelowMinimum',
      touches: ['quantity'],
      details: { quantity: '9.99', minQuantity: '10' },
      spoil: setting({ quantity: '9.99' }),
    },
    {
      reason: 'vaultCap',
      touches: ['terms', 'cost'],
      details: { vaultId: 1, available: '50', cap: '550' },
      spoil: withTerms({ tokenCap: '550' }),
    },
    {
      reason: 'insufficientFunds',
      touches: ['quantity', 'worth'],
      details: { asset: 'USDC', required: '501', available: '500' },
      spoil: setting({ quantity: '501' }),
    },
    {
      reason: 'priceUnknown',
      touches: ['cost', 'worth', 'quantity', 'terms', 'vaultId'],
      details: { symbol: 'USDC' },
      spoil: (situation) => {
        const { venue } = situation;
        const sol = venue.state.assets.bySymbol('SOL')?.assetId ?? 0;
        venue.deposit(managerKey(situation), 'SOL', '1');
        const price = venue.state.assetPrices[sol - 1];
        if (price !== undefined) price.liveSources = 0;
      },
    },
  ],
};

const pending: Fault = {
  reason: 'redeemPending',
  touches: ['funds'],
  details: { vaultId: 1, redeemId: 1 },
  spoil: ({ venue, alice }) => {
    venue.command(alice, 'vaultRedeemRequest', { vaultId: 1, vaultTokenQuantity: '10' });
  },
};

export const REDEEM: Family = {
  name: 'redemption of a vault',
  venue: () => new LiquidationVenue({ checked: false }),
  base: (situation) => {
    withVault(situation);
    situation.ask('vaultRedeemRequest', { vaultId: 1, vaultTokenQuantity: '100' });
  },
  faults: [
    UNKNOWN_VAULT,
    {
      reason: 'vaultClosed',
      touches: ['vaultId', 'terms', 'funds'],
      details: { vaultId: 1, problem: 'disabled' },
      spoil: withTerms({ redeemsEnabled: false }),
    },
    LIQUIDATING,
    WORTHLESS,
    {
      reason: 'quantityNotOnStep',
      touches: ['quantity'],
      details: { quantity: '10.0001', stepSize: '0.001' },
      spoil: setting({ vaultTokenQuantity: '10.0001' }),
    },
    {
      reason: 'quantityBelowMinimum',
      touches: ['quantity'],
      details: { quantity: '4', minQuantity: '5' },
      spoil: setting({ vaultTokenQuantity: '4' }),
    },
    pending,
    {
      reason: 'insufficientFunds',
      touches: ['quantity', 'funds'],
      details: { asset: 'GLV', required: '501', available: '500' },
      spoil: setting({ vaultTokenQuantity: '501' }),
    },
  ],
};

export const REDEEM_CANCEL: Family = {
  name: 'cancel of a redemption',
  venue: () => new LiquidationVenue({ checked: false }),
  base: (situation) => {
    withVault(situation);
    situation.venue.command(situation.alice, 'vaultRedeemRequest', { vaultId: 1 });
    situation.ask('vaultRedeemCancel', { vaultId: 1 });
  },
  faults: [
    UNKNOWN_VAULT,
    {
      reason: 'redeemUnknown',
      touches: ['vaultId'],
      details: { vaultId: 1, accountId: 1 },
      spoil: ({ venue, alice }) => {
        venue.command(alice, 'vaultRedeemCancel', { vaultId: 1 });
      },
    },
  ],
};

/** What a vault may not do with its account: each goes before whatever else is wrong. */
const ofVault = (name: string, instruction: string, parameters: Readonly<Record<string, string | number>>): Family => ({
  name,
  venue: () => new LiquidationVenue({ checked: false }),
  base: (situation) => {
    withVault(situation);
    situation.ask(instruction, { ...parameters });
  },
  faults: [
    VAULT_ITSELF,
    { reason: 'assetUnknown', touches: ['symbol'], details: { symbol: 'GOLD' }, spoil: setting({ symbol: 'GOLD' }) },
  ],
});

export const OF_VAULTS: readonly Family[] = [
  ofVault('transfer where there are vaults', 'glassTransfer', { toAccountId: 3, symbol: 'USDC', quantity: '1' }),
  ofVault('withdrawal where there are vaults', 'withdraw', {
    symbol: 'USDC',
    quantity: '1',
    blockchain: 'Sandbox',
    address: 'address',
  }),
];
