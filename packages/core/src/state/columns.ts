export type Column = Float64Array | Int32Array | Uint8Array;

/** The column with room for index `last`, doubled as often as needed; the same one when there is room already. */
export function withRoom<C extends Column>(column: C, last: number): C {
  if (last < column.length) return column;
  let capacity = Math.max(16, column.length * 2);
  while (capacity <= last) capacity *= 2;
  const wider = new (column.constructor as new (length: number) => C)(capacity);
  wider.set(column);
  return wider;
}
