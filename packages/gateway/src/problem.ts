// A refusal on its way to the caller.
import { type ApiError, apiError, ERRORS, type ErrorDetails, type ErrorName } from '@glasshouse/api';

export type ProblemOptions = {
  readonly details?: ErrorDetails;
  /** Replaces the catalogue's text. */
  readonly message?: string;
  readonly retryAfterSeconds?: number;
};

export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly error: ErrorName,
    readonly options: ProblemOptions = {},
  ) {
    super(options.message ?? ERRORS[error].message);
  }

  get status(): number {
    return ERRORS[this.error].status;
  }

  body(): ApiError {
    return apiError(this.error, this.options.details, this.message);
  }
}
