// A received JSON body as values and as signed text. A number keeps its own JSON text (`1.0` stays `1.0`), because that is what was signed.
import { parameterText, UnwritableParameter } from './parameter-text.js';
import type { Parameter } from './signing-text.js';

type JsonObject = Readonly<Record<string, unknown>>;

export type SignedBody =
  | { readonly kind: 'object'; readonly value: JsonObject; readonly parameters: readonly Parameter[] }
  | {
      readonly kind: 'batch';
      readonly value: readonly JsonObject[];
      readonly parameters: readonly (readonly Parameter[])[];
    }
  | { readonly kind: 'malformed'; readonly problem: string };

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;
const SPACE = 0x20;

/** Everything below walks text that JSON.parse has accepted, so it looks for ends only and never validates. */
function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (text.charCodeAt(index) !== QUOTE) index += text.charCodeAt(index) === BACKSLASH ? 2 : 1;
  return index + 1;
}

const opens = (code: number): boolean => code === OPENING_BRACE || code === OPENING_BRACKET;
const closes = (code: number): boolean => code === CLOSING_BRACE || code === CLOSING_BRACKET;
/** JSON knows no blank above the space. */
const isBlank = (code: number): boolean => code <= SPACE;

function endOfNested(text: string, start: number): number {
  let depth = 0;
  let index = start;
  do {
    const code = text.charCodeAt(index);
    if (code === QUOTE) {
      index = endOfString(text, index);
      continue;
    }
    if (opens(code)) depth += 1;
    else if (closes(code)) depth -= 1;
    index += 1;
  } while (depth > 0);
  return index;
}

function endOfValue(text: string, start: number): number {
  let index = start;
  let code = text.charCodeAt(index);
  if (code === QUOTE) return endOfString(text, index);
  if (opens(code)) return endOfNested(text, index);
  while (index < text.length && code !== COMMA && !closes(code) && !isBlank(code)) {
    index += 1;
    code = text.charCodeAt(index);
  }
  return index;
}

function skipBlanks(text: string, start: number): number {
  let index = start;
  while (isBlank(text.charCodeAt(index))) index += 1;
  return index;
}

/** The text between the quotes at `start` and `end`. */
function stringAt(text: string, start: number, end: number): string {
  const inner = text.slice(start + 1, end - 1);
  return inner.includes('\\') ? String(JSON.parse(text.slice(start, end))) : inner;
}

type Member = { readonly name: string; readonly source: string };

/** The members of the object that opens at `start`, in the order they were written, repeated names included. */
function membersAt(text: string, start: number): Member[] {
  const members: Member[] = [];
  let index = skipBlanks(text, start + 1);
  while (text[index] !== '}') {
    const nameEnd = endOfString(text, index);
    const name = stringAt(text, index, nameEnd);
    const valueStart = skipBlanks(text, skipBlanks(text, nameEnd) + 1);
    const valueEnd = endOfValue(text, valueStart);
    members.push({ name, source: text.slice(valueStart, valueEnd) });
    index = skipBlanks(text, valueEnd);
    if (text[index] === ',') index = skipBlanks(text, index + 1);
  }
  return members;
}

function elementStarts(text: string): number[] {
  const starts: number[] = [];
  let index = skipBlanks(text, skipBlanks(text, 0) + 1);
  while (text[index] !== ']') {
    starts.push(index);
    index = skipBlanks(text, endOfValue(text, index));
    if (text[index] === ',') index = skipBlanks(text, index + 1);
  }
  return starts;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A null means the same as an absent parameter, in the signed text and in what follows. */
function withoutNulls(value: JsonObject): JsonObject {
  const members = Object.entries(value);
  return members.some(([, member]) => member === null)
    ? Object.fromEntries(members.filter(([, member]) => member !== null))
    : value;
}

class MalformedBody extends Error {}

function signedMembers(text: string, start: number, value: JsonObject): Parameter[] {
  const parameters: Parameter[] = [];
  const seen = new Set<string>();
  for (const { name, source } of membersAt(text, start)) {
    if (seen.has(name)) throw new MalformedBody(`parameter \`${name}\` is given twice`);
    seen.add(name);
    const member = value[name];
    const signed = typeof member === 'number' ? source : parameterText(name, member);
    if (signed !== undefined) parameters.push([name, signed]);
  }
  return parameters;
}

function readBatch(text: string, elements: readonly unknown[]): SignedBody {
  if (!elements.every(isObject)) return { kind: 'malformed', problem: 'every element of the array must be an object' };
  const starts = elementStarts(text);
  const parameters = elements.map((element, index) => signedMembers(text, starts[index] ?? 0, element));
  return { kind: 'batch', value: elements.map(withoutNulls), parameters };
}

function readValid(text: string, value: unknown): SignedBody {
  if (Array.isArray(value)) return readBatch(text, value);
  if (!isObject(value)) return { kind: 'malformed', problem: 'the body must be a JSON object or array' };
  return { kind: 'object', value: withoutNulls(value), parameters: signedMembers(text, skipBlanks(text, 0), value) };
}

/** Reads a request body. An empty body counts as an object without members. */
export function readSignedBody(text: string): SignedBody {
  if (text.trim() === '') return { kind: 'object', value: {}, parameters: [] };
  try {
    return readValid(text, JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: 'malformed', problem: 'the body is not valid JSON' };
    if (error instanceof MalformedBody || error instanceof UnwritableParameter) {
      return { kind: 'malformed', problem: error.message };
    }
    throw error;
  }
}
