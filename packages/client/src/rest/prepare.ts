// From an operation and its parameters to the bytes that go out.
import {
  batchSigningText,
  findUnsignable,
  formatQuery,
  HEADER,
  type Operation,
  type Parameter,
  parametersOf,
  parameterText,
  UNSIGNABLE,
  type Validity,
} from '@glasshouse/api';
import type { Signer } from '../keys.js';

export type Prepared = {
  readonly path: string;
  readonly body: string | undefined;
  /** What is signed: one list of parameters, several for a batch. */
  readonly segments: readonly (readonly Parameter[])[];
};

/** Lists become repeated names. */
function queryParameters(params: Readonly<Record<string, unknown>>): Parameter[] {
  return Object.entries(params).flatMap(([name, value]) => {
    const values = Array.isArray(value) ? value : [value];
    return values.flatMap((element): Parameter[] => {
      const text = parameterText(name, element);
      return text === undefined ? [] : [[name, text]];
    });
  });
}

function refuseUnsignable(segments: readonly (readonly Parameter[])[]): void {
  for (const segment of segments) {
    const found = findUnsignable(segment);
    if (found !== undefined) throw new TypeError(`parameter \`${found.name}\`: ${UNSIGNABLE[found.problem]}`);
  }
}

export function prepare(operation: Operation, params: object | undefined): Prepared {
  if (operation.body === null) {
    const segment = queryParameters({ ...params });
    const query = formatQuery(segment);
    return { path: query === '' ? operation.path : `${operation.path}?${query}`, body: undefined, segments: [segment] };
  }
  const elements: readonly object[] = Array.isArray(params) ? params : [params ?? {}];
  const segments = elements.map((element) => parametersOf({ ...element }));
  return { path: operation.path, body: JSON.stringify(params ?? {}), segments };
}

/** Throws TypeError for parameters that have no unambiguous place in the signed text. */
export function signedHeaders(
  signer: Signer,
  instruction: string,
  prepared: Prepared,
  validity: Validity,
): Record<string, string> {
  refuseUnsignable(prepared.segments);
  return {
    [HEADER.apiKey]: signer.apiKey,
    [HEADER.timestamp]: String(validity.timestampMs),
    [HEADER.window]: String(validity.windowMs),
    [HEADER.signature]: signer.sign(batchSigningText(instruction, prepared.segments, validity)),
  };
}
