// A look ahead over requests that are about to be applied. They are decoded in one go, while the decoder is in the processor's
// nearest cache, instead of each between two commands that push it out. A pure hint: no result depends on whether, when or how
// often it is given.
import { decodeCommand, REQUEST_KIND, type Request } from '@glasshouse/protocol';
import type { State } from './state/state.js';

/** Requests of one look: as many as stay in the nearest cache with all that is looked at. */
const AHEAD = 16;

/** To be called before each of the requests of a batch is applied: looks at those that follow, as often as it is worth it. */
export function anticipate({ foresight }: State, requests: readonly Request[], index: number): void {
  if (index % AHEAD !== 0) return;
  const decoded: (ReturnType<typeof decodeCommand> | undefined)[] = [];
  const end = Math.min(requests.length, index + AHEAD);
  for (let place = index; place < end; place += 1) {
    const { kind, bytes, payloadStart, payloadEnd } = requests[place] as Request;
    const signed = kind === REQUEST_KIND.signed;
    decoded[place - index] = signed ? decodeCommand(bytes, payloadStart, payloadEnd) : undefined;
  }
  foresight.foresee(requests, index, decoded);
}
