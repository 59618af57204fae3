// A journal of order flow as signed requests: accounts that place, cancel and take around a steady number of resting orders.
// The signatures are counters, not Ed25519: replay does not check them, and a million real ones would take minutes to make.
import { apply, createState, type State } from '@glasshouse/core';
import { openJournal } from '@glasshouse/journal';
import { type Emit, encodeRequests, INSTRUCTION, type Request } from '@glasshouse/protocol';
import { CHAIN_KEY, fakePublicKey, REGISTRAR_KEY, RequestMaker, TEST_GENESIS } from '@glasshouse/testkit';
import type { Seq, TimeUs } from '@glasshouse/units';
import { Random } from '../book/random.js';

export type OrderLogOptions = {
  readonly seed: number;
  readonly commands: number;
  readonly accounts: number;
  readonly resting: number;
  /** Requests in one batch. */
  readonly batch: number;
};

const START_MS = 1_700_000_000_000;
/** Sequenced time between two batches: a busy hour, so that remembered signatures expire as they do in life. */
const BATCH_US = 2_000;
const MIDDLE_TICKS = 600_000;
/** Together the accounts hold somewhat less than the ledger can count. */
const SUPPLY = { USDC: 8_000_000_000, BTC: 20_000_000 } as const;

class OrderLog {
  readonly #state: State = createState();
  readonly #random: Random;
  readonly #live: { readonly orderId: number; readonly keyId: number }[] = [];
  readonly #maker = new RequestMaker(START_MS);
  readonly #accountKeys: number[] = [];
  #seq = 0;
  rejects = 0;
  #timeUs = START_MS * 1_000;

  constructor(private readonly options: OrderLogOptions) {
    this.#random = new Random(options.seed);
  }

  /** The batches one after another, each applied as it is made, so that cancels name orders that exist. */
  *batches(): Generator<{ firstSeq: Seq; timeUs: TimeUs; requests: Request[] }> {
    yield this.#batch(() => this.#maker.genesis(TEST_GENESIS), 1);
    for (let account = 0; account < this.options.accounts; account += 1) yield* this.#openAccount(account);
    const end = this.#seq + this.options.commands;
    while (this.#seq < end) yield this.#batch(() => this.#next(), Math.min(this.options.batch, end - this.#seq));
  }

  *#openAccount(account: number) {
    const registrar = this.#keyId(REGISTRAR_KEY);
    const publicKey = fakePublicKey(`customer${account}x`);
    yield this.#batch(() => this.#maker.command(registrar, INSTRUCTION.createAccount, { publicKey }), 1);
    const keyId = this.#keyId(publicKey);
    this.#accountKeys.push(keyId);
    const accountId = this.#state.keys.accountId[keyId] ?? 0;
    for (const [symbol, supply] of Object.entries(SUPPLY)) {
      const quantity = Math.floor(supply / this.options.accounts);
      const deposit = { accountId, symbol, quantity, blockchain: 'Sandbox', reference: `${accountId}-${symbol}` };
      yield this.#batch(() => this.#maker.command(this.#keyId(CHAIN_KEY), INSTRUCTION.creditDeposit, deposit), 1);
    }
  }

  #keyId(publicKey: string): number {
    return this.#state.keys.idOf(publicKey);
  }

  #batch(make: () => Request, count: number) {
    this.#timeUs += BATCH_US;
    this.#maker.nowMs = Math.floor(this.#timeUs / 1_000);
    const firstSeq = this.#seq as Seq;
    const timeUs = this.#timeUs as TimeUs;
    const requests: Request[] = [];
    for (let index = 0; index < count; index += 1) {
      const request = make();
      requests.push(request);
      apply(this.#state, { seq: this.#seq as Seq, timeUs, request }, this.#learn(request.keyId));
      this.#seq += 1;
    }
    return { firstSeq, timeUs, requests };
  }

  #learn(keyId: number): Emit {
    return (event) => {
      if (event.kind === 'rejected') this.rejects += 1;
      else if (event.kind === 'orderAccepted') this.#live.push({ orderId: event.order.orderId, keyId });
    };
  }

  #next(): Request {
    const adds = this.#live.length < this.options.resting ? 0.55 : 0.45;
    const roll = this.#random.fraction();
    if (roll < 0.08 || roll < 0.08 + adds || this.#live.length === 0) return this.#order(roll < 0.08);
    return this.#cancel();
  }

  #order(taker: boolean): Request {
    const keyId = this.#accountKeys[this.#random.below(this.#accountKeys.length)] ?? 0;
    const bid = this.#random.below(2) === 0;
    const away = taker ? -3 : this.#random.geometric(30);
    const ticks = MIDDLE_TICKS + (bid ? -1 - away : away);
    return this.#maker.command(keyId, INSTRUCTION.placeOrders, {
      symbol: 'BTC_USDC',
      side: bid ? 'Bid' : 'Ask',
      orderType: 'Limit',
      price: (ticks / 10).toFixed(1),
      quantity: (1 + this.#random.below(10_000) / 100_000).toFixed(5),
      timeInForce: taker ? 'IOC' : 'GTC',
    });
  }

  #cancel(): Request {
    const place = this.#random.below(this.#live.length);
    const { orderId, keyId } = this.#live[place] ?? { orderId: 0, keyId: 0 };
    const last = this.#live.pop();
    if (last !== undefined && place < this.#live.length) this.#live[place] = last;
    return this.#maker.command(keyId, INSTRUCTION.cancelOrder, { symbol: 'BTC_USDC', orderId });
  }
}

/** Writes the log and says how many requests it holds, and how many of them are rejects. */
export async function writeOrderLog(directory: string, options: OrderLogOptions) {
  const log = new OrderLog(options);
  const { journal } = await openJournal(directory);
  let pending: Promise<unknown>[] = [];
  for (const { firstSeq, timeUs, requests } of log.batches()) {
    pending.push(journal.append({ firstSeq, timeUs, count: requests.length, body: encodeRequests(requests) }));
    if (pending.length < 64) continue;
    await Promise.all(pending);
    pending = [];
  }
  await Promise.all(pending);
  await journal.close();
  return { requests: journal.nextSeq, rejects: log.rejects };
}
