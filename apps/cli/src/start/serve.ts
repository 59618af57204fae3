// Runs the exchange and its companions until a signal, or until the exchange stops by itself.
import {
  historyEngine,
  type Log,
  lineLog,
  type RunningExchange,
  type ServeOptions,
  serveExchange,
  serveGateway,
} from '@glasshouse/exchange';
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

function gatewayGreeting(url: string, data: string): string {
  return [
    `A gateway is open at ${url}`,
    `  before the exchange on ${data}`,
    'Ctrl-C closes it; the exchange goes on.',
  ].join('\n');
}

/** Ends with the exit code of the exchange, or of the gateway. */
export function serve(given: StartArguments): Promise<number> {
  const log = given.jsonLogs === true ? lineLog(process.stderr) : consoleLog(process.stderr);
  const common = {
    dataDirectory: given.data,
    port: given.port,
    host: given.host,
    log,
    history: historyEngine(given.history, process.env['DATABASE_URL']),
    ...ratesOf(given),
    metricsAt: given.metricsPort === undefined ? undefined : { host: given.metricsHost, port: given.metricsPort },
  };
  if (given.role === 'exchange') return serveWithCompanions(given, common);
  return serveGateway({ ...common, onStarted: ({ url }) => console.log(gatewayGreeting(url, given.data)) });
}

type Common = Pick<ServeOptions, 'dataDirectory' | 'port' | 'host' | 'history' | 'gateway' | 'metricsAt'> & {
  readonly log: Log;
};

function serveWithCompanions(given: StartArguments, common: Common): Promise<number> {
  let companions: readonly Companion[] = [];
  const opened = ({ url, metricsPort }: RunningExchange): void => {
    console.log(greeting(url, given.data));
    if (metricsPort !== undefined) common.log.info(`metrics at http://${given.metricsHost}:${metricsPort}/metrics`);
    companions = startCompanions(url, given, (line) => common.log.info(line));
  };
  return serveExchange({
    ...common,
    genesisFile: given.genesis,
    historyKeepDays: given.historyKeepDays,
    ...(given.snapshotEvery === undefined ? {} : { snapshotEvery: given.snapshotEvery }),
    onStarted: opened,
    beforeClose: async () => void (await Promise.all(companions.map((companion) => companion.stop()))),
  });
}
