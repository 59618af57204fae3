// The reference venue's facts, when the workspace has them.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Schema, type Shape, shapeOf } from './shape.js';

const PATH = fileURLToPath(new URL('../../../../../shared/reference/backpack-api.json', import.meta.url));

export type Parameter = {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly type: string;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly default?: unknown;
  readonly maximum?: number;
};

export type Endpoint = {
  readonly method: string;
  readonly path: string;
  readonly auth: string;
  readonly instruction: string | null;
  readonly rateClass: string;
  readonly paginated?: string;
  readonly params: readonly Parameter[];
  readonly body?: { readonly schema: Schema };
  readonly responses: Readonly<Record<string, { readonly schema?: Schema; readonly contentType?: string }>>;
};

export type StreamFacts = {
  readonly name: string;
  readonly fields: Readonly<Record<string, Schema>> | string;
};

type Facts = {
  readonly endpoints: readonly Endpoint[];
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly errors: { readonly codes: readonly string[]; readonly wsCodes: Readonly<Record<string, string>> };
  readonly websocket: { readonly streams: readonly StreamFacts[] };
};

export const FACTS_ABSENT = existsSync(PATH) ? undefined : `the reference's facts are not at ${PATH}`;

export const FACTS: Facts =
  FACTS_ABSENT === undefined
    ? (JSON.parse(readFileSync(PATH, 'utf8')) as Facts)
    : { endpoints: [], schemas: {}, errors: { codes: [], wsCodes: {} }, websocket: { streams: [] } };

function resolve(schema: Schema): Schema {
  const reference = schema['$ref'];
  if (typeof reference !== 'string') return schema;
  return resolve(FACTS.schemas[reference.slice('#/schemas/'.length)] ?? {});
}

export function referenceShape(schema: Schema): Shape {
  return shapeOf(schema, resolve);
}

export function endpointOf(method: string, path: string): Endpoint | undefined {
  return FACTS.endpoints.find((endpoint) => endpoint.method === method && endpoint.path === path);
}
