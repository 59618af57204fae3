// A local server with the layout of the public archive: daily zips and their checksums. It can break off, and it can lie.
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32, deflateRawSync } from 'node:zlib';

/** A zip with one file in it. */
export function zipOf(name: string, text: string): Buffer {
  const content = Buffer.from(text);
  const packed = deflateRawSync(content);
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(8, 4);
  fields.writeUInt32LE(crc32(content), 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(content.length, 18);
  fields.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.from(name), packed]);
  const entry = Buffer.concat([
    Buffer.from('PK\x01\x02\x14\x00', 'latin1'),
    fields,
    Buffer.alloc(14),
    Buffer.from(name),
  ]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, entry, end]);
}

export class ArchiveServer {
  readonly files = new Map<string, Buffer>();
  /** Asked for, in order, with where to begin. */
  readonly asked: string[] = [];
  /** The checksum of everything is then that of something else. */
  lies = false;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<ArchiveServer> {
    const server = createServer();
    const archive = new ArchiveServer(server);
    server.on('request', (request, response) => {
      const path = request.url ?? '';
      const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
      archive.asked.push(from === 0 ? path : `${path} from ${from}`);
      const file = archive.files.get(path.replace(/\.CHECKSUM$/, ''));
      if (file === undefined) return response.writeHead(404).end();
      if (!path.endsWith('.CHECKSUM')) return response.writeHead(from === 0 ? 200 : 206).end(file.subarray(from));
      const checksum = createHash('sha256')
        .update(archive.lies ? 'other' : file)
        .digest('hex');
      return response.end(`${checksum}  ${path.split('/').at(-1)?.replace('.CHECKSUM', '')}\n`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return archive;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
