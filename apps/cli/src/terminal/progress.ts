// Progress for people: on stderr, and only when a terminal is there to show it.
import { Presets, SingleBar } from 'cli-progress';

export type Progress = {
  /** Without a total only the count is shown. */
  start(label: string, total?: number): void;
  at(value: number): void;
  stop(): void;
};

export const noProgress: Progress = { start: () => {}, at: () => {}, stop: () => {} };

const BAR = '{label} {bar} {percentage} % | {value}/{total} | {eta} s';
const COUNT_ONLY = '{label} {value} | {duration_formatted}';

export function terminalProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  if (!stream.isTTY) return noProgress;
  let bar: SingleBar | undefined;
  return {
    start: (label, total) => {
      const format = total === undefined ? COUNT_ONLY : BAR;
      bar = new SingleBar({ stream, hideCursor: true, clearOnComplete: true, format }, Presets.shades_classic);
      bar.start(total ?? Number.MAX_SAFE_INTEGER, 0, { label });
    },
    at: (value) => bar?.update(value),
    stop: () => bar?.stop(),
  };
}

/** Shows how far `work` has come. */
export async function withProgress<Result>(
  label: string,
  work: (at: (commands: number) => void) => Promise<Result>,
): Promise<Result> {
  const progress = terminalProgress();
  progress.start(label);
  try {
    return await work((commands) => progress.at(commands));
  } finally {
    progress.stop();
  }
}
