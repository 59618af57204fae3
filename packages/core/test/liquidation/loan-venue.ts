// A venue in which accounts borrow, and nothing is lent or repaid but by hand.
import { LiquidationVenue } from './liquidation-venue.js';

export class LoanVenue extends LiquidationVenue {
  asset(symbol: string): { readonly assetId: number; readonly unit: number } {
    const asset = this.state.assets.bySymbol(symbol);
    return { assetId: asset?.assetId ?? 0, unit: 10 ** (asset?.decimals ?? 0) };
  }

  loan(keyId: number, symbol: string): number {
    const { assetId, unit } = this.asset(symbol);
    return (this.state.balances.of(assetId).loanAtoms[this.accountOf(keyId)] as number) / unit;
  }

  held(keyId: number, symbol: string): number {
    const { assetId, unit } = this.asset(symbol);
    const { availableAtoms, loanAtoms } = this.state.balances.of(assetId);
    const id = this.accountOf(keyId);
    return ((availableAtoms[id] as number) + Math.max(0, loanAtoms[id] as number)) / unit;
  }

  worth(symbol: string, price: number) {
    this.index(symbol, price);
    return this.sample();
  }

  manual(name: string, funds: Readonly<Record<string, string>>): number {
    const keyId = this.trader(name);
    this.command(keyId, 'accountUpdate', { autoLend: false, autoRepayBorrows: false });
    for (const [symbol, quantity] of Object.entries(funds)) this.deposit(keyId, symbol, quantity);
    return keyId;
  }

  borrow(keyId: number, symbol: string, quantity: string): void {
    this.command(keyId, 'borrowLendExecute', { symbol, side: 'Borrow', quantity });
  }

  /** As in a withdrawal: what was borrowed is gone. */
  spend(keyId: number, symbol: string, quantity: string): void {
    this.command(keyId, 'withdraw', { symbol, quantity, blockchain: 'Sandbox', address: 'away' });
  }
}
