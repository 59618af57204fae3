// Copies of an exchange on which something is tried out, while the history goes on without it.
import type { Event, Request } from '@glasshouse/protocol';
import { type Parameters, RequestMaker } from '@glasshouse/testkit';
import type { Seq } from '@glasshouse/units';
import { apply, keysOfAccount, restore, type State, snapshot } from '../../src/index.js';

const US_PER_MS = 1000;

export class Probe {
  readonly state: State;
  readonly events: Event[] = [];
  readonly #maker: RequestMaker;

  constructor(of: State) {
    this.state = restore(snapshot(of));
    this.#maker = new RequestMaker(Math.floor(of.timeUs / US_PER_MS), UNLIKE_HISTORY);
    this.tick();
  }

  /** Whatever was still due at this very moment is done before anything is tried. */
  tick(): void {
    this.#apply(this.#maker.tick());
  }

  /** By the account's first key, which may do everything. */
  command(accountId: number, instruction: string, parameters: Parameters): readonly Event[] {
    const before = this.events.length;
    const keyId = keysOfAccount(this.state, accountId).find(({ active }) => active)?.keyId ?? 0;
    this.#apply(this.#maker.command(keyId, instruction, parameters));
    return this.events.slice(before);
  }

  /** For what is called and not commanded: as if a command were under way. */
  within(work: (state: State) => void): readonly Event[] {
    const before = this.events.length;
    const { state } = this;
    state.scope.begin(state.nextSeq as Seq, state.timeUs, (event) => this.events.push(event));
    work(state);
    return this.events.slice(before);
  }

  #apply(request: Request): void {
    const { state } = this;
    apply(state, { seq: state.nextSeq as Seq, timeUs: state.timeUs, request }, (event) => this.events.push(event));
  }
}

/** Counters of signatures that no history comes to. */
const UNLIKE_HISTORY = 1_000_000_000;
