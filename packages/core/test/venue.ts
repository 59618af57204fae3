// A venue in a test: apply requests by name, look at events, run every invariant after each.
import type { Event, OperatorAction, Request } from '@glasshouse/protocol';
import {
  CHAIN_KEY,
  fakePublicKey,
  OPERATOR_KEYS,
  type Parameters,
  REGISTRAR_KEY,
  RequestMaker,
  TEST_GENESIS,
} from '@glasshouse/testkit';
import type { Seq, TimeUs } from '@glasshouse/units';
import {
  apply,
  balanceViews,
  checkInvariants,
  createState,
  depthView,
  keyByPublicKey,
  type MakeBook,
  marketBySymbol,
  type State,
} from '../src/index.js';

const START_MS = 1_700_000_000_000;

export class Venue {
  readonly state: State;
  readonly maker = new RequestMaker(START_MS);
  readonly log: { readonly timeUs: TimeUs; readonly request: Request }[] = [];
  #deposits = 0;

  constructor(options: { readonly makeBook?: MakeBook; readonly genesis?: object; readonly checked?: boolean } = {}) {
    this.state = createState(options.makeBook);
    this.checked = options.checked ?? true;
    this.apply(this.maker.genesis(options.genesis ?? TEST_GENESIS));
  }

  readonly checked: boolean;

  apply(request: Request): Event[] {
    const events: Event[] = [];
    const timeUs = (this.maker.nowMs * 1000) as TimeUs;
    this.log.push({ timeUs, request });
    apply(this.state, { seq: this.state.nextSeq as Seq, timeUs, request }, (event) => events.push(event));
    if (this.checked) checkInvariants(this.state);
    return events;
  }

  keyId(publicKey: string): number {
    return keyByPublicKey(this.state, publicKey)?.keyId ?? 0;
  }

  command(keyId: number, instruction: string, parameters: Parameters): Event[] {
    return this.apply(this.maker.command(keyId, instruction, parameters));
  }

  /** A new customer with `funds` by symbol; returns its key id, which is what it signs with. */
  trader(name: string, funds: Readonly<Record<string, string>> = {}): number {
    const publicKey = fakePublicKey(name);
    this.command(this.keyId(REGISTRAR_KEY), 'glassAccountCreate', { publicKey });
    const keyId = this.keyId(publicKey);
    for (const [symbol, quantity] of Object.entries(funds)) this.deposit(keyId, symbol, quantity);
    return keyId;
  }

  accountOf(keyId: number): number {
    return this.state.keys.accountId[keyId] as number;
  }

  deposit(keyId: number, symbol: string, quantity: string): Event[] {
    this.#deposits += 1;
    return this.command(this.keyId(CHAIN_KEY), 'glassDepositCredit', {
      accountId: this.accountOf(keyId),
      symbol,
      quantity,
      blockchain: 'Sandbox',
      reference: `deposit${this.#deposits}`,
    });
  }

  operator(index: 0 | 1): number {
    return this.keyId(OPERATOR_KEYS[index]);
  }

  propose(action: OperatorAction | string, by: 0 | 1 = 0): Event[] {
    const text = typeof action === 'string' ? action : JSON.stringify(action);
    return this.command(this.operator(by), 'glassOperatorPropose', { action: text.replaceAll('&', '%26') });
  }

  approve(proposalId: number = this.state.lastProposalId, by: 0 | 1 = 1): Event[] {
    return this.command(this.operator(by), 'glassOperatorApprove', { proposalId });
  }

  /** Both operators at once: what the approval caused. */
  decide(action: OperatorAction): Event[] {
    this.propose(action);
    return this.approve();
  }

  /** Halting takes one operator, letting go takes two. */
  setMarketState(state: 'Open' | 'CancelOnly' | 'LimitOnly' | 'PostOnly' | 'Closed', symbol = 'SOL_USDC'): void {
    const before = this.state.lastProposalId;
    this.propose({ kind: 'setMarketState', symbol, state });
    if (this.state.lastProposalId > before) this.approve();
  }

  /** Time passes, told to the exchange by a tick. */
  pass(milliseconds: number): Event[] {
    this.maker.nowMs += milliseconds;
    return this.apply(this.maker.tick());
  }

  order(keyId: number, side: 'Bid' | 'Ask', rest: Parameters): Event[] {
    const orderType = 'price' in rest ? 'Limit' : 'Market';
    return this.command(keyId, 'orderExecute', { symbol: 'SOL_USDC', orderType, side, ...rest });
  }

  limit(keyId: number, side: 'Bid' | 'Ask', price: string, quantity: string, rest: Parameters = {}): Event[] {
    return this.order(keyId, side, { price, quantity, ...rest });
  }

  /** `asset available/locked` of everything the account holds, in asset order. */
  balances(keyId: number): string[] {
    return balanceViews(this.state, this.accountOf(keyId)).map(({ assetId, availableAtoms, lockedAtoms }) => {
      const asset = this.state.assets.get(assetId);
      const scale = 10 ** (asset?.decimals ?? 0);
      return `${asset?.symbol} ${availableAtoms / scale}/${lockedAtoms / scale}`;
    });
  }

  /** The book as text: `bids | asks`, best first, `price x quantity`. */
  book(symbol = 'SOL_USDC'): string {
    const market = marketBySymbol(this.state, symbol);
    if (market === undefined) return '';
    const depth = depthView(this.state, market.marketId, 1000);
    const line = (levels: readonly (readonly [number, number])[] | undefined) =>
      (levels ?? []).map(
        ([ticks, lots]) =>
          `${this.#scaled(ticks, market.tickDigits, market.tickScale)}x${this.#scaled(lots, market.stepDigits, market.stepScale)}`,
      );
    return `${line(depth?.bids).join(' ')} | ${line(depth?.asks).join(' ')}`;
  }

  #scaled(units: number, digits: number, scale: number): number {
    return (units * digits) / 10 ** scale;
  }
}

/** What happened, short: kinds, with reject reasons and expiry reasons. */
export function summary(events: readonly Event[]): string[] {
  const shown = events.filter(({ kind }) => kind !== 'levelChanged' && kind !== 'balanceChanged');
  return shown.map((event) => {
    if (event.kind === 'rejected') return `rejected ${event.reason}`;
    if (event.kind === 'orderExpired') return `orderExpired ${event.reason}`;
    return event.kind;
  });
}
