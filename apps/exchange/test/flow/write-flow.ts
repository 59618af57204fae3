// A flow into a journal, in batches whose boundaries are drawn from a seed: requests of one time, one or more to a batch.
import { openJournal } from '@glasshouse/journal';
import { encodeRequests, type Request } from '@glasshouse/protocol';
import type { Seq, TimeUs } from '@glasshouse/units';
import type { TimedRequest } from './flow-venue.js';
import { Random } from './random.js';

export const SMALL_SEGMENTS = 4 * 1024 * 1024;

type FlowBatch = { readonly firstSeq: Seq; readonly timeUs: TimeUs; readonly requests: Request[] };

function batchesOf(flow: readonly TimedRequest[], firstSeq: number, boundarySeed: number): FlowBatch[] {
  const random = new Random(boundarySeed);
  const batches: FlowBatch[] = [];
  for (const [index, { timeUs, request }] of flow.entries()) {
    const open = batches.at(-1);
    if (open !== undefined && open.timeUs === timeUs && random.chance(70)) open.requests.push(request);
    else batches.push({ firstSeq: (firstSeq + index) as Seq, timeUs, requests: [request] });
  }
  return batches;
}

export async function writeFlow(directory: string, flow: readonly TimedRequest[], boundarySeed: number): Promise<void> {
  const { journal } = await openJournal(directory, { segmentBytes: SMALL_SEGMENTS });
  const pending = batchesOf(flow, journal.nextSeq, boundarySeed).map(({ firstSeq, timeUs, requests }) =>
    journal.append({ firstSeq, timeUs, count: requests.length, body: encodeRequests(requests) }),
  );
  await Promise.all(pending);
  await journal.close();
}
