// What vaults were worth, hour by hour.
import type { VaultNavSampled } from '@glasshouse/protocol';
import type { Atoms, TimeUs } from '@glasshouse/units';
import type { ByteReader, ByteWriter } from './encoding.js';
import { HourlyPoints, type ReadPoint } from './hourly-points.js';
import type { VaultQuery, VaultRow } from './queries.js';

const WIDTH = 4;
const FIRST_REAL = 2;

function rowOf(value: ReadPoint): VaultRow {
  return { timeUs: value(0) as TimeUs, supplyAtoms: value(1) as Atoms, nav: value(2), vaultEquity: value(3) };
}

export class VaultHistory {
  private readonly hours: HourlyPoints;

  constructor(hoursPerVault: number) {
    this.hours = new HourlyPoints(WIDTH, hoursPerVault, FIRST_REAL);
  }

  record({ vaultId, timeUs, supplyAtoms, nav, vaultEquity }: VaultNavSampled): void {
    this.hours.record(vaultId, [timeUs, supplyAtoms, nav, vaultEquity]);
  }

  points(query: VaultQuery): VaultRow[] {
    return this.hours.points(query.vaultId, query, rowOf);
  }

  write(writer: ByteWriter): void {
    this.hours.write(writer);
  }

  read(reader: ByteReader): void {
    this.hours.read(reader);
  }
}
