// What a run of recorded flow found: figures to read, checks that decide the exit code.
export type Check = { readonly name: string; readonly passed: boolean; readonly detail: string };

export type FlowReport = {
  readonly title: string;
  readonly figures: Readonly<Record<string, string | number>>;
  readonly checks: readonly Check[];
};

export const allPassed = ({ checks }: FlowReport): boolean => checks.every(({ passed }) => passed);

/** `part` of `whole` must be equal. */
export function equalCheck(name: string, part: number, whole: number, what: string): Check {
  return { name, passed: part === whole && whole > 0, detail: `${part}/${whole} ${what}` };
}

/** At least `leastShare` of `whole` must be equal. */
export function shareCheck(name: string, part: number, whole: number, leastShare: number, what: string): Check {
  const share = whole === 0 ? 0 : part / whole;
  return {
    name,
    passed: share >= leastShare,
    detail: `${part}/${whole} ${what} (${(100 * share).toFixed(2)} %, at least ${100 * leastShare} %)`,
  };
}

export function noneCheck(name: string, count: number, what: string): Check {
  return { name, passed: count === 0, detail: `${count} ${what}` };
}
