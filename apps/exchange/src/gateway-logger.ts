// The gateway's logger, whose lines come out with all others of the process.
import { type Logger, pino } from 'pino';
import type { Log } from './log.js';

const ERROR_LEVEL = 50;

type Line = { readonly level: number; readonly msg?: string } & Readonly<Record<string, unknown>>;

/** Warnings and errors only: a refused request is its caller's affair and stands in the metrics. */
export function gatewayLogger(log: Log): Logger {
  return pino(
    { level: 'warn', base: null, timestamp: false },
    {
      write: (text) => {
        const { level, msg = '', ...fields }: Line = JSON.parse(text);
        if (level >= ERROR_LEVEL) log.error(msg, fields);
        else log.warn(msg, fields);
      },
    },
  );
}
