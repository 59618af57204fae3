// Turns: one an account and round, a round a second, in an order that no account can be ahead in for long. Long rounds are cut
// into slices over sequenced time, so that others' orders go on between them.
import type { TimeUs } from '@glasshouse/units';
import { followingUs } from '../state/schedule.js';
import type { State } from '../state/state.js';
import { endNotices } from './backstop/enrolment.js';
import { scanMargins } from './scan/scan.js';
import { takeTurn, turnWork } from './turn.js';
import { announceWarnings } from './warnings.js';

/** Units of work of one slice: some hundred microseconds, and more than ten thousand turns a second. */
const SLICE = 16;
const SLICE_EVERY_US = 1_000;
/** Opposing positions that are looked at in one unit of work. */
const LOOKS = 32;

/** A scrambled 32-bit number: neighbours come out far apart. */
function scrambled(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return (bits ^ (bits >>> 16)) >>> 0;
}

const GOLDEN = 0x9e3779b9;
const PLACES = 4_294_967_296;
const FEWER_PLACES = 1_048_576;

/** In the order of this round: as if drawn by lot, and the same for every node. Rounds are independent of each other. */
function drawn({ liquidations }: State, accountIds: readonly number[]): number[] {
  const lots = new Float64Array(accountIds.length);
  const salt = scrambled(liquidations.rounds + GOLDEN);
  accountIds.forEach((accountId, place) => {
    const lot = scrambled(accountId ^ salt) % FEWER_PLACES;
    lots[place] = lot * PLACES + accountId;
  });
  return Array.from(lots.sort(), (lot) => lot % PLACES);
}

/** To be called after each sample of prices: who has come near is told, who has fallen due gets a turn in the running round. */
export function queueDue(state: State): void {
  const { liquidations, timeUs, risk } = state;
  endNotices(state);
  const findings = scanMargins(state);
  announceWarnings(state, findings);
  const due = findings.due.filter((id) => !liquidations.has(id) && !liquidations.waits(id));
  if (due.length === 0) return;
  liquidations.queue(drawn(state, due));
  if (liquidations.nextRoundUs === 0) liquidations.nextRoundUs = followingUs(timeUs, risk.liquidation.stepIntervalMs);
}

/** Everybody in liquidation gets a turn; who still has one from before keeps it. */
function dealRound(state: State): void {
  const { liquidations, timeUs, risk } = state;
  const members: number[] = [];
  for (const { accountId } of liquidations.inOrder()) if (!liquidations.waits(accountId)) members.push(accountId);
  liquidations.rounds += 1;
  liquidations.queue(drawn(state, members));
  const goesOn = liquidations.turns.length > 0;
  liquidations.nextRoundUs = goesOn ? followingUs(timeUs, risk.liquidation.stepIntervalMs) : (0 as TimeUs);
}

/** A turn that has looked at many is paid for with a longer pause: others' orders go on however hard the storm. */
function runSlice(state: State): void {
  const { liquidations, timeUs } = state;
  let done = 0;
  while (done < SLICE && liquidations.turns.length > 0) {
    const accountId = liquidations.turns.at(-1) as number;
    done += turnWork(state, accountId);
    liquidations.takeTurn();
    liquidations.looks = 0;
    takeTurn(state, accountId);
    done += Math.floor(liquidations.looks / LOOKS);
  }
  const slices = Math.max(1, Math.floor(done / SLICE));
  liquidations.nextSliceUs = (timeUs + slices * SLICE_EVERY_US) as TimeUs;
}

/** Deals the round that is due, and lets those at the front have their turns. */
export function runTurns(state: State): void {
  const { liquidations, timeUs } = state;
  if (liquidations.nextRoundUs !== 0 && liquidations.nextRoundUs <= timeUs) dealRound(state);
  if (liquidations.turns.length > 0 && liquidations.nextSliceUs <= timeUs) runSlice(state);
}

/** When there is something to do; Infinity while nobody is in liquidation. */
export function nextTurnUs({ liquidations }: State): number {
  const round = liquidations.nextRoundUs === 0 ? Number.POSITIVE_INFINITY : liquidations.nextRoundUs;
  return liquidations.turns.length > 0 ? Math.min(round, liquidations.nextSliceUs) : round;
}
