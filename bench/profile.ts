// Where the time of one piece of work goes: V8's sampling profiler around it, self time by function.
import { Session } from 'node:inspector';

export type HotSpot = { readonly where: string; readonly share: number };

type CallFrame = { readonly functionName: string; readonly url: string; readonly lineNumber: number };
type Profile = {
  readonly nodes: readonly { readonly id: number; readonly callFrame: CallFrame }[];
  readonly samples?: readonly number[] | undefined;
  readonly timeDeltas?: readonly number[] | undefined;
};

const FOLDERS_SHOWN = 3;
const IDLE = ['(idle)', '(program)'];

function whereOf({ functionName, url, lineNumber }: CallFrame): string {
  const place = url === '' ? '' : ` ${url.split('/').slice(-FOLDERS_SHOWN).join('/')}:${lineNumber + 1}`;
  return `${functionName === '' ? '(anonymous)' : functionName}${place}`;
}

/** Functions by self time, as shares of the time that was not idle. */
export function hotSpotsOf({ nodes, samples = [], timeDeltas = [] }: Profile): HotSpot[] {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, whereOf(callFrame)]));
  const times = new Map<string, number>();
  let total = 0;
  for (const [place, id] of samples.entries()) {
    const where = names.get(id) ?? '';
    if (IDLE.includes(where)) continue;
    const time = timeDeltas[place] ?? 0;
    total += time;
    times.set(where, (times.get(where) ?? 0) + time);
  }
  return [...times].map(([where, time]) => ({ where, share: time / total })).sort((a, b) => b.share - a.share);
}

/** Runs `work`, which must not wait, under the profiler. */
export function profiled<Result>(work: () => Result): { readonly result: Result; readonly hotSpots: HotSpot[] } {
  const session = new Session();
  session.connect();
  // Within one process the inspector answers before `post` returns.
  session.post('Profiler.enable');
  session.post('Profiler.start');
  const result = work();
  let hotSpots: HotSpot[] = [];
  session.post('Profiler.stop', (error, stopped) => {
    if (error !== null) throw error;
    hotSpots = hotSpotsOf(stopped.profile);
  });
  session.disconnect();
  return { result, hotSpots };
}

export function hotSpotLines(hotSpots: readonly HotSpot[], count = 25): string {
  return hotSpots
    .slice(0, count)
    .map(({ where, share }) => `${(100 * share).toFixed(1).padStart(6)} %  ${where}`)
    .join('\n');
}
