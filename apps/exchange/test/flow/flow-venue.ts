// What the author of a flow knows: the venue's keys, and whatever the exchange's events have told so far.
import { apply, createState, openOrderView, type State } from '@glasshouse/core';
import {
  type Event,
  type GenesisConfiguration,
  genesisRequest,
  KEY_ROLE,
  type KeyView,
  type OrderView,
  type Request,
  signedRequest,
} from '@glasshouse/protocol';
import { TEST_GENESIS } from '@glasshouse/testkit';
import type { Seq, TimeUs } from '@glasshouse/units';
import { SigningKey } from './signing-key.js';

export type Parameters = Readonly<Record<string, string | number | boolean>>;
export type FlowKey = { readonly keyId: number; readonly accountId: number; readonly key: SigningKey };

const REGISTRAR = new SigningKey('registrar');
const CHAIN = new SigningKey('chain');
const OPERATORS = [new SigningKey('operator 1'), new SigningKey('operator 2')] as const;

export const FLOW_GENESIS: GenesisConfiguration = {
  ...TEST_GENESIS,
  keys: [
    { publicKey: REGISTRAR.publicKey, role: 'registrar' },
    { publicKey: CHAIN.publicKey, role: 'chain' },
    { publicKey: OPERATORS[0].publicKey, role: 'operator' },
    { publicKey: OPERATORS[1].publicKey, role: 'operator' },
  ],
};

export type TimedRequest = { readonly timeUs: TimeUs; readonly request: Request };

function pairs(instruction: string, parameters: Parameters): string {
  const keys = Object.keys(parameters).sort();
  return [
    `instruction=${instruction}`,
    ...keys.map((key) => `${key}=${encodeURIComponent(parameters[key] ?? '')}`),
  ].join('&');
}

export class FlowVenue {
  readonly state: State = createState();
  readonly requests: TimedRequest[] = [];
  readonly events: Event[] = [];
  readonly accountKeys: FlowKey[] = [];
  readonly openOrders = new Map<number, OrderView>();
  readonly pendingWithdrawals = new Set<number>();
  lastProposalId = 0;
  timeUs = 1_700_000_000_000_000 as TimeUs;
  private keyCount = 0;
  private readonly keysByPublicKey = new Map<string, SigningKey>();
  private readonly serviceKeys = new Map<string, FlowKey>();

  constructor() {
    for (const key of [REGISTRAR, CHAIN, ...OPERATORS]) this.keysByPublicKey.set(key.publicKey, key);
    this.add(genesisRequest(Buffer.from(JSON.stringify(FLOW_GENESIS))));
  }

  get registrar(): FlowKey {
    return this.service(REGISTRAR);
  }

  get chain(): FlowKey {
    return this.service(CHAIN);
  }

  operator(index: 0 | 1): FlowKey {
    return this.service(OPERATORS[index]);
  }

  newKey(): SigningKey {
    this.keyCount += 1;
    const key = new SigningKey(`customer key ${this.keyCount}`);
    this.keysByPublicKey.set(key.publicKey, key);
    return key;
  }

  /** Time moves for what is asked next. */
  pass(microseconds: number): void {
    this.timeUs = (this.timeUs + microseconds) as TimeUs;
  }

  ask({ keyId, key }: FlowKey, instruction: string, parameters: Parameters, offsetMs = 0): Request {
    return this.askText(keyId, key, pairs(instruction, parameters), offsetMs);
  }

  askOrders({ keyId, key }: FlowKey, orders: readonly Parameters[]): Request {
    return this.askText(keyId, key, orders.map((order) => pairs('orderExecute', order)).join('&'));
  }

  /** `offsetMs` dates the request away from now. */
  askText(keyId: number, key: SigningKey, text: string, offsetMs = 0): Request {
    const timestamp = Math.floor(this.timeUs / 1_000) + offsetMs;
    const payload = Buffer.from(`${text}&timestamp=${timestamp}&window=5000`);
    return this.add(signedRequest(keyId, key.sign(payload), payload));
  }

  /** The exchange's next request, applied at once, so that the flow can go on from what it caused. */
  add(request: Request): Request {
    const { timeUs } = this;
    const caused: Event[] = [];
    apply(this.state, { seq: this.requests.length as Seq, timeUs, request }, (event) => caused.push(event));
    for (const event of caused) this.learn(event);
    this.requests.push({ timeUs, request });
    return request;
  }

  private service(key: SigningKey): FlowKey {
    const found = this.serviceKeys.get(key.publicKey);
    if (found === undefined) throw new Error(`no key ${key.name}`);
    return found;
  }

  private learn(event: Event): void {
    this.events.push(event);
    switch (event.kind) {
      case 'keyAdded':
        this.learnKey(event.key);
        break;
      case 'keyRevoked':
        this.forgetKey(event.key.keyId);
        break;
      case 'orderAccepted':
      case 'orderFilled':
      case 'orderReduced':
      case 'orderCancelled':
      case 'orderExpired':
        this.learnOrder(event.order);
        break;
      case 'withdrawalRequested':
        this.pendingWithdrawals.add(event.withdrawal.withdrawalId);
        break;
      case 'withdrawalConfirmed':
        this.pendingWithdrawals.delete(event.withdrawal.withdrawalId);
        break;
      case 'proposed':
        this.lastProposalId = event.proposal.proposalId;
        break;
    }
  }

  private learnOrder(order: OrderView): void {
    if (openOrderView(this.state, order.orderId) === undefined) this.openOrders.delete(order.orderId);
    else this.openOrders.set(order.orderId, order);
  }

  private forgetKey(keyId: number): void {
    const index = this.accountKeys.findIndex((one) => one.keyId === keyId);
    if (index >= 0) this.accountKeys.splice(index, 1);
  }

  private learnKey({ publicKey, keyId, accountId, role }: KeyView): void {
    const key = this.keysByPublicKey.get(publicKey);
    if (key === undefined) return;
    if (role === KEY_ROLE.account) this.accountKeys.push({ keyId, accountId, key });
    else this.serviceKeys.set(publicKey, { keyId, accountId, key });
  }
}
