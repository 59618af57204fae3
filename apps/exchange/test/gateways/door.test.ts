import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { type ExchangePort, Overloaded } from '@glasshouse/gateway';
import { tickRequest } from '@glasshouse/protocol';
import type { Seq, TimeUs } from '@glasshouse/units';
import { expect, it, onTestFinished } from 'vitest';
import { EngineLink, OtherSoftware } from '../../src/gateways/engine-link.js';
import { encodeFrame } from '../../src/gateways/frames.js';
import { GatewayDoor } from '../../src/gateways/gateway-door.js';
import { silentLog } from '../../src/log.js';
import { ExchangeStopped } from '../../src/pipeline-contract.js';
import { temporaryDirectory, withoutDirectory } from '../data-directory.js';

function socketPath(): string {
  const directory = temporaryDirectory();
  onTestFinished(() => withoutDirectory(directory));
  return join(directory, 'door.sock');
}

function portThat(submit: ExchangePort['submit']): ExchangePort {
  return {
    submit,
    read: () => Promise.reject(new Error('unasked')),
    onCommitted: () => () => {},
    nowUs: () => 0 as TimeUs,
  };
}

async function doorAt(path: string, port: ExchangePort): Promise<void> {
  const door = await GatewayDoor.open({ path, port, durableSeq: () => 7, log: silentLog });
  onTestFinished(() => door.close());
}

function linkTo(path: string): Promise<EngineLink> {
  return new Promise((resolve, reject) => {
    const link: EngineLink = new EngineLink(path, { onUp: () => resolve(link), onOtherSoftware: reject });
    onTestFinished(() => link.close());
  });
}

it('a full queue is told apart from an exchange that has stopped', async () => {
  const path = socketPath();
  const answers = [
    Promise.reject(new Overloaded('full')),
    Promise.reject(new ExchangeStopped('closed', 7 as Seq)),
    Promise.resolve({ seq: 7 as Seq, timeUs: 0 as TimeUs, events: [] }),
  ];
  for (const answer of answers) answer.catch(() => undefined);
  await doorAt(
    path,
    portThat(() => answers.shift() ?? Promise.reject(new Error('unasked'))),
  );
  const link = await linkTo(path);
  await expect(link.submit(tickRequest())).rejects.toThrow(Overloaded);
  await expect(link.submit(tickRequest())).rejects.toThrow(ExchangeStopped);
  expect(await link.submit(tickRequest())).toBe(7);
});

it('what was under way when the line broke is reported as unknown, and the line comes back', async () => {
  const path = socketPath();
  let under: ((value: never) => void) | undefined;
  const port = portThat(() => new Promise((resolve) => (under = resolve)));
  const door = await GatewayDoor.open({ path, port, durableSeq: () => 7, log: silentLog });
  const link = await linkTo(path);
  const unknown = link.submit(tickRequest());
  unknown.catch(() => undefined);
  while (under === undefined) await new Promise((resolve) => setImmediate(resolve));
  await door.close();
  await expect(unknown).rejects.toThrow(ExchangeStopped);
  await expect(link.submit(tickRequest())).rejects.toThrow(ExchangeStopped);
  await doorAt(
    path,
    portThat(() => Promise.resolve({ seq: 8 as Seq, timeUs: 0 as TimeUs, events: [] })),
  );
  while (!link.isUp) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(await link.submit(tickRequest())).toBe(8);
});

it('whoever talks nonsense at the door is cut off', async () => {
  const path = socketPath();
  await doorAt(
    path,
    portThat(() => Promise.reject(new Error('unasked'))),
  );
  const stranger = connect(path);
  stranger.resume().end('GET / HTTP/1.1\r\n\r\n');
  await once(stranger, 'close');
});

it('a gateway of other software does not serve', async () => {
  const path = socketPath();
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.write(encodeFrame({ kind: 'welcome', fingerprint: 'another', durableSeq: 1 }));
  }).listen(path);
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await once(server, 'listening');
  await expect(linkTo(path)).rejects.toThrow(OtherSoftware);
});
