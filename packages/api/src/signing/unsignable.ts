// Which parameters have no unambiguous place in a signed text.
// After these refusals a reader may split the text at `&` and at the first `=`, then percent-decode every value, whichever form was signed.
import type { Parameter } from './signing-text.js';

export const UNSIGNABLE = {
  name: 'parameter names are letters, digits and _ . - [ ], and start with a letter',
  reservedName: 'the name is used by the signed text itself',
  ampersand: 'the value contains `&`, which separates parameters in the signed text',
  percentSequence: 'the value contains `%` and two hexadecimal digits, which reads as a percent-encoded byte',
  character: 'the value contains a character outside printable ASCII',
} as const;

export type Unsignable = { readonly name: string; readonly problem: keyof typeof UNSIGNABLE };

const PLAIN_NAME = /^[A-Za-z][\w.\-[\]]*$/;
const RESERVED_NAMES: readonly string[] = ['instruction', 'timestamp', 'window'];
const PERCENT_SEQUENCE = /%[0-9A-Fa-f]{2}/;
/** A percent-encoded byte above 127 would read back as another character than the caller meant. */
const PRINTABLE_ASCII = /^[ -~]*$/;

function problemOf(name: string, text: string): keyof typeof UNSIGNABLE | undefined {
  if (!PLAIN_NAME.test(name)) return 'name';
  if (RESERVED_NAMES.includes(name)) return 'reservedName';
  if (text.includes('&')) return 'ampersand';
  if (PERCENT_SEQUENCE.test(text)) return 'percentSequence';
  return PRINTABLE_ASCII.test(text) ? undefined : 'character';
}

/** The first parameter that cannot be signed without ambiguity. The gateway refuses the request; a client must not sign it. */
export function findUnsignable(parameters: readonly Parameter[]): Unsignable | undefined {
  for (const [name, text] of parameters) {
    const problem = problemOf(name, text);
    if (problem !== undefined) return { name, problem };
  }
  return undefined;
}
