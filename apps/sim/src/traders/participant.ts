// What the demonstration asks of whoever takes part in it.
export type Participant = {
  readonly name: string;
  /** Opens the account, unless it is open, and stocks it. */
  readonly register: () => Promise<void>;
  /** Fills up what has run low; says what was asked for. */
  readonly topUp: () => Promise<readonly string[]>;
  /** One turn of business. */
  readonly step: () => Promise<void>;
  /** Pause before the next turn. */
  readonly pauseMs: () => number;
  /** Withdraws what would need looking after. */
  readonly leave: () => Promise<void>;
};
