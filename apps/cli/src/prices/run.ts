// Shows outside prices until a signal, the end of a recording, or the time that was given; reports them on the way.
import { ExchangeClient } from '@glasshouse/client';
import { type Feed, type Replay, type Round, readKeyFile, startFeed } from '@glasshouse/price-feed';
import { jsonLines, logLines, tableText } from './round-text.js';
import { type Choice, chosenSources } from './sources.js';

export type PricesArguments = Choice & {
  readonly every: number;
  readonly seconds?: number;
  readonly reportTo?: string;
  readonly key?: string;
  readonly json?: true;
};

type Sink = NodeJS.WriteStream;

/** Back to where the last table began, and everything below it away. */
const rewind = (lines: number): string => (lines === 0 ? '' : `\u001b[${lines}A\u001b[J`);

/** Draws over the last table on a terminal; what the log says moves it down by beginning a new one. */
class Screen {
  private drawn = 0;

  constructor(
    private readonly sink: Sink,
    private readonly json: boolean,
  ) {}

  show(round: Round): void {
    if (this.json) this.sink.write(`${jsonLines(round).join('\n')}\n`);
    else if (this.sink.isTTY) this.draw(tableText(round));
    else this.sink.write(`${logLines(round).join('\n')}\n`);
  }

  say(line: string): void {
    process.stderr.write(`${line}\n`);
    this.drawn = 0;
  }

  private draw(table: string): void {
    this.sink.write(`${rewind(this.drawn)}${table}\n`);
    this.drawn = table.split('\n').length;
  }
}

/** Some recordings are as short as the first look. */
function endOf(
  given: PricesArguments,
  recording: Replay | undefined,
): { readonly reached: (nowMs: number) => boolean } {
  const beginMs = Date.now();
  const onlyRecorded = given.source.every((name) => name === 'file');
  return {
    reached: (nowMs) =>
      (given.seconds !== undefined && nowMs - beginMs >= given.seconds * 1_000) ||
      (onlyRecorded && recording?.isOver(nowMs) === true),
  };
}

function clientOf({ reportTo, key }: PricesArguments): ExchangeClient | undefined {
  if (reportTo === undefined || key === undefined) return undefined;
  return new ExchangeClient({ url: reportTo, ...readKeyFile(key), timeoutMs: 3_000, retries: 0 });
}

/** The first of: a signal, the end. */
class Ending {
  private end: () => void = () => {};
  readonly come = new Promise<void>((resolve) => {
    this.end = resolve;
  });

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => this.end());
  }

  readonly now = (): void => this.end();
}

export async function runPrices(given: PricesArguments): Promise<void> {
  const screen = new Screen(process.stdout, given.json === true);
  const log = (line: string): void => screen.say(line);
  const client = clientOf(given);
  const { sources, recording } = chosenSources(given, log);
  const ending = new Ending();
  const end = endOf(given, recording);
  const onRound = (round: Round): void => {
    screen.show(round);
    if (end.reached(round.timeMs)) ending.now();
  };
  const feed: Feed = startFeed({ sources, client, log, intervalMs: given.every, onRound });
  await ending.come;
  await feed.stop();
}
