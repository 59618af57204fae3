// Appends until it is killed and prints each acknowledgement at once: record number, hash.
// Arguments: folder, number of appends kept in flight, largest body.

import { writeSync } from 'node:fs';
import { openJournal } from '@glasshouse/journal';

const [directory = '', inFlight = '8', largestBody = '3000'] = process.argv.slice(2);

// Small segments, so that a run crosses many of their boundaries.
const { journal } = await openJournal(directory, { segmentBytes: 128 * 1024 });
let state = process.pid;

/** @param {number} below */
function random(below) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}

async function appendForEver() {
  for (;;) {
    const body = Buffer.alloc(random(Number(largestBody)), 1 + random(255));
    const { nextSeq: firstSeq, lastTimeUs: timeUs } = journal;
    const hash = await journal.append({ firstSeq, timeUs, count: 1, body });
    writeSync(1, `${firstSeq} ${Buffer.from(hash).toString('hex')}\n`);
  }
}

await Promise.all(Array.from({ length: Number(inFlight) }, appendForEver));
