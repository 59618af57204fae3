// A command that would be accepted, and the faults that can be put into it, one at a time or several at once.
import type {
  Event,
  ExchangeSettings,
  LendingConfiguration,
  PerpConfiguration,
  RejectDetails,
  RejectReason,
  Request,
  TokenConfiguration,
} from '@glasshouse/protocol';
import { CHAIN_KEY, fakePublicKey, TEST_GENESIS } from '@glasshouse/testkit';
import { Venue } from '../venue.js';

/** alice has money, a subaccount, and bob has an ask at 100 in the book; `NEW` is an asset to be configured. */
export class Situation {
  readonly alice: number;
  readonly bob: number;
  readonly subaccountKey = fakePublicKey('alice desk');
  keyId: number;
  /** Who has lent what is borrowed, where that matters. */
  lender = 0;
  /** What is changed of the pool that matters. */
  readonly lendingTerms: Partial<LendingConfiguration> = {};
  /** What is changed of the perpetual that matters. */
  readonly perpTerms: Partial<PerpConfiguration> = {};
  instruction = '';
  parameters: Record<string, string | number> = {};
  /** Of the request's timestamp against sequenced time. */
  offsetMs = 0;
  /** Asked once before already. */
  repeated = false;
  token: TokenConfiguration = {
    blockchain: 'Sandbox',
    depositEnabled: true,
    withdrawEnabled: true,
    minimumDeposit: '0',
    minimumWithdrawal: '0',
    withdrawalFee: '0',
  };
  /** Done when all faults are in place. */
  readonly lastly: (() => void)[] = [];

  constructor(readonly venue: Venue) {
    this.alice = venue.trader('alice', { USDC: '1000', SOL: '10' });
    this.bob = venue.trader('bob', { SOL: '10' });
    this.keyId = this.alice;
    this.venue.command(this.alice, 'glassSubaccountCreate', { publicKey: this.subaccountKey });
    this.venue.limit(this.bob, 'Ask', '100', '5');
  }

  ask(instruction: string, parameters: Record<string, string | number>, keyId = this.alice): void {
    this.instruction = instruction;
    this.parameters = parameters;
    this.keyId = keyId;
  }

  get chain(): number {
    return this.venue.keyId(CHAIN_KEY);
  }

  account(keyId: number): number {
    return this.venue.accountOf(keyId);
  }

  /** Another key of alice's account. */
  addKey(name: string, permissions = 'read,trade,withdraw'): number {
    const publicKey = fakePublicKey(name);
    this.venue.command(this.alice, 'glassKeyAdd', { publicKey, permissions });
    return this.venue.keyId(publicKey);
  }

  settle(settings: Partial<ExchangeSettings>): void {
    this.venue.decide({ kind: 'setSettings', settings: { ...TEST_GENESIS.settings, ...settings } });
  }

  listNew(): void {
    const asset = { symbol: 'NEW', displayName: 'New', decimals: 6, tokens: [this.token] };
    this.venue.decide({ kind: 'listAsset', asset });
  }

  depositNew(quantity: string, keyId = this.alice, reference = `earlier${quantity}`): void {
    const accountId = this.account(keyId);
    const parameters = { accountId, symbol: 'NEW', quantity, blockchain: 'Sandbox', reference };
    this.venue.command(this.chain, 'glassDepositCredit', parameters);
  }

  /** The request, when everything before it has happened. */
  prepared(): Request {
    for (const step of this.lastly) step();
    const { maker } = this.venue;
    maker.nowMs += this.offsetMs;
    const request = maker.command(this.keyId, this.instruction, this.parameters);
    maker.nowMs -= this.offsetMs;
    if (this.repeated) this.venue.apply(request);
    return request;
  }
}

export type Fault = {
  readonly reason: RejectReason;
  /** What it changes: two faults that change the same cannot be combined. */
  readonly touches: readonly string[];
  readonly details: RejectDetails;
  readonly spoil: (situation: Situation) => void;
};

export type Family = {
  readonly name: string;
  /** Other than the test venue. */
  readonly venue?: () => Venue;
  readonly base: (situation: Situation) => void;
  readonly faults: readonly Fault[];
};

/** The situation with these faults, the least preceding put in first, so that the others cannot keep it out. */
export function situationOf(family: Family, faults: readonly Fault[]): Situation {
  const situation = new Situation(family.venue?.() ?? new Venue({ checked: false }));
  family.base(situation);
  for (const fault of faults.toReversed()) fault.spoil(situation);
  return situation;
}

export function rejectIn(events: readonly Event[]): { reason: RejectReason; details: RejectDetails } | undefined {
  const rejected = events.find((event) => event.kind === 'rejected');
  return rejected === undefined ? undefined : { reason: rejected.reason, details: rejected.details };
}
