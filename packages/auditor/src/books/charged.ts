const MILLION = 1_000_000n;

/** A fee on its own: the rate times what was paid, up to a whole atom. */
export const chargedAtoms = (quoteAtoms: number, ppm: number): bigint =>
  (BigInt(quoteAtoms) * BigInt(ppm) + MILLION - 1n) / MILLION;
