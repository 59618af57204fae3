// One journal, two versions of Node and so of V8, one hash.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { replay } from '../../src/replay/replay.js';
import { dataDirectory } from '../data-directory.js';
import { seededFlow } from '../flow/seeded-flow.js';
import { writeFlow } from '../flow/write-flow.js';
import { crashRun, marginRun, rfqRun } from './golden-run.js';

const REPLAY = fileURLToPath(new URL('./replay-process.mjs', import.meta.url));
const NEWEST_LTS = fileURLToPath(
  new URL(
    `../../../../scripts/newest-lts/node_modules/node-${process.platform}-${process.arch}/bin/node`,
    import.meta.url,
  ),
);

const FLOWS = [
  { name: 'spot', requests: () => seededFlow(77, 1_500).requests },
  { name: 'margin, with its square roots and divisions', requests: () => marginRun(77, 3_000).requests },
  { name: 'crashes', requests: () => crashRun(77, 3_000).requests },
  { name: 'requests for quotes', requests: () => rfqRun(77, 3_000).requests },
];

const isThere = existsSync(NEWEST_LTS);

it.runIf(isThere).each(FLOWS)(
  '$name comes to the same hash on this Node and on the newest LTS',
  async ({ requests }) => {
    const directory = dataDirectory();
    await writeFlow(directory, requests(), 3);
    const there = JSON.parse(execFileSync(NEWEST_LTS, [REPLAY, directory], { encoding: 'utf8' }));
    const { seq, stateHash } = await replay(directory);
    expect(there).toMatchObject({ seq, stateHash });
  },
);

it('has the newest LTS to compare with', (context) => {
  if (!isThere) context.skip('the newest LTS is not installed: npm test installs it');
});
