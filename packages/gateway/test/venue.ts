// A gateway on a free port with a memory exchange behind it, and clients that sign as the reference's do.
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import {
  batchSigningText,
  OPERATIONS,
  type OperationName,
  operationOf,
  type Parameter,
  parametersOf,
  problemWith,
  type SigningForm,
} from '@glasshouse/api';
import type { GenesisConfiguration } from '@glasshouse/protocol';
import { TEST_GENESIS } from '@glasshouse/testkit';
import {
  createGateway,
  type Gateway,
  type GatewayOptions,
  type SecretVault,
  type ServiceSigner,
} from '../src/index.js';
import { MemoryExchange } from './memory-exchange.js';

export type Key = { readonly publicKey: string; readonly privateKey: KeyObject };

export function newKey(): Key {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  return { publicKey: raw.toString('base64'), privateKey };
}

export type Reply = { readonly status: number; readonly headers: Headers; readonly text: string; json(): unknown };
export type Signing = {
  readonly form?: SigningForm;
  readonly instruction?: string;
  readonly timestampMs?: number;
  readonly windowMs?: number;
  /** Replaces headers after signing. */
  readonly headers?: Readonly<Record<string, string>>;
};

type Body = Readonly<Record<string, unknown>> | readonly Readonly<Record<string, unknown>>[];

async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
}

const encoder = new TextEncoder();

/** What a caller signs for parameters that are lists of pairs already. */
export function signedHeaders(
  key: Key,
  instruction: string,
  batch: readonly (readonly Parameter[])[],
  signing: Signing = {},
): Record<string, string> {
  const validity = { timestampMs: signing.timestampMs ?? Date.now(), windowMs: signing.windowMs ?? 5000 };
  const text = batchSigningText(signing.instruction ?? instruction, batch, validity, signing.form ?? 'raw');
  return {
    'X-API-Key': key.publicKey,
    'X-Signature': sign(null, encoder.encode(text), key.privateKey).toString('base64'),
    'X-Timestamp': String(validity.timestampMs),
    'X-Window': String(validity.windowMs),
    ...signing.headers,
  };
}

/** One account with its key. */
export class Trader {
  constructor(
    readonly url: string,
    readonly key: Key,
    readonly accountId: number,
    /** For venues whose time runs ahead. */
    readonly nowMs: () => number = Date.now,
  ) {}

  /** Sends an operation with the given parameters, signed. */
  async send(name: OperationName, parameters: Body = {}, signing: Signing = {}): Promise<Reply> {
    const { method, path, instruction } = operationOf(name);
    const batch = Array.isArray(parameters)
      ? parameters.map(parametersOf)
      : [parametersOf(parameters as Readonly<Record<string, unknown>>)];
    const headers = signedHeaders(this.key, instruction ?? '', batch, { timestampMs: this.nowMs(), ...signing });
    if (method === 'GET') {
      const query = new URLSearchParams((batch[0] ?? []).map(([one, text]): [string, string] => [one, text]));
      return replyOf(await fetch(`${this.url}${path}?${query}`, { headers }));
    }
    const body = JSON.stringify(parameters);
    return replyOf(
      await fetch(this.url + path, { method, headers: { 'Content-Type': 'application/json', ...headers }, body }),
    );
  }

  /** The answer of an operation that must succeed and must fit its published schema. */
  async ask<Answer>(name: OperationName, parameters: Body = {}): Promise<Answer> {
    return fitting<Answer>(name, await this.send(name, parameters));
  }
}

export function fitting<Answer>(name: OperationName, reply: Reply): Answer {
  if (reply.status !== 200) throw new Error(`${name} answered ${reply.status} ${reply.text}`);
  const { response } = OPERATIONS[name];
  if (response === null && reply.text === '') return undefined as Answer;
  const answer: unknown = reply.json();
  const problem = response === null ? 'it should be empty' : problemWith(response, answer);
  if (problem !== undefined) throw new Error(`${name} does not fit its schema: ${problem} in ${reply.text}`);
  return answer as Answer;
}

export type Venue = {
  readonly exchange: MemoryExchange;
  readonly gateway: Gateway;
  readonly operators: readonly [Trader, Trader];
  readonly url: string;
  readonly streamUrl: string;
  get(path: string, init?: RequestInit): Promise<Reply>;
  /** A registered account, funded by the faucet. */
  trader(funds?: Readonly<Record<string, string>>): Promise<Trader>;
  close(): Promise<void>;
};

export type VenueOptions = {
  readonly options?: GatewayOptions;
  readonly withoutSigners?: boolean;
  readonly genesis?: Partial<GenesisConfiguration>;
  readonly priceFeed?: Key;
  /** With it the venue has a two-factor service. */
  readonly vault?: SecretVault;
};

const OPEN_RATES = {
  standardPerMinute: Infinity,
  historicalPerMinute: Infinity,
  failedSignaturesPerMinute: Infinity,
  sandboxPerMinute: Infinity,
};

function signerOf(exchange: MemoryExchange, key: Key): ServiceSigner {
  const view = exchange.state.keys.idOf(key.publicKey);
  return { keyId: view, sign: (text) => sign(null, text, key.privateKey) };
}

export async function openVenue({
  options,
  withoutSigners,
  genesis,
  priceFeed,
  vault,
}: VenueOptions = {}): Promise<Venue> {
  const registrar = newKey();
  const chain = newKey();
  const twoFactor = newKey();
  const operatorKeys = [newKey(), newKey()] as const;
  const exchange = new MemoryExchange({
    ...TEST_GENESIS,
    keys: [
      { publicKey: registrar.publicKey, role: 'registrar' },
      { publicKey: chain.publicKey, role: 'chain' },
      ...operatorKeys.map(({ publicKey }) => ({ publicKey, role: 'operator' as const })),
      ...(vault === undefined ? [] : [{ publicKey: twoFactor.publicKey, role: 'twoFactor' as const }]),
      ...(priceFeed === undefined ? [] : [{ publicKey: priceFeed.publicKey, role: 'priceFeed' as const }]),
    ],
    ...genesis,
  });
  const service = vault && { twoFactor: signerOf(exchange, twoFactor) };
  const signers = withoutSigners
    ? {}
    : { registrar: signerOf(exchange, registrar), chain: signerOf(exchange, chain), ...service };
  const gateway = await createGateway({
    port: exchange,
    history: exchange.history,
    signers,
    vault,
    options: { rates: OPEN_RATES, verification: { workers: 1 }, keepAlive: { shutdownGraceMs: 500 }, ...options },
  });
  const { port } = await gateway.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${port}`;
  const get = async (path: string, init?: RequestInit) => replyOf(await fetch(url + path, init));
  const post = (path: string, body: object) =>
    get(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  const nowMs = () => Math.floor(exchange.nowUs() / 1000);
  const trader = async (funds: Readonly<Record<string, string>> = {}) => {
    const key = newKey();
    const created = fitting<{ accountId: number }>(
      'createAccount',
      await post('/glass/v1/accounts', { publicKey: key.publicKey }),
    );
    for (const [symbol, quantity] of Object.entries(funds)) {
      fitting('faucet', await post('/glass/v1/faucet', { accountId: created.accountId, symbol, quantity }));
    }
    return new Trader(url, key, created.accountId, nowMs);
  };
  const operators = [new Trader(url, operatorKeys[0], 0, nowMs), new Trader(url, operatorKeys[1], 0, nowMs)] as const;
  return {
    exchange,
    gateway,
    operators,
    url,
    streamUrl: `ws://127.0.0.1:${port}`,
    get,
    trader,
    close: () => gateway.close(),
  };
}
