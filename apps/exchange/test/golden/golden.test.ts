// A change in what requests mean, in what events say or in how state is hashed shows here, on every Node that the tests run on.
// If the change is wanted: npx vitest run apps/exchange/test/golden -u, and say in the commit what changed.
import { decodeCommand, type EventKind, INSTRUCTION, isMalformed, REQUEST_KIND } from '@glasshouse/protocol';
import { expect, it } from 'vitest';
import { replay } from '../../src/replay/replay.js';
import { dataDirectory } from '../data-directory.js';
import { writeFlow } from '../flow/write-flow.js';
import {
  crashRun,
  goldenHashes,
  guardRun,
  marginRun,
  rfqRun,
  spotRun,
  standstillRun,
  strategyRun,
  vaultRun,
} from './golden-run.js';

const RUNS = [
  { name: 'spot', run: spotRun(), file: 'golden.json' },
  { name: 'margin', run: marginRun(), file: 'golden-margin.json' },
  { name: 'crash', run: crashRun(), file: 'golden-crash.json' },
  { name: 'strategies', run: strategyRun(), file: 'golden-strategies.json' },
  { name: 'guarded withdrawals', run: guardRun(), file: 'golden-guards.json' },
  { name: 'standstill of a pool', run: standstillRun(), file: 'golden-standstill.json' },
  { name: 'vaults', run: vaultRun(), file: 'golden-vaults.json' },
  { name: 'requests for quotes', run: rfqRun(), file: 'golden-rfq.json' },
];

/** Every kind must occur. */
const EVERY_EVENT: Readonly<Record<EventKind, true>> = {
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
  marginWarning: true,
  liquidationStarted: true,
  liquidationStep: true,
  backstopAssigned: true,
  deleveraged: true,
  loanDeleveraged: true,
  loanAssigned: true,
  deficitCovered: true,
  negativeBalanceRecorded: true,
  negativeBalanceAccepted: true,
  liquidationEnded: true,
  backstopEnrolled: true,
  backstopLeft: true,
  strategyCreated: true,
  strategySliced: true,
  strategyEnded: true,
  securityChanged: true,
  twoFactorConfirmed: true,
  withdrawalReleased: true,
  withdrawalCancelled: true,
  positionOpened: true,
  vaultListed: true,
  vaultChanged: true,
  vaultMinted: true,
  vaultRedeemChanged: true,
  vaultNavSampled: true,
  rfqOpened: true,
  rfqRefreshed: true,
  rfqClosed: true,
  quoteOpened: true,
  quoteClosed: true,
  rfqFilled: true,
  dustConverted: true,
};

function commandKinds(): Set<string> {
  const kinds = new Set<string>();
  for (const { request } of RUNS.flatMap(({ run }) => run.requests)) {
    if (request.kind !== REQUEST_KIND.signed) continue;
    const decoded = decodeCommand(request.bytes, request.payloadStart, request.payloadEnd);
    if (!isMalformed(decoded)) kinds.add(decoded.command.kind);
  }
  return kinds;
}

it('asks for everything that can be asked, and makes everything happen that can happen', () => {
  expect([...commandKinds()].sort()).toEqual(Object.keys(INSTRUCTION).sort());
  const happened = new Set(RUNS.flatMap(({ run }) => run.events.map(({ kind }) => kind)));
  expect([...happened].sort()).toEqual(Object.keys(EVERY_EVENT).sort());
});

it.each(RUNS)('$name comes to the hashes on record', async ({ run, file }) => {
  await expect(`${JSON.stringify(goldenHashes(run), null, 2)}\n`).toMatchFileSnapshot(file);
});

it.each(RUNS)('$name comes to the same state from a journal', async ({ run }) => {
  const directory = dataDirectory();
  await writeFlow(directory, run.requests, 1);
  expect((await replay(directory)).stateHash).toBe(goldenHashes(run).state);
});
