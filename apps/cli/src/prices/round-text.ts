// One look at all sources in words: a table for a terminal, lines for a log, JSON for programs.
import { middleOf, type Round, type SourceQuote, type SourceRound } from '@glasshouse/price-feed';

const HEADER = ['source', 'kind', 'asset', 'bid', 'ask', 'last', 'in dollars', 'heard'];
const NUMERIC = [3, 4, 5, 6, 7];

/** Eight significant digits, in plain notation. */
function shown(price: number): string {
  const decimals = Math.min(Math.max(7 - Math.floor(Math.log10(price)), 0), 12);
  return price.toFixed(decimals);
}

function cells({ source }: SourceRound, { quoted, dollars }: SourceQuote, nowMs: number): string[] {
  const prices = [quoted.bid, quoted.ask, quoted.last].map((price) => `${shown(price)} ${quoted.money}`);
  const worth = dollars === undefined ? `no ${quoted.money} price` : shown(middleOf(dollars));
  const age = `${((nowMs - quoted.timeMs) / 1_000).toFixed(1)} s`;
  return [source.name, source.kind, quoted.asset, ...prices, worth, age];
}

function rows(round: Round): string[][] {
  return round.sources.flatMap((each) =>
    each.quotes.length === 0
      ? [[each.source.name, each.source.kind, 'no quotes', '', '', '', '', '']]
      : each.quotes.map((quote) => cells(each, quote, round.timeMs)),
  );
}

export function tableText(round: Round): string {
  const all = [HEADER, ...rows(round)];
  const widths = HEADER.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const cell = (text: string, column: number): string =>
    NUMERIC.includes(column) ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0);
  return all.map((row) => row.map(cell).join('  ').trimEnd()).join('\n');
}

export function logLines(round: Round): string[] {
  const time = new Date(round.timeMs).toISOString();
  return round.sources.map(({ source, quotes }) => {
    const prices = quotes.map(({ quoted, dollars }) => {
      const worth = dollars === undefined ? `?(${quoted.money})` : shown(middleOf(dollars));
      return `${quoted.asset}=${worth}`;
    });
    return [time, source.name, source.kind, ...(prices.length === 0 ? ['no quotes'] : prices)].join('  ');
  });
}

export function jsonLines(round: Round): string[] {
  return round.sources.map(({ source, quotes }) =>
    JSON.stringify({
      timeMs: round.timeMs,
      source: source.name,
      kind: source.kind,
      quotes: quotes.map(({ quoted, dollars }) => ({
        ...quoted,
        dollars: dollars === undefined ? null : middleOf(dollars),
      })),
    }),
  );
}
