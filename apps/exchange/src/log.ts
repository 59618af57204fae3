// What the node says to its operator. Never per order, and never a private key.

export type LogFields = Readonly<Record<string, unknown>>;

export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

const nothing = (): void => {};

export const silentLog: Log = { info: nothing, warn: nothing, error: nothing };
