// What a venue's frame can be. Reading is pure; a frame that is not understood changes nothing.
import type { Pair, Tick } from '../quote.js';

export type Frame =
  | { readonly kind: 'ticks'; readonly ticks: readonly Tick[] }
  /** Heartbeats, acknowledgements: the venue lives. */
  | { readonly kind: 'alive' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'malformed' };

export type StreamVenue = {
  readonly name: string;
  readonly url: string;
  /** What is added to the URL, for venues that subscribe by it. */
  readonly path: (pairs: readonly Pair[]) => string;
  /** Sent when the connection opens. One frame for each pair: a pair that a venue does not know must not cost the others. */
  readonly subscriptions: (pairs: readonly Pair[]) => readonly string[];
  readonly read: (text: string) => Frame;
};

export const ALIVE: Frame = { kind: 'alive' };
export const MALFORMED: Frame = { kind: 'malformed' };

export type JsonObject = { readonly [name: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectOf(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 200) : 'no reason given');
