// The demonstration against exchanges that are absent, broken or empty. Against the real one it runs in the end-to-end tests.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { startDemo } from '../src/index.js';

let server: Server | undefined;
afterEach(() => server?.close());

async function serve(answer: (path: string) => string): Promise<string> {
  server = createServer((request, response) => response.end(answer(request.url ?? '')));
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function untilLogged(lines: readonly string[], part: string): Promise<void> {
  while (!lines.some((line) => line.includes(part))) await new Promise((resolve) => setTimeout(resolve, 5));
}

function run(url: string) {
  const lines: string[] = [];
  const demo = startDemo({ url, seed: 1, log: (line) => lines.push(line), speed: 50 });
  return { lines, demo };
}

describe('the demonstration', () => {
  it('waits for an exchange that is not there, says so once, and stops when told', async () => {
    const { lines, demo } = run('http://127.0.0.1:9');
    await untilLogged(lines, 'no connection');
    await demo.stop();
    expect(lines).toHaveLength(1);
  });

  it('survives answers that make no sense', async () => {
    const { lines, demo } = run(
      await serve((path) => (path.startsWith('/api/v1/markets') ? '[{"symbol":"BTC_USDC"}]' : '{{')),
    );
    await untilLogged(lines, 'demo:');
    await demo.stop();
    expect(lines[0]).toContain('demo: ');
  });

  it('tells when there is no market for it', async () => {
    const { lines, demo } = run(await serve(() => '[]'));
    await untilLogged(lines, 'lists none');
    await demo.stop();
  });

  it('withdraws nothing twice and stops at once when stopped before it began', async () => {
    const { lines, demo } = run('http://127.0.0.1:9');
    await demo.stop();
    expect(lines).toEqual([]);
  });
});
