/** A rule of the house that does not hold: our bug, never the caller's. The node stops on it. */
export class InvariantViolation extends Error {
  override readonly name = 'InvariantViolation';

  constructor(
    readonly invariant: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(`invariant broken: ${invariant} ${JSON.stringify(details)}`);
  }
}

export function assert(
  condition: boolean,
  invariant: string,
  details?: Readonly<Record<string, unknown>>,
): asserts condition {
  if (!condition) throw new InvariantViolation(invariant, details);
}

/** Closes a switch over a closed union: compiling proves that no case is missing. */
export function unreachable(value: never): never {
  throw new InvariantViolation('unreachable case', { value: String(value) });
}
