// What has been made of requests that are about to be applied. Scratch: it changes when work is done, never what comes of it.
import type { decodeCommand, Request } from '@glasshouse/protocol';

type Decoded = ReturnType<typeof decodeCommand>;

export class Foresight {
  readonly #requests: Request[] = [];
  readonly #decoded: Decoded[] = [];
  #count = 0;
  #next = 0;
  /** Of what was read ahead for the sake of reading it. Nobody asks for it: an engine leaves out what nothing comes of. */
  sum = 0;

  /** Forgets what was not taken. */
  begin(): void {
    this.#count = 0;
    this.#next = 0;
  }

  add(request: Request, decoded: Decoded): void {
    this.#requests[this.#count] = request;
    this.#decoded[this.#count] = decoded;
    this.#count += 1;
  }

  /** To be called for each signed request as it comes: undefined when it is not the next of those that were foreseen. */
  take(request: Request): Decoded | undefined {
    const next = this.#next;
    if (next >= this.#count || this.#requests[next] !== request) return undefined;
    this.#next = next + 1;
    return this.#decoded[next];
  }
}
