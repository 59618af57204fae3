// Plots as SVG text: lines and stacked bars over time. They carry classes, no colours: the page says what colours are in light and dark.
// Written here because a plot library would bring a page of its own making, or a browser, for what is forty numbers and two axes.
import { decimal } from '../text/numbers.js';
import { roundScale, type Scale, timeScale } from './scale.js';

export type Series = { readonly name: string; readonly values: readonly number[] };

export type Plot = {
  readonly title: string;
  readonly unit: string;
  readonly kind: 'lines' | 'stacked';
  readonly timesMs: readonly number[];
  readonly series: readonly Series[];
  /** Largest value that the axis reaches, so that plots beside each other can be compared. */
  readonly most?: number;
  readonly leastIsZero?: boolean;
};

const WIDTH = 560;
const HEIGHT = 240;
const LEFT = 58;
const RIGHT = 24;
const TOP = 14;
const BOTTOM = 30;

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const at = (value: number): string => value.toFixed(1);

/** 1,500,000 → 1.5 M. */
function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e9) return `${decimal(value / 1e9, size % 1e9 === 0 ? 0 : 1)} bn`;
  if (size >= 1e6) return `${decimal(value / 1e6, size % 1e6 === 0 ? 0 : 1)} M`;
  if (size >= 1e4) return `${decimal(value / 1e3, size % 1e3 === 0 ? 0 : 1)} k`;
  const places = size >= 100 || Number.isInteger(value) ? 0 : size >= 1 ? 2 : 4;
  return decimal(value, places);
}

function timeText(timeMs: number, withDay: boolean): string {
  const text = new Date(timeMs).toISOString();
  return withDay ? `${text.slice(8, 10)}. ${text.slice(11, 16)}` : text.slice(11, 16);
}

function axes(x: Scale, y: Scale, spanMs: number): string {
  const across = y.ticks.map((tick) => {
    const place = at(y.at(tick));
    const label = `<text class="label" x="${LEFT - 6}" y="${place}" dy="0.32em" text-anchor="end">${shortNumber(tick)}</text>`;
    return `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${place}" y2="${place}"/>${label}`;
  });
  const along = x.ticks.map((tick) => {
    const text = timeText(tick, spanMs > 86_400_000);
    return `<text class="label" x="${at(x.at(tick))}" y="${HEIGHT - 8}" text-anchor="middle">${text}</text>`;
  });
  return [...across, ...along].join('');
}

function line({ series, timesMs }: Plot, place: number, x: Scale, y: Scale): string {
  const values = series[place]?.values ?? [];
  const points = values.map((value, index) => `${at(x.at(timesMs[index] ?? 0))},${at(y.at(value))}`);
  return `<polyline class="line s${place}" points="${points.join(' ')}"/>`;
}

function stacks({ series, timesMs }: Plot, x: Scale, y: Scale): string {
  const width = Math.max(1, ((WIDTH - LEFT - RIGHT) / Math.max(1, timesMs.length)) * 0.9);
  return timesMs
    .map((timeMs, index) => {
      let below = 0;
      return series
        .map(({ values }, place) => {
          const value = values[index] ?? 0;
          if (value <= 0) return '';
          const top = y.at(below + value);
          const height = y.at(below) - top;
          below += value;
          return `<rect class="bar s${place}" x="${at(x.at(timeMs))}" y="${at(top)}" width="${at(width)}" height="${at(height)}"/>`;
        })
        .join('');
    })
    .join('');
}

function highest({ kind, series, timesMs }: Plot): number {
  if (kind === 'lines') return Math.max(...series.flatMap(({ values }) => values));
  return Math.max(0, ...timesMs.map((_, index) => series.reduce((sum, { values }) => sum + (values[index] ?? 0), 0)));
}

export function plotSvg(plot: Plot): string {
  const { kind, series, timesMs, title, unit } = plot;
  const values = series.flatMap((each) => each.values);
  const least = kind === 'stacked' || plot.leastIsZero === true ? 0 : Math.min(...values);
  const begin = timesMs[0] ?? 0;
  const end = timesMs.at(-1) ?? 0;
  const x = timeScale(begin, end, LEFT, WIDTH - RIGHT);
  const y = roundScale(least, plot.most ?? highest(plot), HEIGHT - BOTTOM, TOP);
  const drawn = kind === 'lines' ? series.map((_, place) => line(plot, place, x, y)).join('') : stacks(plot, x, y);
  const legend = series.map(({ name }, place) => `<span class="key s${place}">${escaped(name)}</span>`).join('');
  const picture = `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(title)}">${axes(x, y, end - begin)}${drawn}</svg>`;
  return `<figure><figcaption>${escaped(title)} <small>${escaped(unit)}</small></figcaption>${picture}<div class="legend">${legend}</div></figure>`;
}
