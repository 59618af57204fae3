// A table as data: what text and HTML reports have in common.

export type Table = {
  readonly title: string;
  /** What the figures are, and where they come from. */
  readonly note?: string;
  readonly columns: readonly string[];
  /** The first cell of a row names it; the others are figures. */
  readonly rows: readonly (readonly string[])[];
};

/** For a terminal: the names to the left, the figures to the right. */
export function tableText({ title, note, columns, rows }: Table): string {
  const all = [columns, ...rows];
  const widths = columns.map((_, place) => Math.max(...all.map((row) => row[place]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, place) => (place === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[place] ?? 0)))
      .join('  ');
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [title, ...(note === undefined ? [] : [note]), '', line(columns), rule, ...rows.map(line)].join('\n');
}
