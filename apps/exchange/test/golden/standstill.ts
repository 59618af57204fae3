// A pool that has lent out nearly all it had, and a lender of its asset who must be liquidated: what the pool cannot pay out, a
// borrower owes in the settlement asset instead.
import { keyByPublicKey, type State } from '@glasshouse/core';
import type { Request } from '@glasshouse/protocol';
import {
  CHAIN_KEY,
  fakePublicKey,
  type Parameters,
  PRICE_FEED_KEY,
  PRICE_SOURCES,
  REGISTRAR_KEY,
  RequestMaker,
  RISK_HISTORY_GENESIS,
} from '@glasshouse/testkit';

const START_MS = 1_700_000_000_000;
const PRICES = { BTC: 100_000, ETH: 4000, SOL: 150, USDT: 1, kBONK: 0.02 };
const MINUTE_MS = 61_000;
const FALLEN = 75_500;

/** Requests one by one, each made from the state that the one before has left. */
export class Standstill {
  readonly #maker = new RequestMaker(START_MS);
  #deposits = 0;

  get nowMs(): number {
    return this.#maker.nowMs;
  }

  *requests(state: State): Generator<Request> {
    yield this.#maker.genesis(RISK_HISTORY_GENESIS);
    yield* this.#prices(state, PRICES.BTC, 3);
    yield* this.#customer(state, 'depositor', { USDC: '300000' });
    yield* this.#customer(state, 'lender', { BTC: '1' });
    yield* this.#customer(state, 'borrower', { USDC: '500000' });
    yield* this.#customer(state, 'buyer', {});
    yield this.#ask(state, 'buyer', 'accountUpdate', { autoLend: false });
    yield this.#deposit(state, 'buyer', 'USDC', '400000');
    yield* this.#borrowAndSpend(state, 'lender', 'USDC', '70000');
    for (const quantity of ['0.59', '0.15', '0.1']) {
      yield* this.#borrowAndSpend(state, 'borrower', 'BTC', quantity);
      this.#maker.nowMs += MINUTE_MS;
    }
    const order = { symbol: 'BTC_USDC', orderType: 'Limit', side: 'Bid', price: '75400', quantity: '5' };
    yield this.#ask(state, 'buyer', 'orderExecute', order);
    yield* this.#prices(state, FALLEN, 40);
  }

  /** So many seconds with these prices. */
  *#prices(state: State, btc: number, seconds: number): Generator<Request> {
    const shown = Object.entries({ ...PRICES, BTC: btc }).map(
      ([symbol, price]) => `${symbol}:${price}:${price}:${price}`,
    );
    for (let second = 0; second < seconds; second += 1) {
      this.#maker.nowMs += 1000;
      for (const source of PRICE_SOURCES) {
        yield this.#maker.command(this.#key(state, PRICE_FEED_KEY), 'glassPricesReport', {
          source,
          prices: shown.join(),
        });
      }
    }
  }

  *#customer(state: State, name: string, funds: Readonly<Record<string, string>>): Generator<Request> {
    const publicKey = fakePublicKey(name);
    yield this.#maker.command(this.#key(state, REGISTRAR_KEY), 'glassAccountCreate', { publicKey });
    for (const [symbol, quantity] of Object.entries(funds)) yield this.#deposit(state, name, symbol, quantity);
  }

  *#borrowAndSpend(state: State, name: string, symbol: string, quantity: string): Generator<Request> {
    yield this.#ask(state, name, 'borrowLendExecute', { symbol, side: 'Borrow', quantity });
    yield this.#ask(state, name, 'withdraw', { symbol, quantity, blockchain: 'Sandbox', address: 'away' });
  }

  #deposit(state: State, name: string, symbol: string, quantity: string): Request {
    this.#deposits += 1;
    const accountId = keyByPublicKey(state, fakePublicKey(name))?.accountId ?? 0;
    const reference = `standstill${this.#deposits}`;
    const parameters = { accountId, symbol, quantity, blockchain: 'Sandbox', reference };
    return this.#maker.command(this.#key(state, CHAIN_KEY), 'glassDepositCredit', parameters);
  }

  #ask(state: State, name: string, instruction: string, parameters: Parameters): Request {
    return this.#maker.command(this.#key(state, fakePublicKey(name)), instruction, parameters);
  }

  #key(state: State, publicKey: string): number {
    return keyByPublicKey(state, publicKey)?.keyId ?? 0;
  }
}
