// The whole exchange in one process: node, gateway, and the sandbox's chain where there is one.
import { createGateway, type Gateway, type GatewayOptions } from '@glasshouse/gateway';
import { doorPath } from './gateways/door-path.js';
import { GatewayDoor } from './gateways/gateway-door.js';
import { type Log, silentLog } from './log.js';
import { type RunningNode, startNode } from './node.js';
import type { ExchangeStopped } from './pipeline-contract.js';
import { SandboxChain } from './sandbox-chain.js';
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
  /** The node found that it must not go on. Nothing is served any more; the process should end. */
  readonly onStopped?: (error: ExchangeStopped) => void;
};

export type RunningExchange = {
  readonly url: string;
  readonly port: number;
  /** Answers what was asked, refuses what comes, leaves the log in order. */
  close(): Promise<void>;
};

const DEFAULT_HOST = '127.0.0.1';

async function openGateway(node: RunningNode, options: ExchangeOptions, log: Log) {
  const { pipeline, history, logProof } = node;
  const signers = venueSigners(options.dataDirectory, node.core.view, log);
  const gateway = await createGateway({ port: pipeline, history, signers, logProof, options: options.gateway ?? {} });
  const { chain: signer } = signers;
  const pending = node.pendingWithdrawals;
  const chain = signer === undefined ? undefined : new SandboxChain({ port: pipeline, signer, log, pending });
  return { gateway, chain };
}

type Opened = {
  readonly gateway: Gateway;
  readonly chain: SandboxChain | undefined;
  readonly door: GatewayDoor | undefined;
};

async function openDoor(
  node: RunningNode,
  { dataDirectory }: ExchangeOptions,
  log: Log,
): Promise<GatewayDoor | undefined> {
  const path = doorPath(dataDirectory);
  if (path !== undefined)
    return GatewayDoor.open({ path, port: node.pipeline, durableSeq: () => node.durableSeq, log });
  log.warn('no gateway process can join: the path of the data folder is too long for a socket in it', {
    dataDirectory,
  });
  return undefined;
}

async function closeAll(opened: Partial<Opened>, node: RunningNode): Promise<void> {
  const { gateway, chain, door } = opened;
  try {
    await gateway?.close();
    await door?.close();
    chain?.stop();
  } finally {
    await node.close();
  }
}

export async function startExchange(options: ExchangeOptions): Promise<RunningExchange> {
  const { log = silentLog, host = DEFAULT_HOST, onStopped = () => {} } = options;
  const node = await startNode({ ...options, log, onStopped });
  let opened: Partial<Opened> = {};
  try {
    const door = await openDoor(node, options, log);
    opened = { door };
    const { gateway, chain } = await openGateway(node, options, log);
    opened = { gateway, chain, door };
    const { address, family, port } = await gateway.listen({ host, port: options.port });
    return { url: urlOf(address, family, port), port, close: () => closeAll(opened, node) };
  } catch (error) {
    await closeAll(opened, node);
    throw error;
  }
}
