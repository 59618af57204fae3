// The real exchange with its limits on how often one may ask switched off.
import { inlineMore, startExchange } from '@glasshouse/exchange';
import { answerBench } from './server-process.js';

const [dataDirectory] = process.argv.slice(2);
if (dataDirectory === undefined) throw new Error('give a data folder');

const noLimits = {
  standardPerMinute: Number.POSITIVE_INFINITY,
  historicalPerMinute: Number.POSITIVE_INFINITY,
  failedSignaturesPerMinute: Number.POSITIVE_INFINITY,
  sandboxPerMinute: Number.POSITIVE_INFINITY,
};
inlineMore();
const exchange = await startExchange({ dataDirectory, port: 0, gateway: { rates: noLimits } });
answerBench(exchange.url, () => exchange.close());
