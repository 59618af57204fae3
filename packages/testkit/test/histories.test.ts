import { decodeCommand, encodeRequests, INSTRUCTION, isMalformed, REQUEST_KIND } from '@glasshouse/protocol';
import { describe, expect, test } from 'vitest';
import {
  CrashHistory,
  GuardHistory,
  RandomHistory,
  RfqHistory,
  RiskHistory,
  StrategyHistory,
  type TimedRequest,
  VaultHistory,
} from '../src/index.js';

const everyKind = Object.keys(INSTRUCTION);

const STRATEGIES_ONLY = ['createStrategy', 'cancelStrategy', 'cancelAllStrategies'];
const GUARDS_ONLY = [
  'cancelWithdrawal',
  'createWithdrawalDelay',
  'updateWithdrawalDelay',
  'saveAddress',
  'removeAddress',
  'setAddressBook',
  'enableTwoFactor',
  'disableTwoFactor',
  'confirmTwoFactor',
];
const VAULT_ONLY = ['vaultMint', 'vaultRedeem', 'vaultRedeemCancel'];
const CRASH_ONLY = ['enrolBackstop', 'leaveBackstop', 'acceptNegativeBalance'];
const RFQ_ONLY = ['submitRfq', 'cancelRfq', 'acceptQuote', 'refreshRfq', 'submitQuote', 'convertDust'];
/** Price reports and loans are for venues with margin; the people and services that both need are asked for in the other. */
const MARGIN_ONLY = ['borrowLend', 'reportPrices', ...CRASH_ONLY, ...RFQ_ONLY];

const without = (...left: readonly (readonly string[])[]) => everyKind.filter((kind) => !left.flat().includes(kind));

const HISTORIES = [
  {
    name: 'a history of spot trading',
    take: (seed: number, count: number) => new RandomHistory(seed).take(count),
    kinds: without(MARGIN_ONLY, STRATEGIES_ONLY, GUARDS_ONLY, VAULT_ONLY),
  },
  {
    name: 'a history with margin',
    take: (seed: number, count: number) => new RiskHistory(seed).take(count),
    kinds: without(CRASH_ONLY, RFQ_ONLY, STRATEGIES_ONLY, GUARDS_ONLY, VAULT_ONLY),
  },
  {
    name: 'a history of crashes',
    take: (seed: number, count: number) => new CrashHistory(seed).take(count),
    kinds: without(RFQ_ONLY, STRATEGIES_ONLY, GUARDS_ONLY, VAULT_ONLY),
  },
  {
    name: 'a history of vaults',
    take: (seed: number, count: number) => new VaultHistory(seed).take(count),
    kinds: without(RFQ_ONLY, STRATEGIES_ONLY, GUARDS_ONLY),
  },
  {
    name: 'a history of strategies',
    take: (seed: number, count: number) => new StrategyHistory(seed).take(count),
    kinds: without(RFQ_ONLY, GUARDS_ONLY, VAULT_ONLY),
  },
  {
    name: 'a history of guarded withdrawals',
    take: (seed: number, count: number) => new GuardHistory(seed).take(count),
    kinds: without(CRASH_ONLY, RFQ_ONLY, STRATEGIES_ONLY, VAULT_ONLY),
  },
  {
    name: 'a history of requests for quotes',
    take: (seed: number, count: number) => new RfqHistory(seed).take(count),
    kinds: without(CRASH_ONLY, STRATEGIES_ONLY, GUARDS_ONLY, VAULT_ONLY),
  },
];

function kindsIn(history: readonly TimedRequest[]): string[] {
  const kinds = new Set<string>();
  for (const { request } of history) {
    if (request.kind !== REQUEST_KIND.signed) continue;
    const decoded = decodeCommand(request.bytes, request.payloadStart, request.payloadEnd);
    if (!isMalformed(decoded)) kinds.add(decoded.command.kind);
  }
  return [...kinds].sort();
}

describe.each(HISTORIES)('$name', ({ take, kinds }) => {
  const bytesOf = (seed: number) => Buffer.from(encodeRequests(take(seed, 2000).map(({ request }) => request)));

  test('is the same for the same seed and another for another', () => {
    expect(bytesOf(7).equals(bytesOf(7))).toBe(true);
    expect(bytesOf(8).equals(bytesOf(7))).toBe(false);
  });

  test('begins with the genesis, and time never goes back', () => {
    const history = take(1, 3000);
    expect(history.filter(({ request }) => request.kind === REQUEST_KIND.genesis)).toEqual([history[0]]);
    const times = history.map(({ timeUs }) => timeUs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  test('asks for everything that can be asked', () => {
    expect(kindsIn(take(1, 4000))).toEqual([...kinds].sort());
  });
});
