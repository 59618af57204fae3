type Print = { readonly ticks: number; readonly lots: number };

const keyOf = ({ ticks, lots }: Print): string => `${ticks}:${lots}`;

/** How many prints, by price and size, both lists hold; order does not matter, each counts once. */
export function printsInCommon(ours: readonly Print[], recorded: readonly Print[]): number {
  const open = new Map<string, number>();
  for (const print of recorded) open.set(keyOf(print), (open.get(keyOf(print)) ?? 0) + 1);
  let common = 0;
  for (const print of ours) {
    const left = open.get(keyOf(print)) ?? 0;
    if (left === 0) continue;
    common += 1;
    open.set(keyOf(print), left - 1);
  }
  return common;
}
