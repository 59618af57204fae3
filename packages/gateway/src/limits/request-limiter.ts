// Who may ask how often: accounts where a request is signed, network addresses where it is not.
import type { RateClass } from '@glasshouse/api';
import { Problem } from '../problem.js';
import { addressKey, isLoopback } from './address.js';
import { TokenBuckets } from './token-bucket.js';

/** Per minute; Infinity switches a limit off. */
export type RequestRates = {
  readonly standardPerMinute: number;
  readonly historicalPerMinute: number;
  /** Requests that fail authentication, per address: each costs a signature check that no account pays for. */
  readonly failedSignaturesPerMinute: number;
  /** Faucet and registration, per address. */
  readonly sandboxPerMinute: number;
};

type Buckets = { readonly [Name in keyof RequestRates]: TokenBuckets };

function bucketsOf(rates: RequestRates, nowMs: () => number): Buckets {
  return {
    standardPerMinute: new TokenBuckets(rates.standardPerMinute, nowMs),
    historicalPerMinute: new TokenBuckets(rates.historicalPerMinute, nowMs),
    failedSignaturesPerMinute: new TokenBuckets(rates.failedSignaturesPerMinute, nowMs),
    sandboxPerMinute: new TokenBuckets(rates.sandboxPerMinute, nowMs),
  };
}

function refuse(waitMs: number): void {
  if (waitMs > 0) throw new Problem('tooManyRequests', { retryAfterSeconds: Math.ceil(waitMs / 1000) });
}

const RATE_OF: Readonly<Record<RateClass, 'standardPerMinute' | 'historicalPerMinute'>> = {
  standard: 'standardPerMinute',
  historical: 'historicalPerMinute',
};

export class RequestLimiter {
  private readonly remote: Buckets;
  private readonly loopback: Buckets;

  constructor(rates: RequestRates, loopbackRates: RequestRates, nowMs: () => number) {
    this.remote = bucketsOf(rates, nowMs);
    this.loopback = bucketsOf(loopbackRates, nowMs);
  }

  private bucketsFor(address: string): Buckets {
    return isLoopback(address) ? this.loopback : this.remote;
  }

  takeForAddress(address: string, rateClass: RateClass): void {
    refuse(this.bucketsFor(address)[RATE_OF[rateClass]].take(addressKey(address)));
  }

  /** The address decides only which rates apply: bots beside the exchange may be given more. */
  takeForAccount(accountId: number, address: string, rateClass: RateClass): void {
    refuse(this.bucketsFor(address)[RATE_OF[rateClass]].take(`account ${accountId}`));
  }

  takeForSandbox(address: string): void {
    refuse(this.bucketsFor(address).sandboxPerMinute.take(addressKey(address)));
  }

  refuseAfterFailures(address: string): void {
    refuse(this.bucketsFor(address).failedSignaturesPerMinute.waitMs(addressKey(address)));
  }

  countFailure(address: string): void {
    this.bucketsFor(address).failedSignaturesPerMinute.take(addressKey(address));
  }
}
