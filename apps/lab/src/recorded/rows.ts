// Recorded tables: comma-separated text, gzip or plain, with the names of its columns in the first line.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

export type Row = Readonly<Record<string, string>>;

const GZIP_MAGIC = [0x1f, 0x8b] as const;

/** Gzip is recognised by its first bytes, whatever the file is called. */
export function recordedText(file: string): string {
  const bytes = readFileSync(file);
  const zipped = bytes[0] === GZIP_MAGIC[0] && bytes[1] === GZIP_MAGIC[1];
  return (zipped ? gunzipSync(bytes) : bytes).toString('utf8');
}

function recordedLines(file: string): string[] {
  return recordedText(file)
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
}

export function recordedRows(file: string): Row[] {
  const [head = '', ...lines] = recordedLines(file);
  const names = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, place) => [name, cells[place] ?? '']));
  });
}

/** A cell as a number; the name says what is missing. */
export function numberIn(row: Row, name: string): number {
  const text = row[name];
  const value = text === undefined || text === '' ? Number.NaN : Number(text);
  if (Number.isNaN(value)) throw new Error(`a recorded row has no number in '${name}': '${text}'`);
  return value;
}
