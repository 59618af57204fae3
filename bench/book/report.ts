import { machine } from '../machine.js';
import type { BookBenchResult } from './run.js';

const count = (value: number) => Math.round(value).toLocaleString('en-US');

/** The result as lines for a terminal. */
export function report(result: BookBenchResult): string {
  return [machine(), ...flowLines(result), '', ...throughputLines(result), '', ...latencyLines(result)].join('\n');
}

function flowLines({ opening, messages, shares }: BookBenchResult): string[] {
  const parts = Object.entries(shares).map(([kind, n]) => `${kind} ${((100 * n) / messages).toFixed(1)} %`);
  return [`${count(messages)} messages after ${count(opening)} opening orders: ${parts.join(', ')}`];
}

function throughputLines({ throughput }: BookBenchResult): string[] {
  const fastest = throughput[0]!.messagesPerSecond;
  return throughput.map((each) => {
    const spread = `${count(Math.min(...each.rounds))}–${count(Math.max(...each.rounds))}`;
    const ratio = `${(fastest / each.messagesPerSecond).toFixed(1)} ×`;
    const note = each.agrees ? 'same fills and book' : 'DIFFERS in fills or book';
    return `${each.name.padEnd(20)}${count(each.messagesPerSecond).padStart(12)} messages/s ${ratio.padStart(8)}  (${spread}; ${count(each.messages)} messages; ${note})`;
  });
}

function latencyLines({ latencies }: BookBenchResult): string[] {
  const head = ['FastBook, ns', 'p50', 'p99', 'p99.9', 'max'];
  const rows = latencies.map(({ kind, nanoseconds: { p50, p99, p999, max } }) => [
    kind,
    ...[p50, p99, p999, max].map(count),
  ]);
  return [head, ...rows].map(([name, ...cells]) => name!.padEnd(14) + cells.map((cell) => cell.padStart(12)).join(''));
}
