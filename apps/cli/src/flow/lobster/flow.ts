import { venueChecks, venueFigures } from '../closing.js';
import { type Grid, GridFinder } from '../grid.js';
import { type Check, equalCheck, type FlowReport, shareCheck } from '../report.js';
import { type FlowOptions, FlowRun } from '../run.js';
import { FlowVenue } from '../venue.js';
import { DepthComparison, readExpectedDepth } from './expected-depth.js';
import { type LobsterMessage, MESSAGE_TYPE, readLobsterMessages } from './messages.js';
import { type OpeningOrder, readOpeningOrders } from './opening-orders.js';
import { LobsterReplay } from './replay.js';
import { DistinctStates, identicalLeading, matchedInOrder, readExpectedTouches, touchOf } from './touch-sequence.js';

export type LobsterFiles = {
  readonly messages: string;
  readonly opening?: string | undefined;
  readonly expectDepth?: string | undefined;
  readonly expectBbo?: string | undefined;
};

/** How much of our best prices the expected file must hold: the two were cut from the feed at different depths. */
const LEAST_STATES_MATCHED = 0.999;
const TICKER_AND_DATE = /([A-Z]{1,6})_(\d{4}-\d{2}-\d{2})/;
const US_PER_MS = 1000;

function gridOf(messages: readonly LobsterMessage[], opening: readonly OpeningOrder[]): Grid {
  const finder = new GridFinder();
  for (const { type, priceUnits, sizeUnits } of messages) {
    if (type >= MESSAGE_TYPE.added && type <= MESSAGE_TYPE.executed) finder.see(priceUnits, sizeUnits);
  }
  for (const { priceUnits, sizeUnits } of opening) finder.see(priceUnits, sizeUnits);
  return finder.grid();
}

/** Ticker and day as LOBSTER names its files; recorded times count from that day's midnight, taken as UTC. */
function namedIn(file: string): { base: string; midnightUs: number } {
  const match = TICKER_AND_DATE.exec(file.toUpperCase());
  return match === null
    ? { base: 'STOCK', midnightUs: 0 }
    : { base: match[1] as string, midnightUs: Date.parse(`${match[2]}T00:00:00Z`) * US_PER_MS };
}

function executionChecks({ counts }: LobsterReplay): Check[] {
  const { executionsAtBestPrice, visibleExecutions } = counts;
  return visibleExecutions === 0
    ? []
    : [equalCheck('executions', executionsAtBestPrice, visibleExecutions, 'visible executions at the best price')];
}

class TouchComparison {
  readonly ours = new DistinctStates();

  constructor(private readonly expected: DistinctStates | undefined) {}

  figures(): Record<string, number> {
    const { states } = this.ours;
    const distinct = { 'distinct bbo states': states.length };
    if (this.expected === undefined) return distinct;
    return { ...distinct, 'identical leading bbo states': identicalLeading(states, this.expected.states) };
  }

  checks(): Check[] {
    if (this.expected === undefined) return [];
    const { states } = this.ours;
    const matched = matchedInOrder(states, this.expected.states);
    return [shareCheck('bbo', matched, states.length, LEAST_STATES_MATCHED, 'best bid/ask states matched in order')];
  }
}

export async function runLobster(files: LobsterFiles, options: FlowOptions): Promise<FlowReport> {
  const messages = await readLobsterMessages(files.messages);
  const opening = files.opening === undefined ? [] : await readOpeningOrders(files.opening);
  const grid = gridOf(messages, opening);
  const depths = new DepthComparison(
    files.expectDepth === undefined ? [] : await readExpectedDepth(files.expectDepth),
    grid,
  );
  const touches = new TouchComparison(
    files.expectBbo === undefined ? undefined : await readExpectedTouches(files.expectBbo, grid),
  );
  const { base, midnightUs } = namedIn(files.messages);
  const run = await FlowRun.open(options);
  try {
    const startUs = midnightUs + (messages[0]?.timeUs ?? 0);
    const venue = new FlowVenue({ pair: { base, quote: 'USD' }, grid, startUs, sign: run.sign, log: run.log });
    const replay = new LobsterReplay(venue, grid);
    for (const order of opening) replay.rest(order);
    await run.feed('messages', messages, (message) => {
      venue.moveTo(midnightUs + message.timeUs);
      replay.feed(message);
      depths.after(message, venue);
      touches.ours.see(touchOf(venue.depth(1)));
    });
    return {
      title: `LOBSTER ${base}`,
      figures: { ...replay.counts, ...touches.figures(), ...venueFigures(venue, run, messages.length, 'messages') },
      checks: [...depths.checks(), ...executionChecks(replay), ...touches.checks(), ...venueChecks(venue)],
    };
  } finally {
    await run.close();
  }
}
