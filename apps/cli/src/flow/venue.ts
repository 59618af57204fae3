// A venue of its own for one recording: the real core, fed with the texts that clients would have signed.
import { createHash } from 'node:crypto';
import { apply, createState, depthView, marketBySymbol, type State, stateHash } from '@glasshouse/core';
import {
  type DepthView,
  type Event,
  genesisRequest,
  INSTRUCTION,
  type MarketView,
  type Rejected,
  type Request,
  signedRequest,
} from '@glasshouse/protocol';
import { assert, formatDecimal, type Seq, type TimeUs } from '@glasshouse/units';
import { type Execution, executionOf } from './execution.js';
import type { Grid } from './grid.js';
import { OpenLots } from './open-lots.js';
import { PublishedBook } from './published-book.js';
import { cancelText, datedText, type LimitOrder, type MarketText, orderText, reduceText } from './request-text.js';
import { type FlowKey, flowKey, type Signer } from './signing.js';
import { FLOW_CHAIN, flowGenesis, type Pair, quoteDecimals, symbolOf, WHOLE_SUPPLY_ATOMS } from './venue-genesis.js';

export type FlowAccount = { readonly accountId: number; readonly keyId: number; readonly key: FlowKey };

/** Takes every request in its place, to keep it. */
export type RequestLog = (seq: Seq, timeUs: TimeUs, request: Request) => void;

export type FlowVenueOptions = {
  readonly pair: Pair;
  readonly grid: Grid;
  readonly startUs: number;
  readonly sign: Signer;
  readonly log?: RequestLog | undefined;
};

const US_PER_MS = 1000;

export class FlowVenue {
  readonly state: State = createState();
  readonly market: MarketView;
  readonly open = new OpenLots();
  readonly published = new PublishedBook();
  readonly rejects: Rejected[] = [];
  requests = 0;
  readonly #options: FlowVenueOptions;
  readonly #text: MarketText;
  readonly #chain: FlowKey;
  readonly #registrar: FlowKey;
  #timeUs: number;
  #events: Event[] = [];

  constructor(options: FlowVenueOptions) {
    this.#options = options;
    this.#timeUs = options.startUs;
    const { pair, grid } = options;
    this.#text = { symbol: symbolOf(pair), tickScale: grid.tickScale, stepScale: grid.stepScale };
    this.#chain = flowKey('chain');
    this.#registrar = flowKey('registrar');
    const genesis = flowGenesis(pair, grid, [
      { publicKey: this.#registrar.publicKey, role: 'registrar' },
      { publicKey: this.#chain.publicKey, role: 'chain' },
    ]);
    this.#apply(genesisRequest(Buffer.from(JSON.stringify(genesis), 'latin1')));
    const market = marketBySymbol(this.state, this.#text.symbol);
    if (market === undefined) throw new Error(`the genesis lists no ${this.#text.symbol}`);
    this.market = market;
  }

  /** Recorded time moves on; a clock that was set back stands still. */
  moveTo(timeUs: number): void {
    this.#timeUs = Math.max(this.#timeUs, timeUs);
  }

  /** A registered account with the whole supply of each of `assets`. */
  addAccount(name: string, assets: readonly ('base' | 'quote')[]): FlowAccount {
    const key = flowKey(name);
    const publicKey = encodeURIComponent(key.publicKey);
    this.#signed(this.#registrar, 1, `instruction=${INSTRUCTION.createAccount}&publicKey=${publicKey}`);
    const added = this.#events.find((event) => event.kind === 'keyAdded');
    if (added === undefined) throw new Error(`no account for ${name}: ${JSON.stringify(this.rejects.at(-1))}`);
    const { accountId, keyId } = added.key;
    for (const asset of assets) this.#fund(accountId, asset);
    return { accountId, keyId, key };
  }

  place(account: FlowAccount, order: LimitOrder): Execution {
    return this.#trade(account, orderText(this.#text, order));
  }

  /** One signed batch. */
  placeAll(account: FlowAccount, orders: readonly LimitOrder[]): Execution {
    return this.#trade(account, orders.map((order) => orderText(this.#text, order)).join('&'));
  }

  /** Takes `lots` off an open order, which keeps its place; all of them cancel it. */
  shrink(account: FlowAccount, orderId: number, lots: number): Execution {
    const open = this.open.of(orderId);
    const text = lots >= open ? cancelText(this.#text, orderId) : reduceText(this.#text, orderId, lots);
    return this.#trade(account, text);
  }

  depth(levels: number): DepthView {
    const depth = depthView(this.state, this.market.marketId, levels);
    if (depth === undefined) throw new Error(`no market ${this.market.symbol}`);
    return depth;
  }

  stateHash(): string {
    return stateHash(this.state, (chunks) => {
      const hash = createHash('sha256');
      for (const chunk of chunks) hash.update(chunk);
      return hash.digest('hex');
    });
  }

  #fund(accountId: number, side: 'base' | 'quote'): void {
    const { pair, grid } = this.#options;
    const decimals = side === 'base' ? grid.stepScale : quoteDecimals(grid);
    const quantity = formatDecimal(WHOLE_SUPPLY_ATOMS, decimals, 0);
    const text = `instruction=${INSTRUCTION.creditDeposit}&accountId=${accountId}&blockchain=${FLOW_CHAIN}&quantity=${quantity}&reference=${side}-${accountId}&symbol=${pair[side]}`;
    this.#signed(this.#chain, 2, text);
    const credited = this.#events.some((event) => event.kind === 'depositCredited');
    assert(credited, 'a recorded venue funds its accounts', { accountId, side });
  }

  #trade(account: FlowAccount, text: string): Execution {
    this.#signed(account.key, account.keyId, text);
    return executionOf(this.#events);
  }

  #signed(key: FlowKey, keyId: number, text: string): void {
    this.requests += 1;
    const payload = Buffer.from(datedText(text, Math.floor(this.#timeUs / US_PER_MS), this.requests), 'latin1');
    this.#apply(signedRequest(keyId, this.#options.sign(key, payload), payload));
  }

  #apply(request: Request): void {
    const seq = this.state.nextSeq;
    const timeUs = this.#timeUs as TimeUs;
    this.#events = [];
    this.#options.log?.(seq, timeUs, request);
    apply(this.state, { seq, timeUs, request }, (event) => this.#observe(event));
  }

  #observe(event: Event): void {
    this.#events.push(event);
    this.open.observe(event);
    this.published.observe(event);
    if (event.kind === 'rejected') this.rejects.push(event);
  }
}
