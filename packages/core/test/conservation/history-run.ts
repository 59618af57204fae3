// A history with margin, request by request, with its events. RISK_COMMANDS sets how many requests a history has (default 1500),
// RISK_SEEDS how many histories there are (default 3), RISK_FIRST_SEED which is the first, RISK_CUSTOMERS how many customers each
// begins with (default 6).
import type { Event } from '@glasshouse/protocol';
import { RiskHistory } from '@glasshouse/testkit';
import { createState, type State } from '../../src/index.js';
import { eventsOf } from '../replicas.js';

export const COMMANDS = Number(process.env['RISK_COMMANDS'] ?? 1500);
export const CUSTOMERS = Number(process.env['RISK_CUSTOMERS'] ?? 6);
const SEEDS = Number(process.env['RISK_SEEDS'] ?? 3);
const FIRST_SEED = Number(process.env['RISK_FIRST_SEED'] ?? 1);

export const seeds = Array.from({ length: SEEDS }, (_, index) => FIRST_SEED + index);

export type Step = { readonly state: State; readonly events: readonly Event[]; readonly count: number };

/** Plays a history to its end; `look` sees the state after every request. */
export function play(seed: number, look: (step: Step) => void, commands = COMMANDS): State {
  return playOut(new RiskHistory(seed, CUSTOMERS), look, commands);
}

export function playOut(history: RiskHistory, look: (step: Step) => void, commands = COMMANDS): State {
  const state = createState();
  for (let count = 1; count <= commands; count += 1) {
    const events = eventsOf(state, history.next());
    for (const event of events) history.observe(event);
    look({ state, events, count });
  }
  return state;
}
