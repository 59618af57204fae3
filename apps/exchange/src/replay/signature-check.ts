// Re-checks the signatures of a log in worker threads while the log is being executed.
import type { State } from '@glasshouse/core';
import { keyView } from '@glasshouse/core';
import { VerifyPool } from '@glasshouse/gateway';
import { type Request, SIGNATURE_BYTES } from '@glasshouse/protocol';

/** Checks that are under way before the replay waits for them. */
const GROUP = 2_048;

export type SignatureProblem = { readonly seq: number; readonly what: string };

export class SignatureCheck {
  checked = 0;
  /** The lowest request found wrong so far. */
  problem: SignatureProblem | undefined;
  private readonly pool: VerifyPool;
  private readonly publicKeys = new Map<number, Uint8Array>();
  private group: Promise<void>[] = [];
  private earlier: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly state: State,
    workers: number,
  ) {
    this.pool = new VerifyPool({ workers, maxWaiting: 4 * GROUP });
  }

  add(seq: number, request: Request): void {
    const publicKey = this.publicKeyOf(request.keyId);
    this.checked += 1;
    if (publicKey === undefined) return this.found(seq, `signed with key ${request.keyId}, which does not exist`);
    const { bytes, signatureStart, payloadStart, payloadEnd } = request;
    const signature = bytes.subarray(signatureStart, signatureStart + SIGNATURE_BYTES);
    const texts = [bytes.subarray(payloadStart, payloadEnd)];
    const check = this.pool.verify({ publicKey, signature, texts }).then((match) => {
      if (match === undefined) this.found(seq, `its signature does not verify with key ${request.keyId}`);
    });
    this.group.push(check);
  }

  /** Call between batches: keeps the number of checks under way bounded. */
  async keepPace(): Promise<void> {
    if (this.group.length < GROUP) return;
    await this.earlier;
    this.earlier = Promise.all(this.group);
    this.group = [];
  }

  async finish(): Promise<void> {
    await Promise.all([this.earlier, ...this.group]);
  }

  async close(): Promise<void> {
    const abandoned = Promise.allSettled([this.earlier, ...this.group]);
    await this.pool.close();
    await abandoned;
  }

  private found(seq: number, what: string): void {
    if (this.problem === undefined || seq < this.problem.seq) this.problem = { seq, what };
  }

  private publicKeyOf(keyId: number): Uint8Array | undefined {
    const known = this.publicKeys.get(keyId);
    if (known !== undefined) return known;
    const view = keyView(this.state, keyId);
    if (view === undefined) return undefined;
    const publicKey = new Uint8Array(Buffer.from(view.publicKey, 'base64'));
    this.publicKeys.set(keyId, publicKey);
    return publicKey;
  }
}
