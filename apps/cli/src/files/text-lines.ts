import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

const GZIP_MAGIC = 0x1f8b;

async function startsLikeGzip(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer.readUInt16BE(0) === GZIP_MAGIC;
  } finally {
    await handle.close();
  }
}

function unzipped(source: Readable): Readable {
  const gunzip = createGunzip();
  // A pipe hands on data, not errors: without this a file that vanishes while read would end as if it were complete.
  source.on('error', (error) => gunzip.destroy(error));
  return source.pipe(gunzip);
}

/** The lines of a text file that have something on them; gzip is recognised by its first bytes, whatever the file is called. */
export async function* textLines(file: string): AsyncGenerator<string> {
  const zipped = await startsLikeGzip(file);
  const source = createReadStream(file);
  const input = zipped ? unzipped(source) : source;
  let rest = '';
  for await (const chunk of input.setEncoding('utf8') as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const text = line.trimEnd();
      if (text !== '') yield text;
    }
  }
  if (rest.trimEnd() !== '') yield rest.trimEnd();
}
