// A service key as the exchange keeps it: a JSON file with `publicKey` and `secretKey`.
import { readFileSync } from 'node:fs';
import type { KeyPair } from '@glasshouse/client';
import { objectOf } from './venue/frame.js';

/** The parser's own message would quote the file, so it is not shown. */
export function readKeyFile(file: string): KeyPair {
  const content = objectOf(readFileSync(file, 'utf8'));
  const { publicKey, secretKey } = content ?? {};
  if (typeof publicKey !== 'string' || typeof secretKey !== 'string') {
    throw new TypeError(`${file} holds no publicKey and secretKey`);
  }
  return { apiKey: publicKey, apiSecret: secretKey };
}
