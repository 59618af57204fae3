// A change in what requests mean, in what events say or in how state is hashed shows here, on every Node that the tests run on.
// If the change is wanted: npx vitest run apps/exchange/test/golden -u, and say in the commit what changed.
import { decodeCommand, type EventKind, INSTRUCTION, isMalformed, REQUEST_KIND } from '@glasshouse/protocol';
import { expect, it } from 'vitest';
import { replay } from '../../src/replay/replay.js';
import { dataDirectory } from '../data-directory.js';
import { writeFlow } from '../flow/write-flow.js';
import { goldenHashes, goldenVenue } from './golden-run.js';

const venue = goldenVenue();

/** What only a venue with perpetuals, pools and indexes brings about. */
const WITH_MARGIN_ONLY = {
  assetChanged: true,
  positionChanged: true,
  pnlSettled: true,
  cashSettled: true,
  fundingPaid: true,
  fundingRateSet: true,
  perpPriceChanged: true,
  assetPriceChanged: true,
  poolChanged: true,
  borrowLendChanged: true,
  interestPosted: true,
  collateralConverted: true,
  triggerOrderChanged: true,
  triggerOrderAccepted: true,
  referralPaid: true,
} as const;
const MARGIN_COMMANDS: readonly string[] = ['borrowLend', 'reportPrices'];

/** Every kind must occur. */
const EVERY_EVENT: Readonly<Record<Exclude<EventKind, keyof typeof WITH_MARGIN_ONLY>, true>> = {
  rejected: true,
  orderAccepted: true,
  orderFilled: true,
  orderCancelled: true,
  orderExpired: true,
  orderReduced: true,
  traded: true,
  levelChanged: true,
  balanceChanged: true,
  accountCreated: true,
  accountUpdated: true,
  keyAdded: true,
  keyRevoked: true,
  transferred: true,
  depositCredited: true,
  withdrawalRequested: true,
  withdrawalConfirmed: true,
  assetListed: true,
  marketListed: true,
  marketChanged: true,
  settingsChanged: true,
  proposed: true,
  approved: true,
  proposalExpired: true,
};

function commandKinds(): Set<string> {
  const kinds = new Set<string>();
  for (const { request } of venue.requests) {
    if (request.kind !== REQUEST_KIND.signed) continue;
    const decoded = decodeCommand(request.bytes, request.payloadStart, request.payloadEnd);
    if (!isMalformed(decoded)) kinds.add(decoded.command.kind);
  }
  return kinds;
}

it('asks for everything that can be asked, and makes everything happen that can happen', () => {
  const spotCommands = Object.keys(INSTRUCTION).filter((kind) => !MARGIN_COMMANDS.includes(kind));
  expect([...commandKinds()].sort()).toEqual(spotCommands.sort());
  expect([...new Set(venue.events.map(({ kind }) => kind))].sort()).toEqual(Object.keys(EVERY_EVENT).sort());
});

it('comes to the hashes on record', async () => {
  await expect(`${JSON.stringify(goldenHashes(venue), null, 2)}\n`).toMatchFileSnapshot('golden.json');
});

it('comes to the same state from a journal', async () => {
  const directory = dataDirectory();
  await writeFlow(directory, venue.requests, 1);
  expect((await replay(directory)).stateHash).toBe(goldenHashes(venue).state);
});
