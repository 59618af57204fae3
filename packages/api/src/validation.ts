// Received values against their schema, with the first problem in words that name the parameter.
import type { TObject, TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import type { Parameter } from './signing/index.js';

const validators = new WeakMap<TSchema, Validator>();

/** Compiled once per schema. */
function validatorOf(schema: TSchema): Validator {
  const known = validators.get(schema);
  if (known !== undefined) return known;
  const validator: Validator = Compile(schema);
  validators.set(schema, validator);
  return validator;
}

type Finding = { readonly keyword: string; readonly instancePath: string; readonly message: string };

/** `/0/price` → `0.price`; a missing property is named by the message instead. */
function described(finding: Finding, params: Readonly<Record<string, unknown>>): string {
  const parameter = finding.instancePath.slice(1).replaceAll('/', '.');
  const missing = params['requiredProperties'];
  if (Array.isArray(missing))
    return `missing parameter \`${[parameter, ...missing.slice(0, 1)].filter(Boolean).join('.')}\``;
  const allowed = params['allowedValues'];
  const expectation = Array.isArray(allowed) ? `must be one of ${allowed.join(', ')}` : finding.message;
  return parameter === '' ? `the request ${expectation}` : `failed to parse parameter \`${parameter}\`: ${expectation}`;
}

/** What is wrong with the value, or undefined when it fits. */
export function problemWith(schema: TSchema, value: unknown): string | undefined {
  const validator = validatorOf(schema);
  if (validator.Check(value)) return undefined;
  const [first] = validator.Errors(value);
  return first === undefined ? 'the request does not fit its schema' : described(first, first.params);
}

type Shape = { readonly type?: unknown; readonly items?: Shape };

function shapeOf(schema: TSchema | undefined): Shape {
  return (schema ?? {}) as Shape;
}

const INTEGER = /^-?\d{1,16}$/;

/** Text that does not read as the expected type stays text, so that the schema check reports it. */
function typedValue(text: string, shape: Shape): unknown {
  if (shape.type === 'integer' && INTEGER.test(text)) return Number(text);
  if (shape.type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

/** The values of a query as its schema types them; of a repeated name the last counts, unless the schema wants a list. */
export function queryValues(schema: TObject, parameters: readonly Parameter[]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(schema.properties)) {
    const shape = shapeOf(property);
    const texts = parameters.filter((parameter) => parameter[0] === name).map((parameter) => parameter[1]);
    if (texts.length === 0) continue;
    if (shape.type === 'array') values[name] = texts.map((text) => typedValue(text, shape.items ?? {}));
    else values[name] = typedValue(texts.at(-1) ?? '', shape);
  }
  return values;
}

/** The parameters of a query that are booleans: clients spell those in several ways. */
export function booleanParameters(schema: TObject): ReadonlySet<string> {
  const names = Object.entries(schema.properties).filter(([, property]) => shapeOf(property).type === 'boolean');
  return new Set(names.map(([name]) => name));
}
