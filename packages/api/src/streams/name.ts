// Names of streams: what a client subscribes to and what every frame carries back.
import { KLINE_INTERVALS, type KlineInterval } from '../schemas/index.js';

/** `realtime` is every change; the others merge the changes of so long. */
export const DEPTH_SPEEDS = ['realtime', '200ms', '600ms', '1000ms'] as const;
export type DepthSpeed = (typeof DEPTH_SPEEDS)[number];

export type Stream =
  | { readonly kind: 'depth'; readonly symbol: string; readonly speed: DepthSpeed }
  | { readonly kind: 'bookTicker'; readonly symbol: string }
  | { readonly kind: 'trade'; readonly symbol: string }
  | { readonly kind: 'ticker'; readonly symbol: string }
  | { readonly kind: 'kline'; readonly symbol: string; readonly interval: KlineInterval }
  | { readonly kind: 'markPrice'; readonly symbol: string }
  | { readonly kind: 'openInterest'; readonly symbol: string }
  /** Without a symbol: of all markets, which is a stream of its own. */
  | { readonly kind: 'orderUpdate'; readonly symbol: string | null }
  | { readonly kind: 'positionUpdate'; readonly symbol: string | null }
  | { readonly kind: 'rfqUpdate'; readonly symbol: string | null }
  | { readonly kind: 'balanceUpdate' }
  | { readonly kind: 'liquidation'; readonly symbol: string | null }
  | { readonly kind: 'glassLiquidations' }
  | { readonly kind: 'glassLiquidationStatistics' }
  | { readonly kind: 'accountLiquidation' }
  | { readonly kind: 'bookChecksum'; readonly symbol: string };

/** Streams of one name. Those that the reference lacks begin with `glass.`, or with `account.` when they are private. */
const NAME_OF = {
  balanceUpdate: 'account.balanceUpdate',
  accountLiquidation: 'account.liquidation',
  glassLiquidations: 'glass.liquidations',
  glassLiquidationStatistics: 'glass.liquidationStatistics',
} as const;

type NamedKind = keyof typeof NAME_OF;
const NAMED_KINDS = Object.keys(NAME_OF) as readonly NamedKind[];

function isNamed(stream: Stream): stream is Extract<Stream, { readonly kind: NamedKind }> {
  return stream.kind in NAME_OF;
}

const CHECKSUM_PREFIX = 'glass.bookChecksum.';
const PRIVATE_PREFIX = 'account.';

/** True for every name that needs a signature, known or not. */
export function isPrivateStream(name: string): boolean {
  return name.startsWith(PRIVATE_PREFIX);
}

/** `head.tail` in two; undefined without both. */
function split(text: string): readonly [head: string, tail: string] | undefined {
  const dot = text.indexOf('.');
  return dot <= 0 || dot === text.length - 1 ? undefined : [text.slice(0, dot), text.slice(dot + 1)];
}

function isDepthSpeed(text: string): text is DepthSpeed {
  return text !== 'realtime' && (DEPTH_SPEEDS as readonly string[]).includes(text);
}

function isKlineInterval(text: string): text is KlineInterval {
  return (KLINE_INTERVALS as readonly string[]).includes(text);
}

function parseDepth(rest: string): Stream {
  const [speed, symbol] = split(rest) ?? ['', ''];
  return isDepthSpeed(speed) ? { kind: 'depth', symbol, speed } : { kind: 'depth', symbol: rest, speed: 'realtime' };
}

function parseKline(rest: string): Stream | undefined {
  const [interval, symbol] = split(rest) ?? ['', ''];
  return isKlineInterval(interval) ? { kind: 'kline', symbol, interval } : undefined;
}

function parseChecksum(symbol: string): Stream | undefined {
  return symbol === '' ? undefined : { kind: 'bookChecksum', symbol };
}

/** Private kinds that are of one market or of all. */
const ACCOUNT_KINDS = ['orderUpdate', 'positionUpdate', 'rfqUpdate'] as const;
type AccountKind = (typeof ACCOUNT_KINDS)[number];

function isAccountKind(kind: string): kind is AccountKind {
  return (ACCOUNT_KINDS as readonly string[]).includes(kind);
}

function parsePrivate(rest: string): Stream | undefined {
  const [kind, symbol] = split(rest) ?? [rest, null];
  return isAccountKind(kind) ? { kind, symbol } : undefined;
}

const BARE_KINDS = ['bookTicker', 'trade', 'ticker', 'markPrice', 'openInterest', 'liquidation'] as const;
type BareKind = (typeof BARE_KINDS)[number];

/** Kinds whose name is followed by the market and nothing else. */
function isBareKind(kind: string): kind is BareKind {
  return (BARE_KINDS as readonly string[]).includes(kind);
}

/** The stream of that name, or undefined. Whether its market exists is for the caller to check. */
export function parseStream(name: string): Stream | undefined {
  const named = NAMED_KINDS.find((kind) => NAME_OF[kind] === name);
  if (named !== undefined) return { kind: named };
  if (name.startsWith(CHECKSUM_PREFIX)) return parseChecksum(name.slice(CHECKSUM_PREFIX.length));
  if (name === 'liquidation') return { kind: 'liquidation', symbol: null };
  const parts = split(name);
  if (parts === undefined) return undefined;
  const [kind, rest] = parts;
  if (kind === 'depth') return parseDepth(rest);
  if (kind === 'kline') return parseKline(rest);
  if (kind === 'account') return parsePrivate(rest);
  return isBareKind(kind) ? { kind, symbol: rest } : undefined;
}

export function formatStream(stream: Stream): string {
  if (isNamed(stream)) return NAME_OF[stream.kind];
  switch (stream.kind) {
    case 'depth':
      return stream.speed === 'realtime' ? `depth.${stream.symbol}` : `depth.${stream.speed}.${stream.symbol}`;
    case 'kline':
      return `kline.${stream.interval}.${stream.symbol}`;
    case 'orderUpdate':
    case 'positionUpdate':
    case 'rfqUpdate':
      return stream.symbol === null ? `account.${stream.kind}` : `account.${stream.kind}.${stream.symbol}`;
    case 'bookChecksum':
      return `${CHECKSUM_PREFIX}${stream.symbol}`;
    case 'liquidation':
      return stream.symbol === null ? 'liquidation' : `liquidation.${stream.symbol}`;
    default:
      return `${stream.kind}.${stream.symbol}`;
  }
}
