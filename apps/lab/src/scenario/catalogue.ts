// The scenarios that ship, and those in files of one's own.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Scenario } from './scenario.js';

const FOLDER = fileURLToPath(new URL('../../scenarios/', import.meta.url));
const ENDING = '.json';

const PARTS = [
  'name',
  'title',
  'about',
  'from',
  'to',
  'stepMs',
  'seed',
  'sources',
  'markets',
  'population',
  'makers',
  'backstop',
  'designs',
] as const;
/** One keeps the books from emptying, the others quote. */
const LEAST_MAKERS = 2;

export function scenarioNames(): readonly string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(ENDING))
    .map((file) => basename(file, ENDING))
    .sort();
}

/** `name` is that of a shipped scenario, or the path of a file. */
export function readScenario(name: string): Scenario {
  const shipped = `${FOLDER}${name}${ENDING}`;
  const file = name.endsWith(ENDING) ? name : shipped;
  if (!existsSync(file)) throw new Error(`there is no scenario '${name}'; there are ${scenarioNames().join(', ')}`);
  const scenario = JSON.parse(readFileSync(file, 'utf8')) as Scenario;
  const missing = PARTS.find((part) => scenario[part] === undefined);
  if (missing !== undefined) throw new Error(`${file}: '${missing}' is missing`);
  const span = Date.parse(scenario.to) - Date.parse(scenario.from);
  if (!(span > 0)) throw new Error(`${file}: 'to' must come after 'from'`);
  if (!(scenario.makers.accounts >= LEAST_MAKERS))
    throw new Error(`${file}: 'makers' must be ${LEAST_MAKERS} accounts or more`);
  return scenario;
}
