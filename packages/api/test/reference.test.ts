// The contract against the reference venue's published facts: every field, type, enum and absence that clients rely on.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  API_ERROR_CODES,
  ERRORS,
  OPERATION_NAMES,
  type OperationName,
  operationOf,
  parseStream,
  STREAM_FRAMES,
} from '../src/index.js';
import { endpointOf, FACTS, FACTS_ABSENT, type Parameter, referenceShape } from './reference/facts.js';
import { type Schema, type Shape, shapeOf } from './reference/shape.js';

if (FACTS_ABSENT !== undefined) console.warn(`skipped: ${FACTS_ABSENT}`);

/** What this exchange adds to the reference, and nothing else. */
const ADDED_VALUES: readonly string[] = ['Sandbox', 'sandbox', 'cancelled'];
const ADDED_BODY_FIELDS: Partial<Record<OperationName, readonly string[]>> = { updateAccount: ['autoRealizePnl'] };

function withoutAdditions(shape: Shape): Shape {
  switch (shape.kind) {
    case 'value':
      return { ...shape, values: shape.values.filter((value) => !ADDED_VALUES.includes(value)) };
    case 'record':
      return {
        kind: 'record',
        fields: Object.fromEntries(
          Object.entries(shape.fields)
            .filter(([name]) => name !== 'details')
            .map(([name, field]) => [name, { ...field, shape: withoutAdditions(field.shape) }]),
        ),
      };
    case 'choice':
      return sortedChoice(shape.of.map(withoutAdditions));
    default:
      return { ...shape, of: withoutAdditions(shape.of) };
  }
}

function withoutFields(shape: Shape, names: readonly string[]): Shape {
  if (shape.kind !== 'record') return shape;
  return {
    kind: 'record',
    fields: Object.fromEntries(Object.entries(shape.fields).filter(([name]) => !names.includes(name))),
  };
}

function sortedChoice(of: readonly Shape[]): Shape {
  return { kind: 'choice', of: [...of].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) };
}

const ours = (schema: unknown): Shape => withoutAdditions(shapeOf(schema as Schema));
const theirs = (schema: Schema): Shape => withoutAdditions(referenceShape(schema));

const COMPATIBLE = OPERATION_NAMES.filter((name) => !operationOf(name).path.startsWith('/glass/'));

describe.skipIf(FACTS_ABSENT !== undefined).each(COMPATIBLE.map((name) => [name] as const))('operation %s', (name) => {
  const operation = operationOf(name);
  const facts = endpointOf(operation.method, operation.path);

  it('exists in the reference under the same instruction, rate class and paging', () => {
    expect(facts).toMatchObject({
      instruction: facts?.auth === 'session' ? null : operation.instruction,
      rateClass: operation.rateClass === 'standard' ? 'standard' : 'historical-market-data',
    });
    expect(operation.paged).toBe(facts?.paginated !== undefined);
    expect(operation.mayBeEmpty).toBe(facts?.responses['204'] !== undefined);
  });

  it('is signed under a name of our own exactly when the reference answers it to web sessions alone', () => {
    expect(/^glass[A-Z]/.test(operation.instruction ?? '')).toBe(facts?.auth === 'session');
  });

  it('answers with exactly the fields of the reference', () => {
    const schema = facts?.responses['200']?.schema;
    expect(operation.response === null).toBe(schema === undefined);
    if (schema !== undefined) expect(ours(operation.response)).toEqual(theirs(schema));
  });

  it('takes exactly the body of the reference', () => {
    expect(operation.body === null).toBe(facts?.body === undefined);
    if (facts?.body === undefined) return;
    const own = withoutFields(ours(operation.body), ADDED_BODY_FIELDS[name] ?? []);
    expect(own).toEqual(theirs(facts.body.schema));
  });

  it('takes exactly the query of the reference', () => {
    const expected = (facts?.params ?? []).filter((parameter) => parameter.in === 'query').map(theirParameter);
    const own = Object.entries(operation.query?.properties ?? {}).map(([parameter, schema]) =>
      ourParameter(parameter, schema as Schema, operation.query?.required ?? []),
    );
    expect(byName(own)).toEqual(byName(expected));
  });
});

type ComparableParameter = {
  readonly name: string;
  readonly required: boolean;
  readonly type: string;
  readonly values: readonly string[];
  readonly maximum: number | undefined;
};

const byName = (parameters: readonly ComparableParameter[]): readonly ComparableParameter[] =>
  [...parameters].sort((a, b) => (a.name < b.name ? -1 : 1));

function theirParameter(parameter: Parameter): ComparableParameter {
  const values = (parameter.items?.['enum'] ?? parameter.enum ?? []) as readonly string[];
  return {
    name: parameter.name,
    required: parameter.required,
    type: parameter.type,
    values: [...values].sort(),
    maximum: parameter.maximum,
  };
}

const FORMAT_MAXIMA: readonly number[] = [0xffff, 0x7fff_ffff, 0xffff_ffff, Number.MAX_SAFE_INTEGER];

function ourParameter(name: string, schema: Schema, required: readonly string[]): ComparableParameter {
  const items = (schema['items'] ?? schema) as Schema;
  const maximum = schema['maximum'] as number | undefined;
  const values = ((items['enum'] ?? []) as readonly string[]).filter((value) => !ADDED_VALUES.includes(value));
  return {
    name,
    required: required.includes(name),
    type: String(schema['type'] ?? 'string'),
    values: [...values].sort(),
    maximum: maximum !== undefined && FORMAT_MAXIMA.includes(maximum) ? undefined : maximum,
  };
}

describe.skipIf(FACTS_ABSENT !== undefined)('errors', () => {
  it('know exactly the codes of the reference', () => {
    expect(API_ERROR_CODES).toEqual(FACTS.errors.codes);
  });

  it('use only those', () => {
    for (const entry of Object.values(ERRORS)) expect(FACTS.errors.codes).toContain(entry.code);
  });
});

/** The reference writes stream fields in words: `int us`, `decimal-string`, `iso`, `bool`. */
const WORDS: Readonly<Record<string, string>> = {
  'int us': 'integer',
  'int ms': 'integer',
  int: 'integer',
  bool: 'boolean',
  'decimal-string': 'decimal',
  iso: 'naive-date-time',
  string: 'string',
  '[price,quantity][]': 'rows',
};

function ourWord(shape: Shape): string {
  if (shape.kind === 'list') return 'rows';
  if (shape.kind !== 'value') return shape.kind;
  return shape.type === 'string' && shape.format !== '' ? shape.format : shape.type;
}

describe.skipIf(FACTS_ABSENT !== undefined)('the table of operations in the docs', () => {
  const table = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
  const ROW = /^\| (\w+) \| `(\S+)` \| (?:done|differs|not offered) \| /gm;

  it('has one row for each operation of the reference, in its order', () => {
    const rows = [...table.matchAll(ROW)].map(([, method, path]) => `${method} ${path}`);
    expect(rows).toEqual(FACTS.endpoints.map(({ method, path }) => `${method} ${path}`));
  });
});

describe.skipIf(FACTS_ABSENT !== undefined)('streams', () => {
  const published = FACTS.websocket.streams
    .map((stream) => ({ stream, parsed: parseStream(stream.name.replace(/\[.*\]/, '').replace('<interval>', '1m')) }))
    .filter(({ stream, parsed }) => parsed !== undefined && typeof stream.fields === 'object');

  it('are all there, but for prices of stocks', () => {
    const nameOf = (name: string) => name.replace(/\[.*\]/, '').replace('<interval>', '1m');
    const missing = FACTS.websocket.streams.filter(({ name }) => parseStream(nameOf(name)) === undefined);
    expect(missing.map(({ name }) => name)).toEqual(['stockPrice.<ticker>']);
  });

  it('cover every kind that this exchange pushes', () => {
    expect(published.map(({ parsed }) => parsed?.kind).sort()).toEqual(Object.keys(STREAM_FRAMES).sort());
  });

  it.each(published.map(({ stream, parsed }) => [stream.name, stream, parsed?.kind ?? 'depth'] as const))(
    '%s has the fields of the reference',
    (_, stream, kind) => {
      const shape = shapeOf((STREAM_FRAMES as Readonly<Record<string, unknown>>)[kind] as Schema);
      const fields = shape.kind === 'record' ? shape.fields : {};
      const expected = Object.entries(stream.fields as Readonly<Record<string, Schema>>).map(([name, facts]) => [
        name,
        {
          word: WORDS[String(facts['type'])],
          required: facts['optional'] !== true && facts['nullable'] !== true && facts['fillOnly'] !== true,
        },
      ]);
      const actual = Object.entries(fields).map(([name, field]) => [
        name,
        { word: ourWord(field.shape), required: field.required },
      ]);
      expect(Object.fromEntries(actual)).toEqual(Object.fromEntries(expected));
    },
  );
});
