// The state of a history under way: who is there, what time it is, what has been asked and is still to be handed out.
import { type Event, INSTRUCTION, REQUEST_KIND, type Request } from '@glasshouse/protocol';
import type { TimeUs } from '@glasshouse/units';
import type { Random } from '../random.js';
import { type Parameters, RequestMaker } from '../requests.js';
import { Cast } from './cast.js';
import type { Stage } from './genesis.js';
import { OpenOrders } from './open-orders.js';

export type TimedRequest = { readonly timeUs: TimeUs; readonly request: Request };

const START_MS = 1_700_000_000_000;
const REMEMBERED = 20;

export class Scene {
  readonly cast: Cast;
  readonly maker = new RequestMaker(START_MS);
  readonly orders = new OpenOrders();
  /** Upper bounds when nothing is observed. */
  lastOrderId = 0;
  lastWithdrawalId = 0;
  lastProposalId = 0;
  deposits = 0;
  readonly #queue: TimedRequest[] = [];
  readonly #steps: (() => void)[] = [];
  readonly #recent: Request[] = [];
  #signed = 0;
  #extraUs = 0;

  constructor(
    readonly random: Random,
    readonly stage: Stage,
  ) {
    this.cast = new Cast(stage.genesis);
    this.add(this.maker.genesis(stage.genesis));
  }

  pass(milliseconds: number): void {
    this.maker.nowMs += milliseconds;
    this.#extraUs = this.random.below(1000);
  }

  add(request: Request): void {
    this.#queue.push({ timeUs: (this.maker.nowMs * 1000 + this.#extraUs) as TimeUs, request });
    if (request.kind !== REQUEST_KIND.signed) return;
    this.#recent[this.#signed % REMEMBERED] = request;
    this.#signed += 1;
  }

  ask(keyId: number, kind: keyof typeof INSTRUCTION, parameters: Parameters): void {
    this.add(this.maker.command(keyId, INSTRUCTION[kind], parameters));
  }

  placeOrders(keyId: number, orders: readonly Parameters[]): void {
    this.lastOrderId += orders.length;
    this.add(this.maker.orders(keyId, orders));
  }

  /** Asks again for what was asked not long ago. */
  repeat(): void {
    this.add(this.random.pick(this.#recent));
  }

  /** To be asked when all before it has been, and its events have been seen. */
  later(step: () => void): void {
    this.#steps.push(step);
  }

  /** The next request, if there is one. */
  take(): TimedRequest | undefined {
    while (this.#queue.length === 0) {
      const step = this.#steps.shift();
      if (step === undefined) return undefined;
      step();
    }
    return this.#queue.shift();
  }

  observe(event: Event): void {
    this.orders.observe(event);
    if (event.kind === 'orderAccepted' || event.kind === 'triggerOrderAccepted') this.lastOrderId = event.order.orderId;
    else if (event.kind === 'withdrawalRequested') this.lastWithdrawalId = event.withdrawal.withdrawalId;
    else if (event.kind === 'proposed') this.lastProposalId = event.proposal.proposalId;
  }
}
