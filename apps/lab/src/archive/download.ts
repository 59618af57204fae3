// Fetches one file of an archive with its checksum. What was interrupted goes on where it stopped; what does not match is not kept.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const SHA256 = /^[0-9a-f]{64}/;
const PARTIAL_CONTENT = 206;
const NOTHING_LEFT = 416;

async function fetched(url: string, headers: Record<string, string> = {}): Promise<Response> {
  const response = await fetch(url, { headers });
  if (response.ok || response.status === NOTHING_LEFT) return response;
  throw new Error(`${url}: ${response.status} ${response.statusText}`);
}

async function publishedChecksum(url: string): Promise<string> {
  const text = await (await fetched(`${url}.CHECKSUM`)).text();
  const [checksum] = SHA256.exec(text.trim().toLowerCase()) ?? [];
  if (checksum === undefined) throw new Error(`${url}.CHECKSUM has no SHA-256`);
  return checksum;
}

async function checksumOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

const lengthOf = (file: string): number => (existsSync(file) ? statSync(file).size : 0);

async function append(url: string, part: string): Promise<void> {
  const have = lengthOf(part);
  const response = await fetched(url, have === 0 ? {} : { range: `bytes=${have}-` });
  if (response.status === NOTHING_LEFT || response.body === null) return;
  const flags = response.status === PARTIAL_CONTENT ? 'a' : 'w';
  await pipeline(Readable.fromWeb(response.body), createWriteStream(part, { flags }));
}

export type Fetched = 'there already' | 'downloaded';

/** Afterwards `file` is what the archive publishes, or this throws. */
export async function download(url: string, file: string): Promise<Fetched> {
  const checksum = await publishedChecksum(url);
  if (existsSync(file) && (await checksumOf(file)) === checksum) return 'there already';
  const part = `${file}.part`;
  mkdirSync(dirname(file), { recursive: true });
  await append(url, part);
  if ((await checksumOf(part)) !== checksum) {
    rmSync(part);
    throw new Error(`${url} does not match its checksum`);
  }
  renameSync(part, file);
  return 'downloaded';
}
