// One form for two dialects: the reference's JSON facts (OpenAPI 3.0, nullable) and our JSON Schemas (null in a union).

export type Shape =
  | { readonly kind: 'value'; readonly type: string; readonly format: string; readonly values: readonly string[] }
  | { readonly kind: 'list'; readonly of: Shape }
  | { readonly kind: 'map'; readonly of: Shape }
  | { readonly kind: 'record'; readonly fields: Readonly<Record<string, Field>> }
  | { readonly kind: 'choice'; readonly of: readonly Shape[] };

/** `nullable` in answers, `optional` in requests: either way the field may carry nothing. */
export type Field = { readonly shape: Shape; readonly required: boolean };

export type Schema = Readonly<Record<string, unknown>>;

const isNull = (schema: Schema): boolean => schema['type'] === 'null';

function listOf(value: unknown): readonly Schema[] {
  return Array.isArray(value) ? (value as Schema[]) : [];
}

function recordOf(value: unknown): Readonly<Record<string, Schema>> {
  return (value ?? {}) as Record<string, Schema>;
}

function merge(parts: readonly Shape[]): Shape {
  const records = parts.filter((part) => part.kind === 'record');
  const choice = parts.find((part) => part.kind === 'choice');
  const entries = records.flatMap((record) => Object.entries(record.fields));
  const fields = Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  if (choice === undefined) return { kind: 'record', fields };
  return choiceOf(choice.of.map((option) => merge([option, { kind: 'record', fields }])));
}

function choiceOf(options: readonly Shape[]): Shape {
  const flat = options.flatMap((option) => (option.kind === 'choice' ? option.of : [option]));
  const sorted = [...flat].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  const [only] = sorted;
  return sorted.length === 1 && only !== undefined ? only : { kind: 'choice', of: sorted };
}

function mayBeNull(schema: Schema, resolve: (schema: Schema) => Schema): boolean {
  const resolved = resolve(schema);
  return resolved['nullable'] === true || listOf(resolved['anyOf']).some(isNull);
}

/** Field names sorted, so that two shapes compare as JSON text. */
function fieldsOf(schema: Schema, resolve: (schema: Schema) => Schema): Record<string, Field> {
  const required = (schema['required'] ?? []) as readonly string[];
  const entries = Object.entries(recordOf(schema['properties'])).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    entries.map(([name, property]) => [
      name,
      { shape: shapeOf(property, resolve), required: required.includes(name) && !mayBeNull(property, resolve) },
    ]),
  );
}

function valueShape(schema: Schema): Shape {
  const literal = schema['const'];
  const values = literal === undefined ? ((schema['enum'] ?? []) as readonly string[]) : [String(literal)];
  return {
    kind: 'value',
    type: String(schema['type'] ?? 'string'),
    format: String(schema['format'] ?? ''),
    values: [...values].sort(),
  };
}

export function shapeOf(given: Schema, resolve: (schema: Schema) => Schema = (schema) => schema): Shape {
  const schema = resolve(given);
  const parts = listOf(schema['allOf']).filter((part) => !('default' in part));
  if (parts.length > 0) return merge(parts.map((part) => shapeOf(part, resolve)));
  const options = [...listOf(schema['oneOf']), ...listOf(schema['anyOf'])].filter((option) => !isNull(option));
  if (options.length > 0) return choiceOf(options.map((option) => shapeOf(option, resolve)));
  if (schema['type'] === 'array') return { kind: 'list', of: shapeOf(schema['items'] as Schema, resolve) };
  if (schema['type'] !== 'object') return valueShape(schema);
  const rest = Object.values(recordOf(schema['patternProperties']))[0] ?? schema['additionalProperties'];
  if (schema['properties'] === undefined && typeof rest === 'object') {
    return { kind: 'map', of: shapeOf(rest as Schema, resolve) };
  }
  return { kind: 'record', fields: fieldsOf(schema, resolve) };
}
