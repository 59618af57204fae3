// What a scan has found.

/** Other warnings hold for the account than before. More of them: its owner is told, unless it is due. */
export type LevelChange = {
  readonly accountId: number;
  readonly before: number;
  readonly level: number;
};

/** Both by rising account id. */
export type Findings = {
  readonly due: readonly number[];
  readonly changes: readonly LevelChange[];
};
