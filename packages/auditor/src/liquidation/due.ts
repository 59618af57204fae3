// Nobody is exempt: whose maintenance margin is not met at one sample of prices after another is in liquidation, whoever it is.
// Every account with exposure is looked at, unless prices have not moved far enough since it was looked at last.
import type { FindingLog } from '../books/finding.js';
import type { PriceBoard } from './board.js';
import { isClearlyDue, type Standing, shockBorne } from './standing.js';

/** An account that fell due between samples is found by the next; its turn may come a sample later. */
const SAMPLES = 3;
/** Microseconds that the turns of others may take, each. */
const TURN_US = 1_000;
/** Of the path of prices that an account can bear, how much it is left alone for. */
const TRUSTED = 0.9;

type Due = { readonly sinceUs: number; samples: number; reported: boolean };

/** Nothing for accounts that the exchange acts for already, or that nothing can be done for now. */
export type StandingOf = (accountId: number) => Standing | undefined;

export class DueBook {
  /** Who may have something at stake, and how long prices' path may grow before it must be looked at again. */
  readonly #exposed = new Map<number, number>();
  readonly #due = new Map<number, Due>();
  #sample = 0;

  /** Something of the account has changed. */
  expose(accountId: number): void {
    this.#exposed.set(accountId, 0);
  }

  /** Terms have changed for everybody. */
  exposeAll(): void {
    for (const accountId of this.#exposed.keys()) this.expose(accountId);
  }

  /** True in the first step after each sample of prices. */
  isSample(timeUs: number, sampleUs: number): boolean {
    const sample = Math.floor(timeUs / sampleUs);
    if (sample === this.#sample) return false;
    this.#sample = sample;
    return true;
  }

  sample(timeUs: number, board: PriceBoard, standingOf: StandingOf, findings: FindingLog): void {
    const path = board.path();
    for (const [accountId, safeUntil] of this.#exposed) {
      if (path < safeUntil) continue;
      const standing = standingOf(accountId);
      if (standing !== undefined && isClearlyDue(standing)) this.#wait(accountId, timeUs, standing, findings);
      else this.#due.delete(accountId);
      if (standing?.exposure.isZero()) this.#exposed.delete(accountId);
      else if (standing !== undefined) this.#exposed.set(accountId, path + shockBorne(standing) * TRUSTED);
    }
  }

  #wait(accountId: number, timeUs: number, { maintenance, equity }: Standing, findings: FindingLog): void {
    const due = this.#due.get(accountId) ?? { sinceUs: timeUs, samples: 0, reported: false };
    this.#due.set(accountId, due);
    due.samples += 1;
    const patient = due.samples < SAMPLES || timeUs - due.sinceUs < this.#due.size * TURN_US;
    if (patient || due.reported) return;
    due.reported = true;
    findings.add('nobodyExempt', { accountId }, `equity above ${maintenance.toFixed(6)}, or in liquidation`, equity);
  }
}
