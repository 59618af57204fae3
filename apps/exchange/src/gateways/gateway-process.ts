// A gateway in a process of its own, before an exchange that runs on the same data folder: more cores for signatures, HTTP and
// streams, while one exchange goes on to put everything in one order.
import { createGateway, type GatewayOptions, type HistoryPort } from '@glasshouse/gateway';
import { SqlHistory } from '@glasshouse/history';
import { Closers } from '../closers.js';
import { gatewayLogger } from '../gateway-logger.js';
import { databaseOfExchange, type HistoryEngine } from '../history/engine.js';
import { FollowedDatabase } from '../history/followed-database.js';
import { layeredHistory } from '../history/layered-history.js';
import { type Log, silentLog } from '../log.js';
import { type MetricsAddress, serveMetrics } from '../metrics/metrics-server.js';
import { nodeRegistry, watchNode } from '../metrics/node-metrics.js';
import type { ExchangeStopped } from '../pipeline-contract.js';
import { openVault } from '../two-factor-vault.js';
import { urlOf } from '../url.js';
import { venueSigners } from '../venue-signers.js';
import { doorPath } from './door-path.js';
import { FollowingNode } from './following-node.js';

export type GatewayProcessOptions = {
  /** Of the exchange. */
  readonly dataDirectory: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly host?: string;
  readonly log?: Log;
  readonly gateway?: GatewayOptions;
  /** As the exchange's; in memory unless it says otherwise. */
  readonly history?: HistoryEngine;
  /** Serves `/metrics` to Prometheus, on a port and an address of its own; 0 takes any free port. */
  readonly metricsAt?: MetricsAddress | undefined;
  /** This process must not go on; the exchange may. */
  readonly onStopped?: (error: ExchangeStopped) => void;
};

export type RunningGateway = {
  readonly url: string;
  readonly port: number;
  readonly metricsPort: number | undefined;
  close(): Promise<void>;
};

const PATIENCE_MS = 2_000;
const DEFAULT_HOST = '127.0.0.1';

/** Whoever waits long is told what for. */
async function patiently<Value>(started: Promise<Value>, { dataDirectory, log = silentLog }: GatewayProcessOptions) {
  const say = () => log.warn('waiting for an exchange on the data folder', { dataDirectory });
  const timer = setTimeout(say, PATIENCE_MS);
  return started.finally(() => clearTimeout(timer));
}

/** Waits for the exchange as long as it takes, and for its log to have been executed here too. */
export async function startGatewayProcess(options: GatewayProcessOptions): Promise<RunningGateway> {
  const { dataDirectory, onStopped = () => {} } = options;
  const door = doorPath(dataDirectory);
  if (door === undefined) throw new Error(`the path of ${dataDirectory} is too long for a socket in it`);
  const closers = new Closers();
  const node = await patiently(FollowingNode.start({ dataDirectory, door, onStopped }), options);
  closers.add(() => node.close());
  try {
    return await openAll(node, options, closers);
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

function openHistory(node: FollowingNode, options: GatewayProcessOptions, closers: Closers): HistoryPort {
  const settings = databaseOfExchange(options.history ?? { kind: 'memory' }, options.dataDirectory);
  if (settings === undefined) return node.history;
  const database = new FollowedDatabase(settings, () => node.view.nextSeq);
  closers.add(() => database.close());
  return layeredHistory(node.history, new SqlHistory(database));
}

async function openAll(node: FollowingNode, options: GatewayProcessOptions, closers: Closers): Promise<RunningGateway> {
  const { dataDirectory, host = DEFAULT_HOST, log = silentLog, metricsAt } = options;
  const registry = metricsAt && nodeRegistry();
  if (registry !== undefined) watchNode(registry, node.figures);
  const metrics = registry && metricsAt && (await serveMetrics(registry, metricsAt));
  closers.add(() => metrics?.close());
  const { logProof } = node;
  const history = openHistory(node, options, closers);
  const signers = venueSigners(dataDirectory, node.view, log);
  const vault = openVault(dataDirectory);
  const gatewayOptions = { logger: gatewayLogger(log), ...(registry && { metrics: registry }), ...options.gateway };
  const gateway = await createGateway({ port: node, history, signers, vault, logProof, options: gatewayOptions });
  closers.add(() => gateway.close());
  const { address, family, port } = await gateway.listen({ host, port: options.port });
  return { url: urlOf(address, family, port), port, metricsPort: metrics?.port, close: () => closers.closeAll() };
}
