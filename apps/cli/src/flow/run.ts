// What every recorded flow runs with: how its requests are signed, where they are kept, and how far it has come.
import type { Progress } from '../terminal/progress.js';
import { FlowJournal } from './journal.js';
import { numberedSignatures, type Signer, signedForReal } from './signing.js';
import type { RequestLog } from './venue.js';

export type FlowOptions = {
  /** Data folder for a journal of the flow; its requests are really signed. */
  readonly journal?: string | undefined;
  readonly progress: Progress;
};

const ITEMS_PER_PAUSE = 1024;
const NS_PER_SECOND = 1e9;

export class FlowRun {
  readonly sign: Signer;
  readonly log: RequestLog | undefined;
  #feedNs = 0n;

  private constructor(
    readonly progress: Progress,
    private readonly journal: FlowJournal | undefined,
  ) {
    this.sign = journal === undefined ? numberedSignatures() : signedForReal;
    this.log = journal === undefined ? undefined : (seq, timeUs, request) => journal.add(seq, timeUs, request);
  }

  static async open({ journal, progress }: FlowOptions): Promise<FlowRun> {
    return new FlowRun(progress, journal === undefined ? undefined : await FlowJournal.open(journal));
  }

  /** Feeds item after item; the time of the feeding itself is what `perSecond` tells. */
  async feed<Item>(label: string, items: readonly Item[], feed: (item: Item) => void): Promise<void> {
    this.progress.start(label, items.length);
    for (let start = 0; start < items.length; start += ITEMS_PER_PAUSE) {
      const began = process.hrtime.bigint();
      for (const item of items.slice(start, start + ITEMS_PER_PAUSE)) feed(item);
      this.#feedNs += process.hrtime.bigint() - began;
      this.progress.at(Math.min(items.length, start + ITEMS_PER_PAUSE));
      await this.journal?.settled();
    }
    this.progress.stop();
  }

  perSecond(count: number): number {
    return this.#feedNs === 0n ? 0 : Math.round((count * NS_PER_SECOND) / Number(this.#feedNs));
  }

  async close(): Promise<void> {
    this.progress.stop();
    await this.journal?.close();
  }
}
