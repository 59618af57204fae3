// A venue in which money is lent and borrowed: what accounts and pools hold, in units of the asset.
import type { Event } from '@glasshouse/protocol';
import { marginView, poolView } from '../../src/index.js';
import { hashOf } from '../hashing.js';
import { PricedVenue } from '../perps/priced-venue.js';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;

export class LendingVenue extends PricedVenue {
  /** `symbol available/locked/lent/borrowed`. */
  holding(keyId: number, symbol: string): string {
    const { available, locked, loan } = this.raw(keyId, symbol);
    return [available, locked, Math.max(0, loan), Math.max(0, -loan)].join('/');
  }

  raw(keyId: number, symbol: string) {
    const { assetId, unit } = this.asset(symbol);
    const { availableAtoms, lockedAtoms, loanAtoms, accruedAtoms } = this.state.balances.of(assetId);
    const accountId = this.accountOf(keyId);
    return {
      available: (availableAtoms[accountId] as number) / unit,
      locked: (lockedAtoms[accountId] as number) / unit,
      loan: (loanAtoms[accountId] as number) / unit,
      accruedAtoms: accruedAtoms[accountId] as number,
    };
  }

  asset(symbol: string): { assetId: number; unit: number } {
    const asset = this.state.assets.bySymbol(symbol);
    if (asset === undefined) throw new Error(`no asset ${symbol}`);
    return { assetId: asset.assetId, unit: 10 ** asset.decimals };
  }

  pool(symbol: string) {
    const { assetId, unit } = this.asset(symbol);
    const view = poolView(this.state, assetId);
    if (view === undefined) throw new Error(`no pool of ${symbol}`);
    const cash = (this.state.balances.of(assetId).houseAtoms[7] as number) / unit;
    return { ...view, lent: view.lentAtoms / unit, borrowed: view.borrowedAtoms / unit, cash };
  }

  lend(keyId: number, symbol: string, quantity: string): Event[] {
    return this.command(keyId, 'borrowLendExecute', { symbol, side: 'Lend', quantity });
  }

  borrow(keyId: number, symbol: string, quantity: string): Event[] {
    return this.command(keyId, 'borrowLendExecute', { symbol, side: 'Borrow', quantity });
  }

  settings(keyId: number, settings: Readonly<Record<string, boolean>>): Event[] {
    return this.command(keyId, 'accountUpdate', settings);
  }

  /** A trader whose money stays where it is put. */
  manual(name: string, funds: Readonly<Record<string, string>> = {}): number {
    const keyId = this.trader(name);
    this.settings(keyId, { autoLend: false, autoRepayBorrows: false });
    for (const [symbol, quantity] of Object.entries(funds)) this.deposit(keyId, symbol, quantity);
    return keyId;
  }

  equity(keyId: number): number {
    return marginView(this.state, this.accountOf(keyId))?.netEquityUsd ?? Number.NaN;
  }

  /** Whole minutes pass, each of them told to the exchange. */
  minutes(count: number): void {
    for (let minute = 0; minute < count; minute += 1) this.pass(MINUTE_MS);
  }

  /** Time passes, and the sweep that comes due with it runs to its end. */
  hours(count: number): Event[] {
    const events: Event[] = [];
    for (let hour = 0; hour < count; hour += 1) {
      events.push(...this.pass(HOUR_MS));
      for (let slice = 0; slice < 8; slice += 1) events.push(...this.pass(5));
    }
    return events;
  }

  hash(): string {
    return hashOf(this.state);
  }
}

/** The reject in the events, with its numbers. */
export function rejection(events: readonly Event[]) {
  const event = events.find(({ kind }) => kind === 'rejected');
  return event?.kind === 'rejected' ? { reason: event.reason, details: event.details } : undefined;
}
