// Thousands of listeners in one process: counts frames, and of a sample how long they took. Started with an AudiencePlan as its
// first message; every 'measure' answers what came since the one before.
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { cpuSeconds } from '../gateway/cpu.js';
import type { AudiencePlan, AudienceReply, AudienceResult } from './audience-messages.js';

/** Looking into every frame would cost more than receiving it. */
const SAMPLE_EVERY = 16;
const AT_ONCE = 50;
const ENGINE_TIME = /"T":(\d{15,17})/;
const US_PER_MS = 1_000;

let frames = 0;
let bytes = 0;
let closed = 0;
let lags: number[] = [];
let cpuBefore = 0;

function say(reply: AudienceReply): void {
  process.send?.(reply);
}

function received(message: Buffer): void {
  frames += 1;
  bytes += message.length;
  if (frames % SAMPLE_EVERY !== 0) return;
  const time = ENGINE_TIME.exec(message.toString('latin1'))?.[1];
  if (time !== undefined) lags.push(Date.now() - Number(time) / US_PER_MS);
}

async function listen({ url, symbols, streams }: AudiencePlan, place: number): Promise<void> {
  const socket = new WebSocket(url.replace('http', 'ws'));
  socket.on('message', (message: Buffer) => received(message));
  socket.on('close', () => {
    closed += 1;
  });
  await once(socket, 'open');
  const symbol = symbols[place % symbols.length];
  socket.send(JSON.stringify({ method: 'SUBSCRIBE', params: streams.map((stream) => `${stream}.${symbol}`) }));
}

function measured(): AudienceResult {
  const sorted = Float64Array.from(lags).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const lagMs = { p50: at(0.5), p99: at(0.99), p999: at(0.999), max: at(1) };
  const cpu = cpuSeconds().all;
  const result = { frames, bytes, closed, lagMs, cpuSeconds: cpu - cpuBefore };
  [frames, bytes, lags, cpuBefore] = [0, 0, [], cpu];
  return result;
}

const [plan] = (await once(process, 'message')) as [AudiencePlan];
for (let from = 0; from < plan.clients; from += AT_ONCE) {
  const places = Array.from({ length: Math.min(AT_ONCE, plan.clients - from) }, (_, index) => from + index);
  await Promise.all(places.map((place) => listen(plan, place)));
}
process.on('message', (request: 'measure' | 'stop') => {
  if (request === 'measure') say({ kind: 'result', result: measured() });
  else process.exit(0);
});
say({ kind: 'listening' });
