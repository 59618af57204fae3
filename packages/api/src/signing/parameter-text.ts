// How a parameter's value is written in the signed text.
import type { Parameter } from './signing-text.js';

/** Nested values are rare (recipient information); the limit keeps a hostile body from exhausting the stack. */
const MAX_NESTING = 8;

/** Thrown for a value that JSON cannot carry or that nests too deeply. */
export class UnwritableParameter extends Error {
  override readonly name = 'UnwritableParameter';

  constructor(
    readonly parameter: string,
    problem: string,
  ) {
    super(`parameter \`${parameter}\`: ${problem}`);
  }
}

type Path = { readonly parameter: string; readonly depth: number };

function deeper(path: Path): Path {
  if (path.depth >= MAX_NESTING)
    throw new UnwritableParameter(path.parameter, `nested deeper than ${MAX_NESTING} levels`);
  return { parameter: path.parameter, depth: path.depth + 1 };
}

function objectText(value: object, path: Path): string {
  const inner = deeper(path);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${jsonText(member, inner)}`).join(',')}}`;
}

/** Compact JSON with sorted keys, as the reference venue's own client writes nested values. */
function jsonText(value: unknown, path: Path): string {
  if (Array.isArray(value)) {
    const inner = deeper(path);
    return `[${value.map((element) => jsonText(element, inner)).join(',')}]`;
  }
  if (typeof value === 'object' && value !== null) return objectText(value, path);
  const text = JSON.stringify(value);
  if (text === undefined) throw new UnwritableParameter(path.parameter, `a ${typeof value} is not JSON`);
  return text;
}

/** Strings raw, numbers as JSON writes them, booleans as words, objects as canonical JSON; undefined for null and absent. */
export function parameterText(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new UnwritableParameter(name, 'a number must be finite');
  }
  return jsonText(value, { parameter: name, depth: 0 });
}

/** The signed parameters of a request record; null and undefined are left out. */
export function parametersOf(record: Readonly<Record<string, unknown>>): Parameter[] {
  const parameters: Parameter[] = [];
  for (const [name, value] of Object.entries(record)) {
    const text = parameterText(name, value);
    if (text !== undefined) parameters.push([name, text]);
  }
  return parameters;
}
