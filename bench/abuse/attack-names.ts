export const ATTACKS = [
  'nothing',
  'slow readers',
  'bad signatures',
  'idle connections',
  'header bombs',
  'stream floods',
] as const;
export type Attack = (typeof ATTACKS)[number];
export type AttackSizes = { readonly slow: number; readonly idle: number; readonly floods: number };
