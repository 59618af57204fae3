// Who comes along with an exchange, by what `start` was told.
import { join } from 'node:path';
import { priceFeedKeyFile } from '@glasshouse/exchange';
import type { StartArguments } from './arguments.js';
import { type Companion, startCompanion } from './companion.js';

type Say = (line: string) => void;

const TRADERS_KEYS = 'demo-traders.json';

function traders(url: string, data: string, say: Say): Companion {
  const entry = import.meta.resolve('@glasshouse/sim');
  return startCompanion({
    who: 'demo: the traders',
    entry,
    words: ['--url', url, '--keys', join(data, TRADERS_KEYS)],
    say,
  });
}

/** A venue with its own genesis keeps its feed's key elsewhere, and runs its feed elsewhere. */
function prices(url: string, { data, prices: which }: StartArguments, say: Say): Companion | undefined {
  const key = priceFeedKeyFile(data);
  if (key === undefined) {
    say(`prices: no price feed key in ${data}; run one with \`glasshouse prices --report-to ${url} --key FILE\``);
    return undefined;
  }
  const entry = import.meta.resolve('@glasshouse/price-feed');
  return startCompanion({
    who: 'prices: the outside prices',
    entry,
    words: ['--url', url, '--key', key, '--prices', which],
    say,
  });
}

export function startCompanions(url: string, given: StartArguments, say: Say): readonly Companion[] {
  const feed = given.prices === 'none' ? undefined : prices(url, given, say);
  const demo = given.demo ? [traders(url, given.data, say)] : [];
  return feed === undefined ? demo : [feed, ...demo];
}
