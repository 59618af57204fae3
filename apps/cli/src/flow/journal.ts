// Keeps a flow's requests in a real journal, one batch for each instant of recorded time, so that `verify` can judge it.
import { type Journal, openJournal } from '@glasshouse/journal';
import { encodeRequests, type Request } from '@glasshouse/protocol';
import type { Seq, TimeUs } from '@glasshouse/units';

const MOST_REQUESTS = 512;

export class FlowJournal {
  #firstSeq = 0 as Seq;
  #timeUs = 0 as TimeUs;
  #requests: Request[] = [];
  #unsettled: Promise<unknown>[] = [];

  private constructor(private readonly journal: Journal) {}

  /** A new journal in the data folder; one that holds records already is refused. */
  static async open(dataDirectory: string): Promise<FlowJournal> {
    const { journal } = await openJournal(dataDirectory);
    if (journal.nextSeq === 0) return new FlowJournal(journal);
    await journal.close();
    throw new Error(`${dataDirectory} holds a journal of ${journal.nextSeq} records: give an empty folder`);
  }

  add(seq: Seq, timeUs: TimeUs, request: Request): void {
    if (this.#requests.length === MOST_REQUESTS || timeUs !== this.#timeUs) this.#append();
    if (this.#requests.length === 0) {
      this.#firstSeq = seq;
      this.#timeUs = timeUs;
    }
    this.#requests.push(request);
  }

  /** Resolves when all that has been appended is durable. */
  async settled(): Promise<void> {
    const waiting = this.#unsettled;
    this.#unsettled = [];
    await Promise.all(waiting);
  }

  async close(): Promise<void> {
    this.#append();
    await this.settled();
    await this.journal.close();
  }

  #append(): void {
    const count = this.#requests.length;
    if (count === 0) return;
    const body = encodeRequests(this.#requests);
    this.#requests = [];
    this.#unsettled.push(this.journal.append({ firstSeq: this.#firstSeq, timeUs: this.#timeUs, count, body }));
  }
}
