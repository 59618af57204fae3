/** Exit codes of every command. */
export const EXIT = {
  done: 0,
  /** A comparison found a difference, data is damaged, or the command could not do its work. */
  failed: 1,
  /** The command line makes no sense. */
  usage: 2,
} as const;
