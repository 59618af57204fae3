// The whole exchange in one process: node, gateway, and the sandbox's chain where there is one.
import { createGateway, type GatewayOptions, type HistoryPort } from '@glasshouse/gateway';
import { SqlHistory } from '@glasshouse/history';
import type { Registry } from 'prom-client';
import { Closers } from './closers.js';
import { gatewayLogger } from './gateway-logger.js';
import { doorPath } from './gateways/door-path.js';
import { GatewayDoor } from './gateways/gateway-door.js';
import { type HistoryEngine, openEngine } from './history/engine.js';
import { HistoryDatabase } from './history/history-database.js';
import { layeredHistory } from './history/layered-history.js';
import { type Log, silentLog } from './log.js';
import { type MetricsAddress, serveMetrics } from './metrics/metrics-server.js';
import { nodeRegistry } from './metrics/node-metrics.js';
import { type RunningNode, startNode } from './node.js';
import type { ExchangeStopped } from './pipeline-contract.js';
import { SandboxChain } from './sandbox-chain.js';
import { openVault } from './two-factor-vault.js';
import { urlOf } from './url.js';
import { venueSigners } from './venue-signers.js';

export type ExchangeOptions = {
  readonly dataDirectory: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly host?: string;
  /** For a new venue; without it a sandbox opens. */
  readonly genesisFile?: string | undefined;
  readonly log?: Log;
  readonly gateway?: GatewayOptions;
  readonly snapshotEvery?: number;
  readonly segmentBytes?: number;
  readonly idleTickMs?: number;
  /** Serves `/metrics` to Prometheus, on a port and an address of its own; 0 takes any free port. */
  readonly metricsAt?: MetricsAddress | undefined;
  /** In memory unless it says otherwise. */
  readonly history?: HistoryEngine;
  /** Days after which rows of a history database go; without it they stay. */
  readonly historyKeepDays?: number | undefined;
  /** The node found that it must not go on. Nothing is served any more; the process should end. */
  readonly onStopped?: (error: ExchangeStopped) => void;
};

export type RunningExchange = {
  readonly url: string;
  readonly port: number;
  readonly metricsPort: number | undefined;
  /** Answers what was asked, refuses what comes, leaves the log in order. */
  close(): Promise<void>;
};

const DAY_US = 86_400_000_000;
const DEFAULT_HOST = '127.0.0.1';

async function openDoor(node: RunningNode, directory: string, log: Log): Promise<GatewayDoor | undefined> {
  const path = doorPath(directory);
  if (path !== undefined) {
    return GatewayDoor.open({ path, port: node.pipeline, durableSeq: () => node.durableSeq, log });
  }
  log.warn('no gateway process can join: the path of the data folder is too long for a socket in it', { directory });
  return undefined;
}

/** The node comes first: who has no lock on the folder must not touch its database. */
async function openHistory(node: RunningNode, closers: Closers, options: ExchangeOptions): Promise<HistoryPort> {
  const { dataDirectory: directory, history = { kind: 'memory' }, historyKeepDays, log = silentLog } = options;
  if (history.kind === 'memory') return node.history;
  const engine = await openEngine(history, directory, log);
  closers.add(() => engine.close());
  const keepUs = historyKeepDays === undefined ? undefined : historyKeepDays * DAY_US;
  const database = new HistoryDatabase({ directory, database: engine.database, keepUs, log });
  closers.add(() => database.close());
  node.followedBy(database);
  return layeredHistory(node.history, new SqlHistory(database));
}

type Opening = { readonly node: RunningNode; readonly registry: Registry | undefined; readonly closers: Closers };

async function openAll({ node, registry, closers }: Opening, options: ExchangeOptions): Promise<RunningExchange> {
  const { dataDirectory, log = silentLog, host = DEFAULT_HOST, metricsAt } = options;
  const { pipeline, logProof } = node;
  const history = await openHistory(node, closers, options);
  const signers = venueSigners(dataDirectory, node.core.view, log);
  const vault = openVault(dataDirectory);
  const chain =
    signers.chain && new SandboxChain({ port: pipeline, signer: signers.chain, log, pending: node.pendingWithdrawals });
  closers.add(() => chain?.stop());
  const door = await openDoor(node, dataDirectory, log);
  closers.add(() => door?.close());
  const metrics = registry && metricsAt && (await serveMetrics(registry, metricsAt));
  closers.add(() => metrics?.close());
  const gatewayOptions = { logger: gatewayLogger(log), ...(registry && { metrics: registry }), ...options.gateway };
  const gateway = await createGateway({ port: pipeline, history, signers, vault, logProof, options: gatewayOptions });
  closers.add(() => gateway.close());
  const { address, family, port } = await gateway.listen({ host, port: options.port });
  return { url: urlOf(address, family, port), port, metricsPort: metrics?.port, close: () => closers.closeAll() };
}

export async function startExchange(options: ExchangeOptions): Promise<RunningExchange> {
  const { log = silentLog, onStopped = () => {} } = options;
  const closers = new Closers();
  const registry = options.metricsAt && nodeRegistry();
  const node = await startNode({ ...options, log, onStopped, metrics: registry });
  closers.add(() => node.close());
  try {
    return await openAll({ node, registry, closers }, options);
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}
