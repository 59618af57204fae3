import type { State } from '../state/state.js';
import type { SnapshotReader } from './reader.js';
import type { SnapshotWriter } from './writer.js';

const PAST_DAYS = 29;

export function writeVolumes({ volumes }: State, writer: SnapshotWriter): void {
  const { traders } = volumes;
  writer.number(traders.size);
  for (let id = traders.firstFrom(1); id !== -1; id = traders.firstFrom(id + 1)) {
    writer.number(id);
    writer.number(volumes.day[id] as number);
    writer.number(volumes.today[id] as number);
    writer.column(volumes.past.get(id) ?? new Float64Array(PAST_DAYS), 0, PAST_DAYS - 1);
  }
}

export function restoreVolumes({ volumes }: State, reader: SnapshotReader): void {
  for (let count = reader.count(); count > 0; count -= 1) {
    const id = reader.number();
    const past = new Float64Array(PAST_DAYS);
    volumes.ensure(id);
    volumes.traders.add(id);
    volumes.day[id] = reader.number();
    volumes.today[id] = reader.number();
    reader.column(past, 0, PAST_DAYS - 1);
    if (past.some((volume) => volume !== 0)) volumes.past.set(id, past);
  }
}
