/**
 * WebSocket: thousands of listeners on many markets, while orders come in at fixed rates.
 *
 * Method. The real exchange runs in a process of its own, a load generator that has signed its orders beforehand in a second
 * (open loop, as in `gateway.ts`), all listeners in a third. Each listener hears depth, trades and best prices of one market, the
 * markets in turn. Lag is the time from the exchange's time of a frame (when its batch was put in order, so waiting for the
 * disk counts) to its arrival at the listener, of every sixteenth frame, by the same wall clock, whole milliseconds. Orders
 * are spread over all markets. Half of them are IOC. Resident memory of the exchange is read at the end of each round. All on
 * loopback, on the same cores: the listeners take as much of them as the exchange does.
 *
 *   npx tsx bench/streams.ts [--clients N] [--markets N] [--accounts N] [--rates 100,200,400] [--seconds N] [--json]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { LoadResult } from './gateway/messages.js';
import { heard, runLoad, ServerProcess, startProcess } from './gateway/processes.js';
import { machine } from './machine.js';
import { hotSpotLines } from './profile.js';
import type { AudiencePlan, AudienceReply, AudienceResult } from './streams/audience-messages.js';
import { writeManyMarkets } from './streams/many-markets.js';

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '2000' },
    markets: { type: 'string', default: '20' },
    accounts: { type: 'string', default: '32' },
    rates: { type: 'string', default: '100,200,400' },
    seconds: { type: 'string', default: '10' },
    json: { type: 'boolean', default: false },
  },
});

const STREAMS = ['depth', 'trade', 'bookTicker'];
const CONNECTIONS = 32;
const MEGABYTE = 2 ** 20;

type Round = {
  readonly rate: number;
  readonly load: LoadResult;
  readonly heard: AudienceResult;
  readonly serverCpuSeconds: number;
  readonly residentMb: number;
};

const seconds = Number(values.seconds);

function row({
  rate,
  load,
  heard: { frames, bytes, closed, lagMs, cpuSeconds },
  serverCpuSeconds,
  residentMb,
}: Round): string {
  const share = (cpu: number) => `${Math.round((100 * cpu) / load.seconds)} %`;
  const cells = [
    `${rate}/s`,
    Math.round(frames / load.seconds).toLocaleString('en-US'),
    (bytes / load.seconds / MEGABYTE).toFixed(1),
    ...[lagMs.p50, lagMs.p99, lagMs.p999, lagMs.max].map((ms) => ms.toFixed(0)),
    ...[load.ms.p50, load.ms.p99, load.ms.p999].map((ms) => ms.toFixed(1)),
    share(serverCpuSeconds),
    share(cpuSeconds),
    residentMb.toFixed(0),
    String(closed),
  ];
  return cells.map((cell) => cell.padStart(10)).join('');
}

const HEAD = [
  'orders',
  'frames/s',
  'MB/s',
  'lag p50',
  'p99',
  'p99.9',
  'max ms',
  'order p50',
  'p99',
  'p99.9 ms',
  'server',
  'listeners',
  'MB',
  'lost',
];

const directory = await mkdtemp(join(tmpdir(), 'glasshouse-streams-'));
try {
  const genesis = join(directory, 'genesis.json');
  const symbols = await writeManyMarkets(genesis, Number(values.markets));
  const server = await ServerProcess.start('exchange-server.ts', join(directory, 'data'), genesis);
  const audience = startProcess('../streams/audience.ts', []);
  const plan: AudiencePlan = { url: server.url, clients: Number(values.clients), symbols, streams: STREAMS };
  audience.send(plan);
  await heard<AudienceReply, 'listening'>(audience, 'listening');
  const measure = async (): Promise<AudienceResult> => {
    audience.send('measure');
    return (await heard<AudienceReply, 'result'>(audience, 'result')).result;
  };
  const load = {
    url: server.url,
    connections: CONNECTIONS,
    accounts: Number(values.accounts),
    seconds,
    atMost: 0,
    register: true,
    symbols,
  };
  const round = async (rate: number): Promise<Round> => {
    let before = 0;
    const result = await runLoad({ ...load, rate }, async () => {
      before = (await server.cpu()).all;
      await measure();
    });
    const hearing = await measure();
    const serverCpuSeconds = (await server.cpu()).all - before;
    return {
      rate,
      load: result,
      heard: hearing,
      serverCpuSeconds,
      residentMb: (await server.residentBytes()) / MEGABYTE,
    };
  };
  const rates = values.rates.split(',').map(Number);
  const rounds: Round[] = [];
  for (const rate of rates) rounds.push(await round(rate));
  server.startProfile();
  await round(rates.at(-1) ?? 100);
  const hotSpots = await server.stopProfile();
  audience.send('stop');
  await server.stop();
  if (values.json) console.log(JSON.stringify({ machine: machine(), rounds }));
  else {
    console.log(`${machine()}\n${values.clients} listeners on ${values.markets} markets, ${seconds} s a round\n`);
    console.log([HEAD.map((word) => word.padStart(10)).join(''), ...rounds.map(row)].join('\n'));
    console.log(`\nthe exchange's event loop, busiest functions:\n${hotSpotLines(hotSpots, 15)}`);
  }
} finally {
  await rm(directory, { recursive: true });
}
