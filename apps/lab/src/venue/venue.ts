// A core that runs in this process: signed requests in, events out, sequenced time as the scenario wants it. The requests carry no real
// signatures, because the core does not check them.
import { apply, createState, nextTimerUs, type State } from '@glasshouse/core';
import {
  type Event,
  type GenesisConfiguration,
  genesisRequest,
  type Rejected,
  type Request,
  SIGNATURE_BYTES,
  signedRequest,
  tickRequest,
} from '@glasshouse/protocol';
import type { Seq, TimeUs } from '@glasshouse/units';
import { CHAIN, KEY_ID, keyIdOf, publicKeyOf } from './genesis.js';

const WINDOW_MS = 5_000;
const US_PER_MS = 1_000;

export type Fields = Readonly<Record<string, string | number | boolean>>;

function pairs(instruction: string, fields: Fields): string {
  const names = Object.keys(fields).sort();
  return [`instruction=${instruction}`, ...names.map((name) => `${name}=${fields[name]}`)].join('&');
}

export class LabVenue {
  readonly state: State = createState();
  commands = 0;
  #timeUs: number;
  #signatures = 0;
  #lastAccountId = 0;
  #refusal: Rejected | undefined;
  readonly #emit = (event: Event): void => {
    if (event.kind === 'rejected') this.#refusal = event;
    this.hear(event, this.timeMs);
  };

  constructor(
    genesis: GenesisConfiguration,
    beginMs: number,
    private readonly hear: (event: Event, timeMs: number) => void,
  ) {
    this.#timeUs = beginMs * US_PER_MS;
    this.#apply(genesisRequest(Buffer.from(JSON.stringify(genesis), 'latin1')));
  }

  get timeMs(): number {
    return this.#timeUs / US_PER_MS;
  }

  /** Sequenced time goes on; what comes due on the way runs when it is due. */
  passTo(timeMs: number): void {
    const targetUs = timeMs * US_PER_MS;
    for (let dueUs = nextTimerUs(this.state); dueUs <= targetUs; dueUs = nextTimerUs(this.state)) {
      // Timers run when time has passed since the last request.
      this.#timeUs = Math.max(this.#timeUs + 1, dueUs);
      this.#apply(tickRequest());
    }
    this.#timeUs = Math.max(this.#timeUs, targetUs);
  }

  /** A new account with money of one asset. */
  openAccount(symbol: string, quantity: string): number {
    this.#lastAccountId += 1;
    const accountId = this.#lastAccountId;
    this.#signed(KEY_ID.registrar, pairs('glassAccountCreate', { publicKey: publicKeyOf(`account${accountId}of`) }));
    this.deposit(accountId, symbol, quantity);
    return accountId;
  }

  deposit(accountId: number, symbol: string, quantity: string): void {
    const reference = `deposit${this.#signatures}`;
    this.#signed(
      KEY_ID.chain,
      pairs('glassDepositCredit', { accountId, blockchain: CHAIN, quantity, reference, symbol }),
    );
  }

  /** Every asset that the source says a price of. */
  report(source: string, quotes: Iterable<readonly [string, string]>): void {
    const prices = [...quotes].map(([symbol, price]) => `${symbol}:${price}:${price}:${price}`).join(',');
    if (prices !== '') this.#signed(KEY_ID.priceFeed, pairs('glassPricesReport', { prices, source }));
  }

  command(accountId: number, instruction: string, fields: Fields): void {
    this.#signed(keyIdOf(accountId), pairs(instruction, fields));
  }

  /** Why it was refused; undefined when it was not. */
  order(accountId: number, fields: Fields): Rejected | undefined {
    this.#refusal = undefined;
    this.command(accountId, 'orderExecute', fields);
    return this.#refusal;
  }

  orders(accountId: number, orders: readonly Fields[]): void {
    if (orders.length === 0) return;
    this.#signed(keyIdOf(accountId), orders.map((order) => pairs('orderExecute', order)).join('&'));
  }

  #signed(keyId: number, text: string): void {
    const payload = Buffer.from(`${text}&timestamp=${Math.floor(this.timeMs)}&window=${WINDOW_MS}`, 'latin1');
    this.#apply(signedRequest(keyId, this.#signature(), payload));
  }

  /** Different each time: that is all the core asks of one. */
  #signature(): Uint8Array {
    this.#signatures += 1;
    const signature = new Uint8Array(SIGNATURE_BYTES);
    const view = new DataView(signature.buffer);
    view.setInt32(0, Math.imul(this.#signatures, 0x9e3779b1), true);
    view.setFloat64(4, this.#signatures, true);
    return signature;
  }

  #apply(request: Request): void {
    this.commands += 1;
    apply(this.state, { seq: this.state.nextSeq as Seq, timeUs: this.#timeUs as TimeUs, request }, this.#emit);
  }
}
