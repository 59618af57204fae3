// The sources that a person named.
import {
  isLiveVenue,
  type Log,
  liveSource,
  type Replay,
  readRecordings,
  replay,
  type Source,
  syntheticSources,
} from '@glasshouse/price-feed';

export type Choice = {
  readonly source: readonly string[];
  readonly assets?: readonly string[];
  readonly file: readonly string[];
  readonly speed: number;
  readonly as?: ReadonlyMap<string, string>;
  readonly seed: number;
};

export type Chosen = { readonly sources: readonly Source[]; readonly recording: Replay | undefined };

function recordingOf({ file, speed, as: names, assets }: Choice, log: Log): Replay | undefined {
  if (file.length === 0) return undefined;
  const recording = replay({ recording: readRecordings(file), speed, names, assets });
  for (const { name, venue } of recording.sources) log(`RECORDED prices, not today's: ${name} plays ${venue}`);
  return recording;
}

function synthetic({ source, seed, assets }: Choice, log: Log): readonly Source[] {
  if (!source.includes('synthetic')) return [];
  log("SYNTHETIC prices: made up, no market's");
  return syntheticSources({ seed, assets });
}

export function chosenSources(choice: Choice, log: Log): Chosen {
  const recording = recordingOf(choice, log);
  const live = choice.source.filter(isLiveVenue).map((venue) => liveSource(venue, log, choice.assets));
  return { sources: [...live, ...synthetic(choice, log), ...(recording?.sources ?? [])], recording };
}
