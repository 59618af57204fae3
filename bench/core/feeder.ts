// Feeds a state with signed texts in a seeded order of things, and keeps them as batches when they are wanted again.
import { apply, createState, type State } from '@glasshouse/core';
import {
  type Event,
  type GenesisConfiguration,
  genesisRequest,
  type Request,
  SIGNATURE_BYTES,
  signedRequest,
  tickRequest,
} from '@glasshouse/protocol';
import type { Seq, TimeUs } from '@glasshouse/units';
import { Random } from '../book/random.js';
import { type Batch, LogWriter, REQUESTS_PER_BATCH } from './log.js';
import { CHAIN, CHAIN_KEY_ID, type Funds, publicKeyOf, REGISTRAR_KEY_ID } from './venue.js';

const START_US = 1_800_000_000_000_000;
const US_PER_SECOND = 1_000_000;
const WINDOW_MS = 5_000;

/** Commands come in groups of one time each. */
export type Pace = { readonly commands: number; readonly us: number };

/** A batch every 2.56 ms: 100,000 commands a second of sequenced time. */
const BATCHES: Pace = { commands: REQUESTS_PER_BATCH, us: REQUESTS_PER_BATCH * 10 };

export type FeederOptions = {
  readonly genesis: GenesisConfiguration;
  readonly seed: number;
  readonly keeps: boolean;
  readonly pace?: Pace;
  readonly observe?: (event: Event) => void;
  /** Told how long each command took. */
  readonly timed?: (milliseconds: number) => void;
  /** Called before the first command of each second of sequenced time; may feed commands. */
  readonly eachSecond?: (feeder: Feeder) => void;
};

export class Feeder {
  readonly state: State = createState();
  readonly random: Random;
  rejects = 0;
  timeUs = START_US;
  #writer = new LogWriter();
  #fedAtThisTime = 0;
  #nextSecondUs = START_US + US_PER_SECOND;
  readonly #pace: Pace;
  readonly #emit = (event: Event): void => this.#observe(event);

  constructor(private readonly options: FeederOptions) {
    this.random = new Random(options.seed);
    this.#pace = options.pace ?? BATCHES;
    this.#apply(genesisRequest(Buffer.from(JSON.stringify(options.genesis), 'latin1')));
  }

  /** Keys have ids in the order of their coming: those of the genesis first. */
  keyIdOf(accountId: number): number {
    return this.options.genesis.keys.length + accountId;
  }

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
    if (this.timeUs >= this.#nextSecondUs) {
      this.#nextSecondUs = this.timeUs - (this.timeUs % US_PER_SECOND) + US_PER_SECOND;
      this.options.eachSecond?.(this);
    }
    const timestampMs = Math.floor(this.timeUs / 1000);
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

  /** Lets sequenced time pass without commands. */
  skip(us: number): void {
    this.#writer.flush();
    this.#fedAtThisTime = 0;
    this.timeUs += us;
  }

  /** Time passes, told by a tick. */
  tick(us: number): void {
    this.skip(us);
    this.#apply(tickRequest());
  }

  #apply(request: Request): void {
    if (this.#fedAtThisTime === this.#pace.commands) this.skip(this.#pace.us);
    this.#fedAtThisTime += 1;
    const seq = this.state.nextSeq as Seq;
    const timeUs = this.timeUs as TimeUs;
    if (this.options.keeps) this.#writer.add(seq, timeUs, request);
    const began = performance.now();
    apply(this.state, { seq, timeUs, request }, this.#emit);
    this.options.timed?.(performance.now() - began);
  }

  #observe(event: Event): void {
    if (event.kind === 'rejected') this.rejects += 1;
    this.options.observe?.(event);
  }
}
