// Lending pools hour by hour.
import type { PoolView } from '@glasshouse/protocol';
import type { Atoms, TimeUs } from '@glasshouse/units';
import type { ByteReader, ByteWriter } from './encoding.js';
import { HourlyPoints, type ReadPoint } from './hourly-points.js';
import type { PoolQuery, PoolRow } from './queries.js';

const WIDTH = 6;
const FIRST_REAL = 3;

function rowOf(value: ReadPoint): PoolRow {
  return {
    timeUs: value(0) as TimeUs,
    lentAtoms: value(1) as Atoms,
    borrowedAtoms: value(2) as Atoms,
    utilization: value(3),
    borrowRate: value(4),
    lendRate: value(5),
  };
}

export class PoolHistory {
  private readonly hours: HourlyPoints;

  constructor(hoursPerAsset: number) {
    this.hours = new HourlyPoints(WIDTH, hoursPerAsset, FIRST_REAL);
  }

  record(pool: PoolView, timeUs: TimeUs): void {
    const { assetId, lentAtoms, borrowedAtoms, utilization, borrowRate, lendRate } = pool;
    this.hours.record(assetId, [timeUs, lentAtoms, borrowedAtoms, utilization, borrowRate, lendRate]);
  }

  points(query: PoolQuery): PoolRow[] {
    return this.hours.points(query.assetId, query, rowOf);
  }

  write(writer: ByteWriter): void {
    this.hours.write(writer);
  }

  read(reader: ByteReader): void {
    this.hours.read(reader);
  }
}
