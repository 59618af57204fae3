// Runs the exchange and its companions until a signal, or until the exchange stops by itself.
import { lineLog, type RunningExchange, type ServeOptions, serveExchange } from '@glasshouse/exchange';
import type { StartArguments } from './arguments.js';
import type { Companion } from './companion.js';
import { startCompanions } from './companions.js';
import { consoleLog } from './console-log.js';

function greeting(url: string, data: string): string {
  return [
    `Glasshouse is open at ${url}`,
    `  WebSocket      ${url.replace(/^http/, 'ws')}`,
    `  API reference  ${url}/docs`,
    `  data           ${data}`,
    '  an account     npx glasshouse account new --fund USDC=1000000',
    'Ctrl-C closes it.',
  ].join('\n');
}

function ratesOf({ requestsPerMinute }: StartArguments): Pick<ServeOptions, 'gateway'> {
  return requestsPerMinute === undefined ? {} : { gateway: { rates: { standardPerMinute: requestsPerMinute } } };
}

/** Ends with the exit code of the exchange. */
export async function serve(given: StartArguments): Promise<number> {
  const log = given.jsonLogs === true ? lineLog(process.stderr) : consoleLog(process.stderr);
  let companions: readonly Companion[] = [];
  const opened = ({ url }: RunningExchange): void => {
    console.log(greeting(url, given.data));
    companions = startCompanions(url, given, (line) => log.info(line));
  };
  return serveExchange({
    dataDirectory: given.data,
    port: given.port,
    host: given.host,
    genesisFile: given.genesis,
    log,
    ...(given.snapshotEvery === undefined ? {} : { snapshotEvery: given.snapshotEvery }),
    ...ratesOf(given),
    onStarted: opened,
    beforeClose: async () => void (await Promise.all(companions.map((companion) => companion.stop()))),
  });
}
