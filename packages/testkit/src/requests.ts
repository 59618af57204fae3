// Requests as callers would sign them. The core does not check signatures, so these carry a counter instead of one: unique, as
// replay protection wants it.
import { genesisRequest, type Request, signedRequest, tickRequest } from '@glasshouse/protocol';

export type Parameters = Readonly<Record<string, string | number | boolean>>;

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

function pairs(instruction: string, parameters: Parameters): string {
  const keys = Object.keys(parameters).sort();
  return [`instruction=${instruction}`, ...keys.map((key) => `${key}=${parameters[key]}`)].join('&');
}

export function fakeSignature(counter: number): Uint8Array {
  const signature = new Uint8Array(64);
  const view = new DataView(signature.buffer);
  view.setInt32(0, Math.imul(counter, 0x9e3779b1), true);
  view.setFloat64(4, counter, true);
  return signature;
}

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** As a confirmation of the request names it. */
export const signatureText = ({ bytes, signatureStart }: Request): string =>
  hexOf(bytes.subarray(signatureStart, signatureStart + 64));

/** Makes requests with rising counters; `nowMs` stands in their timestamps. */
export class RequestMaker {
  #counter: number;
  nowMs: number;

  /** Two makers of one venue need counters far apart: the same counter is the same signature. */
  constructor(nowMs: number, firstCounter = 0) {
    this.nowMs = nowMs;
    this.#counter = firstCounter;
  }

  /** Of the request that is made next, as a confirmation of it names it. */
  nextSignature(): string {
    return hexOf(fakeSignature(this.#counter + 1));
  }

  text(keyId: number, text: string, windowMs = 60_000): Request {
    this.#counter += 1;
    const payload = ascii(`${text}&timestamp=${this.nowMs}&window=${windowMs}`);
    return signedRequest(keyId, fakeSignature(this.#counter), payload);
  }

  command(keyId: number, instruction: string, parameters: Parameters): Request {
    return this.text(keyId, pairs(instruction, parameters));
  }

  orders(keyId: number, orders: readonly Parameters[]): Request {
    return this.text(keyId, orders.map((order) => pairs('orderExecute', order)).join('&'));
  }

  genesis(configuration: object): Request {
    return genesisRequest(ascii(JSON.stringify(configuration)));
  }

  tick(): Request {
    return tickRequest();
  }
}
