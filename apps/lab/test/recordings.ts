// Recorded markets lie beside the repository and are no part of it: tests skip where they are absent.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const RECORDINGS = fileURLToPath(new URL('../../../../shared/data', import.meta.url));
export const recordingsPresent = existsSync(RECORDINGS);
if (!recordingsPresent)
  console.warn('recorded markets are not beside the repository: tests that play them are skipped');

type Facts = Readonly<Record<string, Readonly<Record<string, number>>>>;
export const facts = (): Facts => JSON.parse(readFileSync(`${RECORDINGS}/facts.json`, 'utf8')) as Facts;
