// A log of one JSON line each, for whatever collects them.
import type { Log, LogFields } from './log.js';

type Sink = { write(text: string): unknown };

export function lineLog(sink: Sink, now: () => Date = () => new Date()): Log {
  const say =
    (level: string) =>
    (message: string, fields: LogFields = {}) => {
      sink.write(`${JSON.stringify({ time: now().toISOString(), level, message, ...fields })}\n`);
    };
  return { info: say('info'), warn: say('warn'), error: say('error') };
}
