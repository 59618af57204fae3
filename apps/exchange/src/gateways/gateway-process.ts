// A gateway in a process of its own, before an exchange that runs on the same data folder: more cores for signatures, HTTP and
// streams, while one exchange goes on to put everything in one order.
import { createGateway, type Gateway, type GatewayOptions } from '@glasshouse/gateway';
import { type Log, silentLog } from '../log.js';
import type { ExchangeStopped } from '../pipeline-contract.js';
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
  /** This process must not go on; the exchange may. */
  readonly onStopped?: (error: ExchangeStopped) => void;
};

export type RunningGateway = { readonly url: string; readonly port: number; close(): Promise<void> };

const DEFAULT_HOST = '127.0.0.1';

async function closeAll(gateway: Gateway | undefined, node: FollowingNode): Promise<void> {
  try {
    await gateway?.close();
  } finally {
    await node.close();
  }
}

/** Waits for the exchange as long as it takes, and for its log to have been executed here too. */
export async function startGatewayProcess(options: GatewayProcessOptions): Promise<RunningGateway> {
  const { dataDirectory, host = DEFAULT_HOST, log = silentLog, onStopped = () => {} } = options;
  const door = doorPath(dataDirectory);
  if (door === undefined) throw new Error(`the path of ${dataDirectory} is too long for a socket in it`);
  const node = await FollowingNode.start({ dataDirectory, door, onStopped });
  let gateway: Gateway | undefined;
  try {
    const signers = venueSigners(dataDirectory, node.view, log);
    const { history, logProof } = node;
    gateway = await createGateway({ port: node, history, signers, logProof, options: options.gateway ?? {} });
    const { address, family, port } = await gateway.listen({ host, port: options.port });
    const opened = gateway;
    return { url: urlOf(address, family, port), port, close: () => closeAll(opened, node) };
  } catch (error) {
    await closeAll(gateway, node);
    throw error;
  }
}
