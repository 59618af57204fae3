import type { Seq } from '@glasshouse/units';

/** Every error this package throws on purpose. `code` is stable; the message is for the operator. */
export abstract class JournalError extends Error {
  abstract readonly code: string;
}

/** A batch that was durable can no longer be read, or a file is missing. Nothing was changed. */
export class JournalDamaged extends JournalError {
  override readonly name = 'JournalDamaged';
  readonly code = 'journalDamaged';

  constructor(
    readonly file: string,
    readonly position: number,
    /** The first record that cannot be read. Everything below it is sound. */
    readonly seq: Seq,
    readonly reason: string,
  ) {
    super(
      `${file} is damaged at byte ${position} (record ${seq}): ${reason}. ` +
        'Nothing was changed. Keep the folder, put a good copy of this file in its place from a backup or another node, ' +
        `check it with "verify", and start again; records below ${seq} are sound.`,
    );
  }
}

/** Another process has the journal open. */
export class JournalLocked extends JournalError {
  override readonly name = 'JournalLocked';
  readonly code = 'journalLocked';

  constructor(
    readonly directory: string,
    readonly pid: number | undefined,
    readonly host: string | undefined,
  ) {
    super(
      `${directory} is in use by ${pid === undefined ? 'another process' : `process ${pid}`}` +
        `${host === undefined ? '' : ` on ${host}`}. Stop it first, or use another data folder.`,
    );
  }
}

/** The folder cannot be used: permissions, a full disk at start, a file in the way. `errno` is the system's code. */
export class JournalUnavailable extends JournalError {
  override readonly name = 'JournalUnavailable';
  readonly code = 'journalUnavailable';
  readonly errno: string | undefined;

  constructor(what: string, options?: { readonly cause: unknown }) {
    super(what, options);
    this.errno = options === undefined ? undefined : errnoOf(options.cause);
  }
}

/**
 * A write or sync failed. The journal accepts nothing more: after a failed sync the kernel may have dropped the
 * pages, so trying again could report success for bytes that are not on the disk. Open the journal again.
 */
export class JournalFailed extends JournalError {
  override readonly name = 'JournalFailed';
  readonly code = 'journalFailed';
  readonly errno: string | undefined;

  constructor(what: string, options: { readonly cause: unknown }) {
    super(what, options);
    this.errno = errnoOf(options.cause);
  }
}

export type Refusal = 'batchTooLarge' | 'queueFull' | 'closed' | 'notNextSeq' | 'timeBackwards' | 'malformed';

/** This batch was not taken; the journal is as it was. */
export class JournalRefused extends JournalError {
  override readonly name = 'JournalRefused';
  readonly code = 'journalRefused';

  constructor(
    readonly refusal: Refusal,
    details: string,
  ) {
    super(`batch refused (${refusal}): ${details}`);
  }
}

export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
