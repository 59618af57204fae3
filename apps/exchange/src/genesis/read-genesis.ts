// Reads a genesis file; every problem is named by its place in the file.
import { readFileSync } from 'node:fs';
import { Value } from 'typebox/value';
import { GenesisFile } from './genesis-schema.js';

const MAX_PROBLEMS = 10;

/** The operator's file is not a genesis; the message says where and why. */
export class GenesisInvalid extends Error {
  override readonly name = 'GenesisInvalid';

  constructor(
    readonly file: string,
    readonly problems: readonly string[],
  ) {
    super(`${file} is no valid genesis:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}

type Finding = ReturnType<typeof Value.Errors>[number];

function problemOf(finding: Finding): string {
  const place = finding.instancePath === '' ? 'the file' : finding.instancePath.slice(1).replaceAll('/', '.');
  const params: Readonly<Record<string, unknown>> = finding.params;
  const names = params['requiredProperties'] ?? params['additionalProperties'] ?? params['allowedValues'];
  const details = Array.isArray(names) ? `: ${names.join(', ')}` : '';
  return `${place}: ${finding.message}${details}`;
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (problem) {
    throw new GenesisInvalid(file, [problem instanceof Error ? problem.message : String(problem)]);
  }
}

export function genesisOf(file: string, text: string): GenesisFile {
  const value = parsed(file, text);
  if (Value.Check(GenesisFile, value)) return value;
  const problems = Value.Errors(GenesisFile, value).slice(0, MAX_PROBLEMS).map(problemOf);
  throw new GenesisInvalid(file, problems);
}

export function readGenesis(file: string): GenesisFile {
  return genesisOf(file, readFileSync(file, 'utf8'));
}
