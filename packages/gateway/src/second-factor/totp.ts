// Time-based one-time passwords (RFC 6238): SHA-1, six digits, thirty seconds, which is what every authenticator has.
import { createHmac, timingSafeEqual } from 'node:crypto';

const STEP_SECONDS = 30;
const DIGITS = 6;
const MODULUS = 10 ** DIGITS;
const CODE = /^\d{6}$/;
/** Clocks differ: a code of the step before or after is good too. */
const STEPS_APART = [0, -1, 1] as const;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export function codeAt(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', secret).update(counter).digest();
  const offset = (digest[digest.length - 1] as number) & 0xf;
  return String((digest.readUInt32BE(offset) & 0x7fff_ffff) % MODULUS).padStart(DIGITS, '0');
}

export const stepAt = (nowMs: number): number => Math.floor(nowMs / 1000 / STEP_SECONDS);

/** The time step whose code it is; undefined when it is wrong. All are compared, each in constant time. */
export function stepOf(secret: Uint8Array, code: string, nowMs: number): number | undefined {
  if (!CODE.test(code)) return undefined;
  const given = Buffer.from(code);
  let found: number | undefined;
  for (const apart of STEPS_APART) {
    const step = stepAt(nowMs) + apart;
    const same = timingSafeEqual(given, Buffer.from(codeAt(secret, step)));
    if (same && found === undefined) found = step;
  }
  return found;
}

/** RFC 4648 without padding. */
export function base32(bytes: Uint8Array): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => BASE32[Number.parseInt(group.padEnd(5, '0'), 2)]).join('');
}

/** As authenticators read it from a picture. */
export function otpauthUri(secret: Uint8Array, venue: string, account: string): string {
  const label = `${encodeURIComponent(venue)}:${encodeURIComponent(account)}`;
  const parameters = new URLSearchParams({ secret: base32(secret), issuer: venue });
  return `otpauth://totp/${label}?${parameters}`;
}
