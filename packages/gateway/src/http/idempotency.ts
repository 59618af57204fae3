// A command that is sent again under the same key is not carried out again: it gets the answer that the first one got, even while
// that is still on its way. Kept by this process for a while; across a restart the client ids of orders do the same.
import type { OperationName } from '@glasshouse/api';
import { Problem } from '../problem.js';

export const IDEMPOTENCY_HEADER = 'idempotency-key';
export const REPLAYED_HEADER = 'idempotent-replayed';

const KEY = /^[\x21-\x7e]{1,64}$/;
const LIFETIME_MS = 600_000;
const MAX_KEPT = 100_000;

export type Once = {
  readonly accountId: number;
  readonly key: string;
  readonly name: OperationName;
  readonly body: string;
};

type Kept = { readonly asked: string; readonly sinceMs: number; readonly answer: Promise<unknown> };

/** Whether the command may have been carried out: what was turned away before that is free to come again. */
function isSettled(error: unknown): boolean {
  return !(error instanceof Problem) || !(error.error === 'overloaded' || error.error === 'maintenance');
}

export class IdempotentCommands {
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly nowMs: () => number) {}

  /** The key in a request's headers; undefined without one. */
  static keyOf(header: string | string[] | undefined): string | undefined {
    if (header === undefined) return undefined;
    if (typeof header === 'string' && KEY.test(header)) return header;
    throw new Problem('parameterInvalid', {
      message: 'header `Idempotency-Key` must be 1 to 64 visible ASCII characters',
    });
  }

  /** Runs `carryOut` unless the account has sent the same under this key. Throws a Problem when it was something else. */
  run(
    { accountId, key, name, body }: Once,
    carryOut: () => Promise<unknown>,
  ): { answer: Promise<unknown>; replayed: boolean } {
    this.forgetOld();
    const place = `${accountId} ${key}`;
    const asked = `${name} ${body}`;
    const known = this.kept.get(place);
    if (known !== undefined) {
      if (known.asked !== asked) throw new Problem('idempotencyKeyReused');
      return { answer: known.answer, replayed: true };
    }
    const answer = carryOut();
    this.kept.set(place, { asked, sinceMs: this.nowMs(), answer });
    answer.catch((error: unknown) => {
      if (!isSettled(error)) this.kept.delete(place);
    });
    return { answer, replayed: false };
  }

  /** Oldest first. */
  private forgetOld(): void {
    const before = this.nowMs() - LIFETIME_MS;
    for (const [place, { sinceMs }] of this.kept) {
      if (sinceMs > before && this.kept.size < MAX_KEPT) return;
      this.kept.delete(place);
    }
  }
}
