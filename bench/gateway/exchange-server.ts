// The real exchange, with its limits on how often one may ask switched off; `guarded` leaves all but those of accounts as they are
// for everyone. `node exchange-server.ts DIR [GENESIS | guarded]`.
import { inlineMore, startExchange } from '@glasshouse/exchange';
import { answerBench } from './server-process.js';

const [dataDirectory, second] = process.argv.slice(2);
if (dataDirectory === undefined) throw new Error('give a data folder');

const ANY = Number.POSITIVE_INFINITY;
const noLimits = {
  standardPerMinute: ANY,
  historicalPerMinute: ANY,
  failedSignaturesPerMinute: ANY,
  sandboxPerMinute: ANY,
};
const streams = { maxConnectionsPerAddress: ANY, maxConnections: ANY };
const http = { maxConnectionsPerAddress: ANY };
inlineMore();
const isGuarded = second === 'guarded';
const genesisFile = isGuarded ? undefined : second;
const guarded = { rates: { standardPerMinute: ANY, sandboxPerMinute: ANY } };
const gateway = isGuarded ? guarded : { rates: noLimits, streams, http };
const exchange = await startExchange({ dataDirectory, port: 0, genesisFile, gateway });
answerBench(exchange.url, () => exchange.close());
