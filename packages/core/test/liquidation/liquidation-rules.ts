// What must hold of every liquidation, whatever happens around it: read off its events alone.
import type {
  Event,
  LiquidationStarted,
  LiquidationStep,
  LiquidationTrigger,
  MaintenanceView,
} from '@glasshouse/protocol';
import { expect } from 'vitest';

const RELATIVE = 1e-9;
const USD_ATOMS = 1e6;

const suffices = (equityUsd: number, maintenanceUsd: number): boolean => equityUsd > 0 && maintenanceUsd < equityUsd;

const ratioOf = ({ netEquityUsd, maintenanceMarginUsd }: MaintenanceView): number =>
  maintenanceMarginUsd / netEquityUsd;

/** One account's liquidation as far as it has been told. */
type Told = { readonly liquidationId: number; readonly startEquityUsd: number; over: boolean; feeAtoms: number };

export class LiquidationRules {
  readonly #running = new Map<number, Told>();
  #begun = 0;
  #trigger: LiquidationTrigger = 'mark';

  observe(event: Event): void {
    switch (event.kind) {
      case 'settingsChanged':
        this.#trigger = event.risk.liquidation.trigger;
        return;
      case 'liquidationStarted':
        expect(this.#isSpared(event.standing), 'nobody is liquidated whose margin suffices').toBe(false);
        expect(this.#running.has(event.accountId), 'nobody is liquidated twice at once').toBe(false);
        return this.#start(event);
      case 'liquidationStep':
        return this.#step(event);
      case 'backstopAssigned':
        this.#of(event.accountId).feeAtoms += event.providerFeeAtoms + event.fundFeeAtoms;
        expect(event.providerAccountId, 'nobody takes over from itself').not.toBe(event.accountId);
        return;
      case 'deleveraged':
        this.#of(event.accountId);
        expect(event.takenAtoms, 'nobody who gives way is paid for it').toBeGreaterThanOrEqual(0);
        expect(event.counterpartyAccountId).not.toBe(event.accountId);
        return;
      case 'liquidationEnded':
        expect(this.#isSpared(event.standing), 'nobody is let go before its margin suffices').toBe(true);
        expect(this.#of(event.liquidation.accountId).liquidationId, 'it ends under the number it began with').toBe(
          event.liquidation.liquidationId,
        );
        this.#running.delete(event.liquidation.accountId);
        return;
      case 'orderAccepted':
        if (event.index >= 0) expect(this.#running.has(event.order.accountId), 'the exchange alone acts').toBe(false);
        return;
    }
  }

  /** Nothing at stake and nothing owed beyond what is there, or a margin that suffices at one of the prices that count. */
  #isSpared(at: MaintenanceView): boolean {
    if (at.exposureUsd <= 0) return at.netEquityUsd >= 0;
    if (suffices(at.netEquityUsd, at.maintenanceMarginUsd)) return true;
    return this.#trigger === 'markAndIndex' && suffices(at.netEquityAtIndexUsd, at.maintenanceMarginAtIndexUsd);
  }

  #start({ liquidationId, accountId, standing }: LiquidationStarted): void {
    this.#begun += 1;
    expect(liquidationId, 'liquidations are numbered as they begin').toBe(this.#begun);
    this.#running.set(accountId, {
      liquidationId,
      startEquityUsd: standing.netEquityUsd,
      over: false,
      feeAtoms: 0,
    });
  }

  #step({ accountId, before, after, feeAtoms }: LiquidationStep): void {
    const told = this.#of(accountId);
    expect(told.over, 'liquidation stops as soon as it may').toBe(false);
    expect(this.#isSpared(before), 'a step is taken only where it must').toBe(false);
    told.over = this.#isSpared(after);
    told.feeAtoms += feeAtoms;
    if (before.netEquityUsd <= 0) return expect(feeAtoms, 'no fee of those who have nothing').toBe(0);
    expect(feeAtoms / USD_ATOMS, 'nobody is charged more than it has').toBeLessThanOrEqual(before.netEquityUsd);
    expect(ratioOf(after), 'a book step never raises the margin ratio').toBeLessThanOrEqual(
      ratioOf(before) * (1 + RELATIVE),
    );
  }

  #of(accountId: number): Told {
    const told = this.#running.get(accountId);
    if (told === undefined) throw new Error(`account ${accountId} is in no liquidation`);
    return told;
  }
}
