// The reference venue's published document as JSON schemas that take nothing else: every object is closed.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv, type ValidateFunction } from 'ajv';

const FILE = fileURLToPath(new URL('../../../../../shared/reference/backpack-api.json', import.meta.url));

type Json = Readonly<Record<string, unknown>>;
export type Endpoint = {
  readonly method: string;
  readonly path: string;
  readonly responses: Readonly<Record<string, { readonly schema?: Json }>>;
};
type Facts = { readonly endpoints: readonly Endpoint[]; readonly schemas: Readonly<Record<string, Json>> };

/** Undefined where the document is not at hand. */
export const FACTS: Facts | undefined = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : undefined;

const DECIMAL = /^-?\d+(\.\d+)?$/;
const NAIVE_DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?$/;
const ANY = true;

/** Words that this venue adds to lists of the reference: the chain of a sandbox, and a status of a withdrawal. */
const ADDED_WORDS = ['Sandbox', 'cancelled'];

/** The numbers that decided a refusal. */
const ADDED_TO_ERRORS = { details: { type: 'object' } };

type Schemas = Facts['schemas'];

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** All parts of a schema that is put together from several, as one. */
function whole(schema: Json, schemas: Schemas): Json {
  const { $ref, allOf } = schema as { readonly $ref?: string; readonly allOf?: readonly Json[] };
  if ($ref !== undefined) return whole(schemas[$ref.slice('#/schemas/'.length)] ?? {}, schemas);
  if (allOf === undefined) return schema;
  const parts = allOf.map((part) => whole(part, schemas));
  const choice = parts.find((part) => part['oneOf'] !== undefined);
  if (choice !== undefined) {
    const others = parts.filter((part) => part !== choice);
    return { oneOf: (choice['oneOf'] as readonly Json[]).map((one) => whole({ allOf: [...others, one] }, schemas)) };
  }
  const properties = Object.assign({}, ...parts.map((part) => part['properties'] ?? {}));
  return {
    type: 'object',
    properties,
    required: parts.flatMap((part) => (part['required'] as string[] | undefined) ?? []),
  };
}

function closed(schema: unknown, schemas: Schemas): unknown {
  if (Array.isArray(schema)) return schema.map((one) => closed(one, schemas));
  if (!isObject(schema)) return schema;
  const put = schema['allOf'] === undefined ? schema : whole(schema, schemas);
  const { nullable, discriminator: _discriminator, ...rest } = put;
  const inner = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, closedMember(key, value, schemas)]),
  );
  if (inner['type'] === 'object' && inner['properties'] !== undefined) inner['additionalProperties'] = false;
  return nullable === true ? { anyOf: [inner, { type: 'null' }] } : inner;
}

function closedMember(key: string, value: unknown, schemas: Schemas): unknown {
  if (key === 'properties') {
    const isError = isObject(value) && 'code' in value && 'message' in value;
    return Object.fromEntries(
      Object.entries({ ...(value as Json), ...(isError ? ADDED_TO_ERRORS : {}) }).map(([name, schema]) => [
        name,
        closed(schema, schemas),
      ]),
    );
  }
  // A word that tells variants apart stands alone; the venue's own words belong to longer lists.
  if (key === 'enum')
    return (value as readonly unknown[]).length === 1 ? value : [...(value as readonly unknown[]), ...ADDED_WORDS];
  return closed(value, schemas);
}

export class ReferenceSchemas {
  private readonly ajv = new Ajv({ strict: false, allErrors: false });

  constructor(private readonly facts: Facts) {
    this.ajv.addFormat('decimal', DECIMAL);
    this.ajv.addFormat('naive-date-time', NAIVE_DATE_TIME);
    for (const format of [
      'uint8',
      'uint16',
      'uint32',
      'uint64',
      'int32',
      'int64',
      'double',
      'date-time',
      'naive-time',
    ]) {
      this.ajv.addFormat(format, ANY);
    }
    const schemas = Object.fromEntries(
      Object.entries(facts.schemas).map(([name, schema]) => [name, closed(schema, facts.schemas)]),
    );
    this.ajv.addSchema({ $id: 'reference', schemas });
  }

  /** What is wrong with the answer; empty when nothing is. */
  faults(schema: Json, answer: unknown): string[] {
    const check: ValidateFunction = this.ajv.compile(pointed(closed(schema, this.facts.schemas)) as Json);
    if (check(answer)) return [];
    return (check.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }
}

/** References into the document. */
function pointed(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/schemas/', '"reference#/schemas/'));
}
