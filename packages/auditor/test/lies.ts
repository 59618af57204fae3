// True histories, and the same with one thing told that is not so.
import type { Event, EventKind, LiquidationConfiguration } from '@glasshouse/protocol';
import { Audit, type AuditReport, type AuditRule } from '../src/index.js';
import { RiskVenue, type Step } from './risk-venue.js';

/** 320 actions with four hours that pass; `prepare` comes before them. */
export function trueHistory(seed: number, prepare: (venue: RiskVenue) => void = () => undefined): readonly Step[] {
  const venue = new RiskVenue(seed, 10);
  prepare(venue);
  for (let action = 0; action < 320; action += 1) {
    venue.act();
    if (action % 80 === 79) venue.passHour();
  }
  return venue.takeSteps();
}

export function audited(steps: readonly Step[]): AuditReport {
  const audit = new Audit();
  for (const step of steps) audit.step(step, step.events);
  return audit.report();
}

export const rulesBroken = (steps: readonly Step[]): readonly AuditRule[] =>
  audited(steps).findings.map(({ rule }) => rule);

/** The same history, with other terms of liquidation told of than were followed. */
export function toldUnder(steps: readonly Step[], terms: Partial<LiquidationConfiguration>): readonly Step[] {
  const told = (event: Event): Event => {
    if (event.kind !== 'settingsChanged') return event;
    const { risk } = event;
    return { ...event, risk: { ...risk, liquidation: { ...risk.liquidation, ...terms } } };
  };
  return steps.map((step) => ({ ...step, events: step.events.map(told) }));
}

export type OfKind<Kind extends EventKind> = Extract<Event, { kind: Kind }>;
/** What would be told instead of the events of a request; undefined where it gives no occasion. */
export type Lie = (events: readonly Event[]) => readonly Event[] | undefined;
/** Where in a request, and where in a history, a lie is told of all places where it can be. */
export type Place = 'first' | 'last';

const placesIn = (length: number, place: Place): number[] => {
  const places = Array.from({ length }, (_, at) => at);
  return place === 'first' ? places : places.reverse();
};

/** Changes one event of a kind for which `change` gives something. */
export const lieAt =
  (place: Place) =>
  <Kind extends EventKind>(kind: Kind, change: (event: OfKind<Kind>) => Event | undefined): Lie =>
  (events) => {
    for (const at of placesIn(events.length, place)) {
      const event = events[at];
      const changed = event?.kind === kind ? change(event as OfKind<Kind>) : undefined;
      if (changed !== undefined) return [...events.slice(0, at), changed, ...events.slice(at + 1)];
    }
    return undefined;
  };

/** Tells the first event of a kind twice. */
export const twice =
  (kind: EventKind): Lie =>
  (events) => {
    const at = events.findIndex((event) => event.kind === kind);
    return at < 0 ? undefined : [...events.slice(0, at + 1), events[at] as Event, ...events.slice(at + 1)];
  };

export const omit =
  (kind: EventKind): Lie =>
  (events) =>
    events.some((event) => event.kind === kind) ? events.filter((event) => event.kind !== kind) : undefined;

/** The first of the histories in which the lie can be told, with it told at one request. */
export function told(
  histories: readonly (readonly Step[])[],
  change: Lie,
  place: Place,
): { readonly steps: Step[]; readonly seq: number } {
  for (const history of histories) {
    for (const at of placesIn(history.length, place)) {
      const step = history[at] as Step;
      const events = change(step.events);
      if (events === undefined) continue;
      return { steps: [...history.slice(0, at), { ...step, events }, ...history.slice(at + 1)], seq: step.seq };
    }
  }
  throw new RangeError('no history gives occasion for this lie');
}

export const plus = <Unit extends number>(quantity: Unit, more: number): Unit => (quantity + more) as Unit;
