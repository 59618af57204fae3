// The exchange's log for a person at a terminal: one line each, figures behind the words.
import type { Log, LogFields } from '@glasshouse/exchange';

type Sink = { write(text: string): unknown };

function fieldText([name, value]: readonly [string, unknown]): string {
  return `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`;
}

export function consoleLog(sink: Sink): Log {
  const say =
    (mark: string) =>
    (message: string, fields: LogFields = {}) => {
      sink.write(`${[`${mark}${message}`, ...Object.entries(fields).map(fieldText)].join('  ')}\n`);
    };
  return { info: say(''), warn: say('warning: '), error: say('ERROR: ') };
}
