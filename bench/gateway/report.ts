import type { HotSpot } from '../profile.js';
import type { CpuSeconds, LoadResult } from './messages.js';

export type Round = {
  readonly name: string;
  readonly load: LoadResult;
  /** CPU of the server during the round. */
  readonly server: CpuSeconds;
  /** CPU seconds that the whole machine spent during the round, whoever for. */
  readonly machine: number;
};

const COLUMNS = ['answers/s', 'p50', 'p90', 'p99', 'p99.9', 'max ms', 'main', 'threads', 'load', 'others'];
const NAME_WIDTH = 34;
const WIDTH = 10;

/** Parts of a node's work, by where a function lives; the first that fits. */
const PARTS: readonly (readonly [string, RegExp])[] = [
  ['handing to signature workers', /^postMessage|node:internal\/worker|auth\//],
  ['core and book', /core\/dist|dist\/(orders|book|state|ledger|admin|clock|prices|snapshot)\//],
  ['protocol decoding', /protocol\/dist|signing\//],
  ['gateway', /gateway|dist\/(http|operations|answers|exchange|limits|streams)\//],
  ['history', /history/],
  ['journal', /journal|dist\/writing|internal\/fs|^writeBuffer|^fdatasync/],
  ['fastify', /fastify|find-my-way|avvio|secure-json|light-my-request|content-type/],
  [
    'sockets and HTTP',
    /_http|node:net|stream|^writev|^writeLatin1String|^writeUtf8String|llhttp|parserOnHeaders|timers|buffer/,
  ],
  ['garbage collector', /garbage collector/],
];

function share(cpu: number, seconds: number): string {
  return `${Math.round((100 * cpu) / seconds)} %`;
}

/** What neither the server nor the load generator used. */
const othersOf = ({ load, server, machine }: Round): number => Math.max(0, machine - server.all - load.cpu.all);

function row(round: Round): string {
  const { name, load, server } = round;
  const { sent, seconds, ms, cpu } = load;
  const cells = [
    Math.round(sent / seconds).toLocaleString('en-US'),
    ...[ms.p50, ms.p90, ms.p99, ms.p999, ms.max].map((value) => value.toFixed(1)),
    share(server.main, seconds),
    share(server.all - server.main, seconds),
    share(cpu.all, seconds),
    share(othersOf(round), seconds),
  ];
  return name.padEnd(NAME_WIDTH) + cells.map((cell) => cell.padStart(WIDTH)).join('');
}

export function roundsText(rounds: readonly Round[]): string {
  const head = `${''.padEnd(NAME_WIDTH)}${COLUMNS.map((column) => column.padStart(WIDTH)).join('')}`;
  return [head, ...rounds.map(row)].join('\n');
}

/** Shares of the event loop's busy time. */
export function partsOf(hotSpots: readonly HotSpot[]): readonly (readonly [string, number])[] {
  const shares = new Map<string, number>();
  for (const { where, share: part } of hotSpots) {
    const name = PARTS.find(([, pattern]) => pattern.test(where))?.[0] ?? 'other';
    shares.set(name, (shares.get(name) ?? 0) + part);
  }
  return [...shares].sort((a, b) => b[1] - a[1]);
}

/** What stands in the way of more, judged by the round that asked for all it could get. */
export function limitOf(round: Round, cores: number): string {
  const { load, server } = round;
  const main = server.main / load.seconds;
  const machine = round.machine / load.seconds;
  const others = othersOf(round) / load.seconds;
  if (main > 0.9) return "the server's event loop (HTTP, validation, core): its thread has no time left";
  if (machine < 0.9 * cores)
    return 'waiting: neither a thread nor the machine is busy all the time, so batches wait for the disk';
  const shared = `the machine: its ${cores} cores are shared by the event loop, the signature workers and the load generator`;
  return others < 0.1 ? shared : `${shared}, and other processes took ${Math.round(100 * others)} % of a core`;
}
