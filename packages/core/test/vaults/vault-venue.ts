// A venue with one vault of USDC, its manager, and somebody to trade against.
import type { Event, MarketConfiguration, VaultTermsConfiguration } from '@glasshouse/protocol';
import { RISK_GENESIS } from '@glasshouse/testkit';
import { pendingRedeemViews, vaultNavView } from '../../src/index.js';
import { LiquidationVenue } from '../liquidation/liquidation-venue.js';

export const VAULT_TERMS: VaultTermsConfiguration = {
  mintsEnabled: true,
  redeemsEnabled: true,
  minMintQuantity: '10',
  minRedeemTokens: '5',
  tokenCap: '1000000',
  redeemDelayMs: 60_000,
  navSampleMs: 10_000,
  navWindowMs: 100_000,
};

export const TOKEN = 'GLV';
export const SPOT = RISK_GENESIS.markets.find(({ perp }) => perp === undefined) as MarketConfiguration;
const SAMPLE_MS = 10_000;

export class VaultVenue extends LiquidationVenue {
  readonly manager = this.trader('manager');
  readonly other = this.trader('other', { USDC: '1000000', BTC: '100' });

  constructor(terms: Partial<VaultTermsConfiguration> = {}) {
    super();
    this.list(terms);
    for (const keyId of [this.manager, this.other]) this.command(keyId, 'accountUpdate', { autoLend: false });
  }

  list(terms: Partial<VaultTermsConfiguration> = {}): Event[] {
    return this.decide({
      kind: 'listVault',
      vault: {
        ...VAULT_TERMS,
        ...terms,
        accountId: this.accountOf(this.manager),
        token: TOKEN,
        displayName: 'Glass vault',
        decimals: 6,
        tokenStepSize: '0.001',
        symbol: 'USDC',
      },
    });
  }

  /** Somebody with so many USDC, all of it available. */
  person(name: string, usdc: string): number {
    const keyId = this.trader(name);
    this.command(keyId, 'accountUpdate', { autoLend: false });
    this.deposit(keyId, 'USDC', usdc);
    return keyId;
  }

  mint(keyId: number, quantity: string, rest: Readonly<Record<string, string | boolean>> = {}): Event[] {
    return this.command(keyId, 'vaultMint', { vaultId: 1, symbol: 'USDC', quantity, ...rest });
  }

  redeem(keyId: number, tokens?: string): Event[] {
    const quantity = tokens === undefined ? {} : { vaultTokenQuantity: tokens };
    return this.command(keyId, 'vaultRedeemRequest', { vaultId: 1, ...quantity });
  }

  cancel(keyId: number): Event[] {
    return this.command(keyId, 'vaultRedeemCancel', { vaultId: 1 });
  }

  nav() {
    const view = vaultNavView(this.state, 1);
    if (view === undefined) throw new Error('no vault');
    return view;
  }

  pending() {
    return pendingRedeemViews(this.state, 1);
  }

  /** So many samples. */
  samples(count: number): Event[] {
    return Array.from({ length: count }, () => this.pass(SAMPLE_MS)).flat();
  }

  held(keyId: number, symbol: string): number {
    const { assetId = 0, decimals = 0 } = this.state.assets.bySymbol(symbol) ?? {};
    return (this.state.balances.of(assetId).availableAtoms[this.accountOf(keyId)] as number) / 10 ** decimals;
  }

  /** The vault's account buys a perpetual of the other, or sells it when the quantity is negative. */
  manage(symbol: string, price: string, quantity: string): void {
    if (quantity.startsWith('-')) this.trade(this.other, this.manager, symbol, price, quantity.slice(1));
    else this.trade(this.manager, this.other, symbol, price, quantity);
  }
}
