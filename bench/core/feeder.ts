// Feeds a state with signed texts in a seeded order of things, and keeps them as batches when they are wanted again.
import { apply, createState, type State } from '@glasshouse/core';
import { type Event, genesisRequest, type Request, SIGNATURE_BYTES, signedRequest } from '@glasshouse/protocol';
import type { Seq, TimeUs } from '@glasshouse/units';
import { Random } from '../book/random.js';
import { type Batch, LogWriter, REQUESTS_PER_BATCH } from './log.js';
import { BENCH_GENESIS, CHAIN, CHAIN_KEY_ID, FIRST_ACCOUNT_KEY_ID, publicKeyOf, REGISTRAR_KEY_ID } from './venue.js';

const START_US = 1_800_000_000_000_000;
/** A batch every 2.56 ms: 100,000 commands a second of sequenced time. */
const US_PER_COMMAND = 10;
const WINDOW_MS = 5_000;

export type Funds = Readonly<Record<string, string>>;

export type FeederOptions = {
  readonly seed: number;
  readonly keeps: boolean;
  readonly observe?: (event: Event) => void;
};

export class Feeder {
  readonly state: State = createState();
  readonly random: Random;
  rejects = 0;
  #writer = new LogWriter();

  constructor(private readonly options: FeederOptions) {
    this.random = new Random(options.seed);
    this.#apply(genesisRequest(Buffer.from(JSON.stringify(BENCH_GENESIS), 'latin1')));
  }

  /** The account's key has the id `keyIdOf(accountId)`. */
  openAccount(accountId: number, funds: Funds): void {
    const publicKey = encodeURIComponent(publicKeyOf(`account${accountId}of`));
    this.signed(REGISTRAR_KEY_ID, `instruction=glassAccountCreate&publicKey=${publicKey}`);
    for (const [symbol, quantity] of Object.entries(funds)) {
      const reference = `${symbol}${accountId}`;
      const text = `accountId=${accountId}&blockchain=${CHAIN}&quantity=${quantity}&reference=${reference}&symbol=${symbol}`;
      this.signed(CHAIN_KEY_ID, `instruction=glassDepositCredit&${text}`);
    }
  }

  signed(keyId: number, text: string): void {
    const timestampMs = Math.floor(this.#timeUs() / 1000);
    const payload = Buffer.from(`${text}&timestamp=${timestampMs}&window=${WINDOW_MS}`, 'latin1');
    this.#apply(signedRequest(keyId, this.#signature(), payload));
  }

  /** What was fed since they were taken last. */
  takeBatches(): readonly Batch[] {
    this.#writer.flush();
    const { batches } = this.#writer;
    this.#writer = new LogWriter();
    return batches;
  }

  /** Eight random bytes: the core only asks that it has not seen them. */
  #signature(): Uint8Array {
    const signature = new Uint8Array(SIGNATURE_BYTES);
    for (let index = 0; index < 8; index += 1) signature[index] = this.random.below(256);
    return signature;
  }

  #timeUs(): number {
    const batch = Math.floor(this.state.nextSeq / REQUESTS_PER_BATCH);
    return START_US + batch * REQUESTS_PER_BATCH * US_PER_COMMAND;
  }

  #apply(request: Request): void {
    const seq = this.state.nextSeq;
    const timeUs = this.#timeUs();
    if (this.options.keeps) {
      if (seq % REQUESTS_PER_BATCH === 0) this.#writer.flush();
      this.#writer.add(seq, timeUs, request);
    }
    apply(this.state, { seq: seq as Seq, timeUs: timeUs as TimeUs, request }, (event) => this.#observe(event));
  }

  #observe(event: Event): void {
    if (event.kind === 'rejected') this.rejects += 1;
    this.options.observe?.(event);
  }
}

export const keyIdOf = (accountId: number): number => FIRST_ACCOUNT_KEY_ID + accountId - 1;
