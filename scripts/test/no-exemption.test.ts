// An exchange that spares one account: a copy of the core with a flag planted in it runs a venue through a crash. Whoever replays its
// log with the published core finds another state; and whoever follows what the planted core itself tells finds the account by name.
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AUDIT_RULES } from '@glasshouse/auditor';
import * as core from '@glasshouse/core';
import { verify } from '@glasshouse/exchange';
import { openJournal, writeSnapshot } from '@glasshouse/journal';
import {
  type Event,
  encodeRequests,
  genesisRequest,
  type Request,
  signedRequest,
  tickRequest,
} from '@glasshouse/protocol';
import { PRICE_SOURCES, RISK_GENESIS } from '@glasshouse/testkit';
import type { Seq, TimeUs } from '@glasshouse/units';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type PlantedCopy, plantedCopy } from './planted-copy.js';

type Core = typeof core;
type Timed = { readonly timeUs: TimeUs; readonly request: Request };

const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

class Signer {
  readonly publicKey: string;
  private readonly privateKey: KeyObject;

  constructor(name: string) {
    const seed = createHash('sha256').update(name).digest();
    this.privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
    const spki = createPublicKey(this.privateKey).export({ format: 'der', type: 'spki' });
    this.publicKey = spki.subarray(-32).toString('base64');
  }

  request(keyId: number, instruction: string, parameters: Readonly<Record<string, string>>, nowMs: number): Request {
    const pairs = Object.keys(parameters)
      .sort()
      .map((name) => `${name}=${encodeURIComponent(parameters[name] ?? '')}`);
    const text = [`instruction=${instruction}`, ...pairs, `timestamp=${nowMs}`, 'window=5000'].join('&');
    const payload = Buffer.from(text);
    return signedRequest(keyId, sign(null, payload, this.privateKey), payload);
  }
}

const SERVICES = ['registrar', 'chain', 'operator', 'operator', 'priceFeed'] as const;
const START_MS = 1_700_000_000_000;

/** Two hundred seconds in which BTC falls by a fifth of a percent each, with one long that is fifty times over. */
class Crash {
  readonly requests: Timed[] = [];
  readonly #state = core.createState();
  readonly #signers = SERVICES.map((role, place) => new Signer(`${role}${place}`));
  #nowMs = START_MS;

  constructor() {
    const keys = SERVICES.map((role, place) => ({ publicKey: this.#signers[place]?.publicKey ?? '', role }));
    this.#add(genesisRequest(Buffer.from(JSON.stringify({ ...RISK_GENESIS, keys }))));
    const [maker, long] = [this.#join('maker', '1000000'), this.#join('long', '2500')];
    this.#second(100_000);
    this.#second(100_000);
    for (const [who, side] of [[maker, 'Ask'] as const, [long, 'Bid'] as const]) {
      const terms = { symbol: 'BTC_USDC_PERP', orderType: 'Limit', price: '100000', quantity: '1', side };
      this.#ask(who, 'orderExecute', terms);
    }
    for (let second = 1; second <= 30; second += 1) this.#second(100_000 * (1 - second * 0.002));
  }

  /** The account that is fifty times over. */
  get accountId(): number {
    const { publicKey } = this.#signers.at(-1) as Signer;
    return core.keyByPublicKey(this.#state, publicKey)?.accountId ?? 0;
  }

  #add(request: Request): void {
    const timeUs = (this.#nowMs * 1_000) as TimeUs;
    core.apply(this.#state, { seq: this.#state.nextSeq as Seq, timeUs, request }, undefined);
    this.requests.push({ timeUs, request });
  }

  #ask(signer: Signer, instruction: string, parameters: Readonly<Record<string, string>>): void {
    const keyId = core.keyByPublicKey(this.#state, signer.publicKey)?.keyId ?? 0;
    this.#nowMs += 1;
    this.#add(signer.request(keyId, instruction, parameters, this.#nowMs));
  }

  #join(name: string, quantity: string): Signer {
    const [registrar, chain] = this.#signers as [Signer, Signer];
    const signer = new Signer(name);
    this.#signers.push(signer);
    this.#ask(registrar, 'glassAccountCreate', { publicKey: signer.publicKey });
    const accountId = `${core.keyByPublicKey(this.#state, signer.publicKey)?.accountId}`;
    const terms = { accountId, symbol: 'USDC', quantity, blockchain: 'Sandbox', reference: name };
    this.#ask(chain, 'glassDepositCredit', terms);
    return signer;
  }

  #second(price: number): void {
    const prices = ['BTC', 'ETH', 'SOL', 'USDT'].map((symbol) => {
      const shown = (symbol === 'BTC' ? price : 1).toFixed(2);
      return `${symbol}:${shown}:${shown}:${shown}`;
    });
    for (const source of PRICE_SOURCES) {
      this.#ask(this.#signers[4] as Signer, 'glassPricesReport', { source, prices: prices.join(',') });
    }
    for (let part = 0; part < 4; part += 1) {
      this.#nowMs += 250;
      this.#add(tickRequest());
    }
  }
}

const TURN = 'packages/core/src/liquidation/turn.ts';
const TURN_BEGINS = 'export function takeTurn(state: State, accountId: number): void {';

/** The core's source with the flag in it. */
function sparing(accountId: number): string {
  const source = readFileSync(fileURLToPath(new URL(`../../${TURN}`, import.meta.url)), 'utf8');
  const planted = source.replace(TURN_BEGINS, `${TURN_BEGINS}\n  if (accountId === ${accountId}) return;`);
  if (planted === source) throw new Error(`${TURN} has no place for the flag`);
  return planted;
}

const crash = new Crash();
let copy: PlantedCopy;
let planted: Core;
const directories: string[] = [];

beforeAll(async () => {
  copy = plantedCopy({ [TURN]: sparing(crash.accountId) });
  planted = (await import(join(copy.folder, 'packages/core/src/index.ts'))) as Core;
});
afterAll(() => {
  copy.remove();
  for (const directory of directories) rmSync(directory, { recursive: true });
});

function ran({ apply, createState }: Core) {
  const state = createState();
  const events: Event[] = [];
  for (const { timeUs, request } of crash.requests) {
    apply(state, { seq: state.nextSeq as Seq, timeUs, request }, (event) => events.push(event));
  }
  return { state, events };
}

function hashOf(chunks: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}

/** The log as the exchange wrote it, with the snapshot that `by` took at its end. */
async function written(by: Core): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'glasshouse-spared-'));
  directories.push(directory);
  const { journal } = await openJournal(directory, {});
  for (const [index, { timeUs, request }] of crash.requests.entries()) {
    await journal.append({ firstSeq: index as Seq, timeUs, count: 1, body: encodeRequests([request]) });
  }
  const { nextSeq: seq, lastTimeUs: timeUs, headHash } = journal;
  await journal.close();
  const { state } = ran(by);
  const stateHash = Buffer.from(by.stateHash(state, hashOf), 'hex');
  const sections = new Map(by.snapshot(state).map(({ name, bytes }) => [name, bytes]));
  await writeSnapshot(directory, { seq, timeUs, headHash, sections, stateHash });
  return directory;
}

const liquidated = (events: readonly Event[]) =>
  events.flatMap((event) => (event.kind === 'liquidationStarted' ? [event.accountId] : []));

describe('an account that a planted flag spares', () => {
  test('is liquidated by the published core, and not by the planted one', () => {
    expect(new Set(liquidated(ran(core).events))).toEqual(new Set([crash.accountId]));
    expect(liquidated(ran(planted).events)).toEqual([]);
  });

  test('makes a state that nobody else comes to: verify contradicts the snapshot', async () => {
    const directory = await written(planted);
    const { problem } = await verify(directory, { workers: 1 });
    expect(problem?.what).toMatch(/^a snapshot says state hash [0-9a-f]{64}, the replay [0-9a-f]{64}$/);
  });

  test('is named by the audit even of the planted core itself, by the rule that is broken', async () => {
    const directory = await written(planted);
    vi.resetModules();
    vi.doMock('@glasshouse/core', () => planted);
    const exchange = await import('@glasshouse/exchange');
    const { problem, audit } = await exchange.verify(directory, { workers: 1, audit: true });
    vi.doUnmock('@glasshouse/core');
    const [finding] = audit?.findings ?? [];
    expect(finding).toMatchObject({ rule: 'nobodyExempt', accountId: crash.accountId });
    expect(problem?.what).toContain(AUDIT_RULES.nobodyExempt);
  });

  test('is not to be found in the log of the published core', async () => {
    const directory = await written(core);
    const { problem, audit } = await verify(directory, { workers: 1, audit: true });
    expect(problem).toBeUndefined();
    expect(audit?.findings).toEqual([]);
  });
});
