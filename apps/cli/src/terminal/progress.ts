// Progress bars for people: on stderr, and only when a terminal is there to show them.
import { Presets, SingleBar } from 'cli-progress';

export type Progress = {
  start(label: string, total: number): void;
  at(value: number): void;
  stop(): void;
};

export const noProgress: Progress = { start: () => {}, at: () => {}, stop: () => {} };

export function terminalProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  if (!stream.isTTY) return noProgress;
  const bar = new SingleBar(
    {
      stream,
      hideCursor: true,
      clearOnComplete: true,
      format: '{label} {bar} {percentage} % | {value}/{total} | {eta} s',
    },
    Presets.shades_classic,
  );
  return {
    start: (label, total) => bar.start(total, 0, { label }),
    at: (value) => bar.update(value),
    stop: () => bar.stop(),
  };
}
