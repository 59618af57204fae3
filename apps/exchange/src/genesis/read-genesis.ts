// From a genesis file to the first request of a log. What a valid genesis is, only the core knows: it is asked by a dry run.
import { readFileSync } from 'node:fs';
import { apply, ConfigurationProblem, createState, riskView } from '@glasshouse/core';
import { genesisRequest } from '@glasshouse/protocol';
import type { Seq, TimeUs } from '@glasshouse/units';

/** The operator's file is no genesis; the message says where and why. */
export class GenesisInvalid extends Error {
  override readonly name = 'GenesisInvalid';

  constructor(source: string, problem: string) {
    super(`${source} is no valid genesis: ${problem}`);
  }
}

export type GenesisObject = { readonly [key: string]: unknown };

function parsed(source: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (problem) {
    throw new GenesisInvalid(source, problem instanceof Error ? problem.message : String(problem));
  }
}

function isObject(value: unknown): value is GenesisObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const ONLY_TO_COMPARE = 'risk.liquidation.gradual: only the laboratory closes positions whole and at any price';

const NOT_ASCII = /[^\x20-\x7e]/g;

/** The bytes that go into the log: JSON in ASCII, everything else escaped. */
export function genesisBytes(genesis: GenesisObject): Uint8Array {
  const text = JSON.stringify(genesis).replace(
    NOT_ASCII,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return new TextEncoder().encode(text);
}

/** Throws GenesisInvalid unless a venue can open with it. */
export function checkGenesis(source: string, genesis: GenesisObject): void {
  const request = genesisRequest(genesisBytes({ ...genesis, keys: genesis['keys'] ?? [] }));
  const state = createState();
  try {
    apply(state, { seq: 0 as Seq, timeUs: 0 as TimeUs, request }, undefined);
  } catch (problem) {
    if (problem instanceof ConfigurationProblem) throw new GenesisInvalid(source, problem.message);
    throw problem;
  }
  if (!riskView(state).liquidation.gradual) throw new GenesisInvalid(source, ONLY_TO_COMPARE);
}

export function genesisOf(source: string, text: string): GenesisObject {
  const value = parsed(source, text);
  if (!isObject(value)) throw new GenesisInvalid(source, 'not a JSON object');
  checkGenesis(source, value);
  return value;
}

export function readGenesis(file: string): GenesisObject {
  return genesisOf(file, readFileSync(file, 'utf8'));
}
