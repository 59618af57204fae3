// A core that remembers what it was given: its one balance is the number of requests applied.
import type { ExchangeView } from '@glasshouse/gateway';
import type { Emit, Event, Request, Sequenced } from '@glasshouse/protocol';
import { signedRequest } from '@glasshouse/protocol';
import type { Lots, Ticks } from '@glasshouse/units';
import type { Core } from '../src/pipeline-contract.js';

/** What it says of every request. */
export const APPLIED: Event = {
  kind: 'levelChanged',
  marketId: 1,
  updateId: 1,
  side: 0,
  priceTicks: 1 as Ticks,
  sizeLots: 1 as Lots,
};

export class FakeCore implements Core {
  readonly applied: string[] = [];
  readonly times: number[] = [];
  /** What it was told was next, each time. */
  readonly anticipated: string[] = [];
  /** How many requests it was shown at most, the next one included. */
  longestLook = 0;
  timerUs = Number.POSITIVE_INFINITY;
  readonly view = { levelLots: () => this.applied.length } as unknown as ExchangeView;

  anticipate(requests: readonly Request[], index: number): void {
    this.anticipated.push(textOf(requests[index] as Request));
    this.longestLook = Math.max(this.longestLook, requests.length - index);
  }

  apply({ timeUs, request }: Sequenced, emit: Emit): void {
    const text = textOf(request);
    if (text === 'poison') throw new Error('invariant broken: poison');
    this.applied.push(text);
    this.times.push(timeUs);
    emit(APPLIED);
  }

  nextTimerUs(): number {
    return this.timerUs;
  }
}

export const textOf = (request: Request): string =>
  Buffer.from(request.bytes.subarray(request.payloadStart, request.payloadEnd)).toString();

export const requestOf = (text: string): Request => signedRequest(1, new Uint8Array(64), Buffer.from(text));

/** How many requests the newest state has seen. */
export const appliedCount = (view: ExchangeView): number => view.levelLots(0, 0, 0);
