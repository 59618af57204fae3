// Every operation of the served OpenAPI document, asked with what the document allows and with what is close to it. PROPERTY_RUNS says
// how often each (default 8).
import { OPERATION_NAMES, type OperationName } from '@glasshouse/api';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openVenue, type Reply, type Trader, type Venue } from './venue.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 8);

type Json = Readonly<Record<string, unknown>>;
type Responses = Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Json }>> }>>;
type Described = {
  readonly parameters?: readonly { readonly name: string; readonly required?: boolean; readonly schema: Json }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Json }>> };
  readonly responses: Responses;
};
type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described & { readonly operationId: string }>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>> };
};

const JSON_TYPE = 'application/json';

/** What a name usually stands for, so that many requests get past the first refusal. */
const LIKELY: Readonly<Record<string, readonly unknown[]>> = {
  symbol: ['SOL_USDC', 'SOL', 'USDC', 'NO_SUCH'],
  blockchain: ['Solana', 'Sandbox'],
  price: ['100', '100.01', '0', '-1'],
  quantity: ['1', '0.01', '1000000000', '0'],
  interval: ['1m', '1d', '1h'],
  marketType: ['SPOT', 'PERP'],
  limit: [1, 1000, 0],
  offset: [0, 5],
  vaultId: [1, 0],
};
const TEXTS = fc.oneof(
  fc.constantFrom('', '1', '-1', '1e9', '0.000000001', '9007199254740993', 'null', '[]', '{}', '%', '=&', '\u0000'),
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const NUMBERS = fc.oneof(fc.nat({ max: 100 }), fc.constantFrom(-1, 0, 2 ** 31, 2 ** 32, 2 ** 53, 1e21, 0.5));

class Guesses {
  constructor(private readonly schemas: Document['components']['schemas']) {}

  of(schema: Json, name = '', depth = 0): fc.Arbitrary<unknown> {
    const usual = this.usual(schema, name, depth);
    const likely = LIKELY[name];
    const near = likely === undefined ? usual : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...likely) }, usual);
    return fc.oneof({ weight: 12, arbitrary: near }, { weight: 1, arbitrary: this.odd() });
  }

  private odd(): fc.Arbitrary<unknown> {
    return fc.oneof(TEXTS, NUMBERS, fc.boolean(), fc.constant(null), fc.constant([]), fc.constant({}));
  }

  private usual(schema: Json, name: string, depth: number): fc.Arbitrary<unknown> {
    const { $ref, const: only, anyOf, oneOf, allOf, type } = schema as Readonly<Record<string, never>>;
    const words = schema['enum'] as readonly unknown[] | undefined;
    if ($ref !== undefined)
      return this.usual(this.schemas[($ref as string).split('/').at(-1) ?? ''] ?? {}, name, depth);
    if (only !== undefined) return fc.constant(only);
    if (words !== undefined) return fc.constantFrom(...words);
    const choice = (anyOf ?? oneOf ?? allOf) as readonly Json[] | undefined;
    if (choice !== undefined) return fc.oneof(...choice.map((one) => this.usual(one, name, depth)));
    if (type === 'object') return this.record(schema, depth);
    if (type === 'array') return fc.array(this.of((schema['items'] ?? {}) as Json, name, depth + 1), { maxLength: 3 });
    if (type === 'integer' || type === 'number') return NUMBERS;
    return type === 'boolean' ? fc.boolean() : fc.oneof(fc.constantFrom('1', '100', '0.5', 'somewhere', 'w1'), TEXTS);
  }

  record(schema: Json, depth = 0): fc.Arbitrary<Json> {
    const properties = Object.entries((schema['properties'] ?? {}) as Readonly<Record<string, Json>>);
    const required = (schema['required'] ?? []) as readonly string[];
    const members = properties.map(([name, member]) => {
      const value = this.of(member, name, depth + 1);
      return required.includes(name) ? value : fc.option(value, { nil: undefined, freq: 2 });
    });
    return fc
      .tuple(...members)
      .map((values) => Object.fromEntries(properties.map(([name], place) => [name, values[place]])))
      .map((record) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)));
  }
}

describe('the gateway, asked by its own document', () => {
  let venue: Venue;
  let trader: Trader;
  let document: Document;
  let ajv: Ajv2020;
  const operations = new Map<OperationName, Described>();
  const checks = new Map<string, ValidateFunction>();

  beforeAll(async () => {
    venue = await openVenue();
    trader = await venue.trader({ USDC: '1000000', SOL: '1000' });
    document = (await venue.get('/openapi.json')).json() as Document;
    ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: 'document', components: document.components });
    for (const methods of Object.values(document.paths)) {
      for (const described of Object.values(methods)) operations.set(described.operationId as OperationName, described);
    }
  });
  afterAll(() => venue.close());

  function requestsOf(described: Described): fc.Arbitrary<Json | readonly Json[]> {
    const guesses = new Guesses(document.components.schemas);
    const body = described.requestBody?.content[JSON_TYPE]?.schema;
    if (body === undefined) {
      const parameters = described.parameters ?? [];
      const properties = Object.fromEntries(parameters.map(({ name, schema }) => [name, schema]));
      const required = parameters.filter((parameter) => parameter.required === true).map(({ name }) => name);
      return guesses.record({ properties, required });
    }
    return guesses.of(body).map((guess) => (typeof guess === 'object' && guess !== null ? (guess as Json) : {}));
  }

  function fault(name: OperationName, { responses }: Described, reply: Reply): string | undefined {
    const told = responses[String(reply.status)];
    if (told === undefined) return `status ${reply.status} is not in the document`;
    const schema = told.content?.[JSON_TYPE]?.schema;
    if (schema === undefined) return undefined;
    const key = `${name} ${reply.status}`;
    const pointed = JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/')) as Json;
    const check = checks.get(key) ?? ajv.compile(pointed);
    checks.set(key, check);
    return check(reply.json()) ? undefined : ajv.errorsText(check.errors);
  }

  it.each(OPERATION_NAMES)('%s answers as the document says, whatever is asked', { timeout: 30_000 }, async (name) => {
    const described = operations.get(name);
    if (described === undefined) throw new Error(`${name} is not in the document`);
    await fc.assert(
      fc.asyncProperty(requestsOf(described), async (request) => {
        const reply = await trader.send(name, request as Json);
        expect(reply.status === 501 || reply.status < 500, `${reply.status} ${reply.text}`).toBe(true);
        expect(fault(name, described, reply), `${reply.status} ${reply.text.slice(0, 600)}`).toBeUndefined();
      }),
      { numRuns: RUNS },
    );
  });
});
