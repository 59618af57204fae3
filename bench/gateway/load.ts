// The load generator, a process of its own: node load.ts with a LoadPlan as its first message.
import { once } from 'node:events';
import { Connection } from './connection.js';
import { cpuSeconds } from './cpu.js';
import type { LoadPlan, LoadReply, LoadResult } from './messages.js';
import { DEFAULT_SYMBOLS, makeSigners, signedOrders } from './orders.js';

const MS_PER_SECOND = 1000;

function say(reply: LoadReply): void {
  process.send?.(reply);
}

class Load {
  readonly #latencies: number[] = [];
  readonly #statuses: Record<string, number> = {};
  readonly #idle: Connection[];
  #next = 0;
  #answered = 0;
  #finished: () => void = () => {};
  #lastMs = 0;

  constructor(
    private readonly orders: readonly Buffer[],
    connections: readonly Connection[],
  ) {
    this.#idle = [...connections];
  }

  /** Every connection sends as soon as it is answered, for so long. */
  async closedLoop(seconds: number): Promise<number> {
    const began = performance.now();
    const until = began + seconds * MS_PER_SECOND;
    const send = (connection: Connection): void => {
      if (this.#next === this.orders.length || performance.now() >= until) {
        this.#idle.push(connection);
        if (this.#answered === this.#next) this.#finished();
        return;
      }
      this.#send(connection, performance.now(), send);
    };
    await this.#whenFinished(() => {
      for (const connection of this.#idle.splice(0)) send(connection);
    });
    return (this.#lastMs - began) / MS_PER_SECOND;
  }

  /** One order every 1/rate seconds; what finds no idle connection waits, and its wait counts. */
  async openLoop(rate: number): Promise<number> {
    const began = performance.now();
    const dueMs = (place: number): number => began + (place / rate) * MS_PER_SECOND;
    const drain = (): void => {
      const now = performance.now();
      while (this.#next < this.orders.length && this.#idle.length > 0 && dueMs(this.#next) <= now) {
        this.#send(this.#idle.pop()!, dueMs(this.#next), (connection) => {
          this.#idle.push(connection);
          if (this.#answered === this.orders.length) this.#finished();
          else drain();
        });
      }
    };
    const timer = setInterval(drain, 1);
    await this.#whenFinished(drain);
    clearInterval(timer);
    return (this.#lastMs - began) / MS_PER_SECOND;
  }

  result(seconds: number): LoadResult {
    const sorted = Float64Array.from(this.#latencies).sort();
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    const ms = { p50: at(0.5), p90: at(0.9), p99: at(0.99), p999: at(0.999), max: at(1) };
    return { sent: this.#next, seconds, statuses: this.#statuses, ms, cpu: cpuSeconds() };
  }

  #send(connection: Connection, dueMs: number, answered: (connection: Connection) => void): void {
    const order = this.orders[this.#next]!;
    this.#next += 1;
    connection.send(order, (status) => {
      this.#lastMs = performance.now();
      this.#latencies.push(this.#lastMs - dueMs);
      this.#statuses[status] = (this.#statuses[status] ?? 0) + 1;
      this.#answered += 1;
      answered(connection);
    });
  }

  #whenFinished(start: () => void): Promise<void> {
    return new Promise((resolve) => {
      this.#finished = resolve;
      start();
    });
  }
}

const [plan] = (await once(process, 'message')) as [LoadPlan];
const { url, accounts, rate, seconds, register, symbols = DEFAULT_SYMBOLS } = plan;
const signers = await makeSigners(url, accounts, { register, symbols });
const connections = await Promise.all(Array.from({ length: plan.connections }, () => Connection.open(url)));
const count = rate === undefined ? plan.atMost : Math.round(rate * seconds);
const load = new Load(signedOrders(signers, { count, seed: count, symbols }), connections);
say({ kind: 'ready' });
await once(process, 'message');
const before = cpuSeconds();
const taken = rate === undefined ? await load.closedLoop(seconds) : await load.openLoop(rate);
const result = load.result(taken);
const cpu = { main: result.cpu.main - before.main, all: result.cpu.all - before.all };
say({ kind: 'result', result: { ...result, cpu } });
for (const connection of connections) connection.close();
process.disconnect();
