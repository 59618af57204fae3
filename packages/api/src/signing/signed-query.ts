// A received query string as signed parameters, and a record as the query string that carries it.
import type { Parameter } from './signing-text.js';

export type SignedQuery =
  | { readonly kind: 'query'; readonly parameters: readonly Parameter[] }
  | { readonly kind: 'malformed'; readonly problem: string };

function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

function parameterAt(pair: string): Parameter {
  const equals = pair.indexOf('=');
  return equals < 0 ? [decode(pair), ''] : [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))];
}

/** Some Python clients send `True` while they sign `true`. */
function withBooleans(parameter: Parameter, booleans: ReadonlySet<string>): Parameter {
  const [name, text] = parameter;
  const lower = text.toLowerCase();
  return booleans.has(name) && (lower === 'true' || lower === 'false') ? [name, lower] : parameter;
}

const NO_BOOLEANS: ReadonlySet<string> = new Set();

/** The pairs of a query string (without `?`) in the order received; `booleans` names the parameters to read case-insensitively. */
export function readSignedQuery(query: string, booleans: ReadonlySet<string> = NO_BOOLEANS): SignedQuery {
  try {
    const pairs = query.split('&').filter((pair) => pair !== '');
    return { kind: 'query', parameters: pairs.map((pair) => withBooleans(parameterAt(pair), booleans)) };
  } catch {
    return { kind: 'malformed', problem: 'the query string is not valid percent-encoded UTF-8' };
  }
}

export function formatQuery(parameters: readonly Parameter[]): string {
  return parameters.map(([name, text]) => `${encodeURIComponent(name)}=${encodeURIComponent(text)}`).join('&');
}
