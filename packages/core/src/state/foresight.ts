// What has been made of requests that are about to be applied. Scratch: it changes when work is done, never what comes of it.
import type { decodeCommand, Request } from '@glasshouse/protocol';

type Decoded = ReturnType<typeof decodeCommand>;

const NOTHING: readonly never[] = [];

export class Foresight {
  #requests: readonly Request[] = NOTHING;
  /** Of the requests from `#first` on; undefined for those that no key signs. */
  #decoded: readonly (Decoded | undefined)[] = NOTHING;
  #first = 0;
  #next = 0;

  /** Replaces what was foreseen before, taken or not. */
  foresee(requests: readonly Request[], first: number, decoded: readonly (Decoded | undefined)[]): void {
    this.#requests = requests;
    this.#decoded = decoded;
    this.#first = first;
    this.#next = first;
  }

  /** Undefined for a request that was not foreseen. They are taken in their order. */
  take(request: Request): Decoded | undefined {
    const end = this.#first + this.#decoded.length;
    for (let place = this.#next; place < end; place += 1) {
      if (this.#requests[place] !== request) continue;
      this.#next = place + 1;
      return this.#decoded[place - this.#first];
    }
    return undefined;
  }
}
