// The exchange is killed under load, at random moments, again and again. GLASSHOUSE_KILLS says how often (default 10),
// GLASSHOUSE_SEED repeats a run's choices. After each kill: every acknowledged order is in the log and in the restarted
// node, no order is there twice, and the restarted state has the hash of a clean replay.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { boot } from '../../src/boot.js';
import { silentLog } from '../../src/log.js';
import { verify } from '../../src/replay/verify.js';
import { stateHashOf } from '../../src/state/node-state.js';
import { temporaryDirectory, withoutDirectory } from '../data-directory.js';
import { Random } from '../flow/random.js';
import { factsOf, isOver, type LogFacts } from './log-facts.js';
import { ServerProcess } from './server-process.js';
import { type Acknowledged, Trader } from './trader.js';

const KILLS = Number(process.env['GLASSHOUSE_KILLS'] ?? 10);
const SEED = Number(process.env['GLASSHOUSE_SEED'] ?? Date.now() % 1_000_000);
const TRADERS = 4;
const MS_PER_KILL = 20_000;
/** Small, so that kills also fall into the taking of snapshots. */
const SNAPSHOT_EVERY = 400;
/** Not by itself before that: a server that gives up under load is found here. */
const KILLED = { code: null, signal: 'SIGKILL' };
const LONGEST_LOAD_MS = 1_500;

const random = new Random(SEED);
const traders = Array.from({ length: TRADERS }, (_, index) => new Trader(new Random(SEED + index)));
let directory = '';
let lostNothing = false;

beforeAll(async () => {
  directory = temporaryDirectory();
  const server = start();
  const url = await server.url();
  for (const trader of traders) await trader.register(url);
  await server.kill('SIGTERM');
});
/** What a failed run left is kept to be looked at. */
afterAll(() => {
  if (lostNothing) withoutDirectory(directory);
  else console.info(`the data folder is kept: ${directory}`);
});

const start = (): ServerProcess => new ServerProcess({ directory, snapshotEvery: SNAPSHOT_EVERY });

const answered = (): number => traders.reduce((sum, trader) => sum + trader.answered, 0);

/** So many more than there have been, as far as a slow machine gives them in a moment. */
async function answers(count: number): Promise<void> {
  const enough = answered() + count;
  const endMs = performance.now() + LONGEST_LOAD_MS;
  while (answered() < enough && performance.now() < endMs) await sleep(5);
}

/** Kills the server at a moment drawn from the seed: mostly under load, sometimes while it is starting. */
async function killedRound(): Promise<void> {
  const server = start();
  if (random.chance(15)) {
    await sleep(random.between(0, 600));
    expect(await server.kill('SIGKILL'), server.stderr).toEqual(KILLED);
    return;
  }
  const url = await server.url();
  const end = new AbortController();
  const trading = traders.map((trader) => trader.trade(url, end.signal));
  await answers(random.between(10, 300));
  await sleep(random.between(0, 15));
  const killed = server.kill('SIGKILL');
  end.abort();
  await Promise.all(trading);
  expect(await killed, server.stderr).toEqual(KILLED);
}

const acknowledgedOrders = (): [Trader, Acknowledged][] =>
  traders.flatMap((trader) =>
    [...trader.acknowledged.values()].map((order): [Trader, Acknowledged] => [trader, order]),
  );

function checkAcknowledged({ orders, open, duplicates }: LogFacts): void {
  expect(duplicates).toEqual([]);
  for (const [{ accountId, cancelled }, { orderId, clientId, status }] of acknowledgedOrders()) {
    const found = orders.get(orderId);
    expect(found, `order ${orderId} was acknowledged and is not in the log`).toMatchObject({ accountId, clientId });
    if (found === undefined) continue;
    expect(open.has(orderId)).toBe(!isOver(found));
    if (status === 'Filled' || cancelled.has(orderId)) expect(open.has(orderId)).toBe(false);
  }
}

/** What the server will do next: the same code, looked at from inside. */
async function checkRestarted(facts: LogFacts): Promise<void> {
  const { node, journal } = await boot({ dataDirectory: directory, log: silentLog });
  try {
    expect({ seq: journal.nextSeq, stateHash: stateHashOf(node.state) }).toEqual({
      seq: facts.seq,
      stateHash: facts.stateHash,
    });
    for (const [{ accountId }, { orderId }] of acknowledgedOrders()) {
      const inHistory = node.history.orders({ accountId, orderId, limit: 1, offset: 0 }).rows[0]?.order;
      expect(inHistory, `order ${orderId} is not in the history`).toEqual(facts.orders.get(orderId));
    }
  } finally {
    await journal.close();
  }
}

/** The history keeps so many orders of an account; older rounds have been checked against the log already. */
function forgetOld(): void {
  for (const { acknowledged } of traders) {
    for (const orderId of [...acknowledged.keys()].slice(0, -2_000)) acknowledged.delete(orderId);
  }
}

async function checkThroughApi(facts: LogFacts): Promise<void> {
  const server = start();
  const url = await server.url();
  for (const trader of traders) {
    const mine = [...facts.open].filter((orderId) => facts.orders.get(orderId)?.accountId === trader.accountId);
    const open = await trader.client(url).openOrders({ symbol: 'SOL_USDC' });
    expect(open.map(({ id }) => Number(id)).sort((a, b) => a - b)).toEqual(mine.sort((a, b) => a - b));
  }
  expect(await server.kill('SIGTERM')).toEqual({ code: 0, signal: null });
  expect(server.said('closed')).toBeDefined();
  const closedAt = await factsOf(directory);
  expect(server.said('closed')).toMatchObject({ seq: closedAt.seq, stateHash: closedAt.stateHash });
}

/** Chosen so that hundreds of kills stay quick: the log is looked at after each, the API after some. */
const ASK_API_EVERY = 10;

it(`loses nothing it has acknowledged and doubles nothing, killed ${KILLS} times (seed ${SEED})`, {
  timeout: KILLS * MS_PER_KILL,
}, async () => {
  const startMs = performance.now();
  for (let kills = 1; kills <= KILLS; kills += 1) {
    await killedRound();
    const facts = await factsOf(directory);
    checkAcknowledged(facts);
    await checkRestarted(facts);
    if (kills % ASK_API_EVERY === 0 || kills === KILLS) await checkThroughApi(facts);
    forgetOld();
  }
  const { problem, signatures } = await verify(directory);
  expect(problem).toBeUndefined();
  const refusals: Record<string, number> = {};
  for (const trader of traders) {
    for (const [code, count] of trader.refusals) refusals[code] = (refusals[code] ?? 0) + count;
  }
  expect(answered()).toBeGreaterThan(KILLS);
  lostNothing = true;
  const seconds = ((performance.now() - startMs) / 1_000).toFixed(0);
  console.info(
    `${KILLS} kills in ${seconds} s: ${answered()} orders and cancels acknowledged, ${signatures} signed requests in the log`,
    refusals,
  );
});
