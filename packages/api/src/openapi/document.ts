// The OpenAPI 3.1 document of the table of operations: a pure function, so that the document cannot disagree with the server.
import { OPERATION_NAMES, type Operation, operationOf } from '../operations/index.js';
import { DEFAULT_WINDOW_MS, MAX_WINDOW_MS } from '../signing/index.js';
import { Components, type Json, type JsonObject } from './components.js';
import { responsesOf } from './responses.js';

export type OpenApiOptions = { readonly version: string; readonly serverUrl: string };

const HOW_TO_SIGN = `Signed operations carry \`X-API-Key\` (base64 of the Ed25519 public key), \`X-Timestamp\` (milliseconds), \
\`X-Window\` (milliseconds, ${DEFAULT_WINDOW_MS} when absent, at most ${MAX_WINDOW_MS}) and \`X-Signature\`: base64 of the signature over

    instruction=<name>&<parameters as key=value, sorted by key, joined by &>&timestamp=<X-Timestamp>&window=<X-Window>

with the query parameters of a GET or the top-level members of the JSON body. Booleans are \`true\` or \`false\`, numbers their \
JSON text; null members are left out. A batch repeats \`instruction=…&<parameters>\` for each element and closes with one timestamp \
and window. Each operation names its instruction in \`x-instruction\`.`;

const SECURITY_SCHEMES: JsonObject = {
  apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
  timestamp: { type: 'apiKey', in: 'header', name: 'X-Timestamp' },
  signature: { type: 'apiKey', in: 'header', name: 'X-Signature' },
};
const SIGNED: Json = [{ apiKey: [], timestamp: [], signature: [] }];

const WINDOW_HEADER: JsonObject = {
  name: 'X-Window',
  in: 'header',
  required: false,
  description: 'How long the request stays valid, in milliseconds.',
  schema: { type: 'integer', minimum: 1, maximum: MAX_WINDOW_MS, default: DEFAULT_WINDOW_MS },
};

const IDEMPOTENCY_HEADER: JsonObject = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'The same command under the same key is carried out once within ten minutes, and answered the same again.',
  schema: { type: 'string', minLength: 1, maxLength: 64 },
};

function queryParameters(operation: Operation, components: Components): JsonObject[] {
  if (operation.query === null) return [];
  const required: readonly string[] = operation.query.required ?? [];
  return Object.entries(operation.query.properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema: components.refer(schema),
  }));
}

function pathItem(name: string, operation: Operation, components: Components): JsonObject {
  const parameters = queryParameters(operation, components);
  const item: Record<string, Json> = {
    operationId: name,
    tags: [operation.tag],
    summary: operation.summary,
    'x-kind': operation.kind,
    'x-rate-class': operation.rateClass,
    responses: responsesOf(operation, components),
  };
  if (operation.auth === 'signed') {
    parameters.push(WINDOW_HEADER);
    if (operation.kind === 'command') parameters.push(IDEMPOTENCY_HEADER);
    item['security'] = SIGNED;
    item['x-instruction'] = operation.instruction;
    item['x-permission'] = operation.permission;
  }
  if (parameters.length > 0) item['parameters'] = parameters;
  if (operation.body !== null) {
    item['requestBody'] = {
      required: true,
      content: { 'application/json': { schema: components.refer(operation.body) } },
    };
  }
  return item;
}

function pathsOf(components: Components): JsonObject {
  const paths: Record<string, Record<string, Json>> = {};
  for (const name of OPERATION_NAMES) {
    const operation = operationOf(name);
    const path = paths[operation.path] ?? {};
    path[operation.method.toLowerCase()] = pathItem(name, operation, components);
    paths[operation.path] = path;
  }
  return paths;
}

export function openApiDocument(options: OpenApiOptions): JsonObject {
  const components = new Components();
  const paths = pathsOf(components);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Glasshouse API',
      version: options.version,
      description: HOW_TO_SIGN,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: options.serverUrl }],
    paths,
    components: { schemas: components.all(), securitySchemes: SECURITY_SCHEMES },
  };
}
