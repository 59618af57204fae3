// Scenarios that a test has time for.
import { readScenario } from '../../src/scenario/catalogue.js';
import type { Scenario, SourcePlan } from '../../src/scenario/scenario.js';

const MINUTE_MS = 60_000;

/** The path as it is seen from a later beginning. */
function later(source: SourcePlan, seconds: number): SourcePlan {
  if (source.kind !== 'madeUp') return source;
  const paths = Object.entries(source.paths).map(
    ([asset, points]) => [asset, points.map(([at, price]) => [at - seconds, price] as const)] as const,
  );
  return { ...source, paths: Object.fromEntries(paths) };
}

/** The same scenario with fewer accounts of the same kind, for as many minutes from a time on. */
export function smaller(name: string, accounts: number, minutes: number, skipped = 0): Scenario {
  const scenario = readScenario(name);
  const factor = accounts / scenario.population.accounts;
  const begin = Date.parse(scenario.from) + skipped * MINUTE_MS;
  return {
    ...scenario,
    from: new Date(begin).toISOString(),
    to: new Date(begin + minutes * MINUTE_MS).toISOString(),
    sources: scenario.sources.map((source) => later(source, skipped * 60)),
    population: { ...scenario.population, accounts, openInterestUsd: scenario.population.openInterestUsd * factor },
    markets: scenario.markets.map((market) => ({ ...market, depthUsd: market.depthUsd * factor })),
  };
}
