// Whose positions stood opposite in a wave was not recorded. So winners are drawn, with replacement, from those who were deleveraged in
// the whole event, until every market has twice the size it needs on the other side, and its part of the profit that all winners of the
// wave had together: a market that needed a tenth of the money has a tenth of the profit.
import type { DeleverageNeed, Winner } from '@glasshouse/core';
import { powerOfTen } from '@glasshouse/units';
import type { Random } from '../chance/random.js';
import type { MarketNeed, RecordedUser, Wave } from './recorded-event.js';

export type DrawnMarket = {
  readonly coin: string;
  readonly need: DeleverageNeed;
  readonly winners: readonly Winner[];
};

const ATOMS_PER_USD = 1_000_000;
/** Size on the other side by what is needed: closing all of it would be the end of the market. */
const OPPOSITE_SIZE = 2;

/** Decimals of the finest size step in use; recorded quantities are sums of doubles, with noise far behind it. */
const FINEST_SCALE = 6;

/** Decimals of a recorded quantity. */
function scaleOf(quantity: number): number {
  const [, fraction = ''] = quantity.toFixed(FINEST_SCALE).split('.');
  return fraction.replace(/0+$/, '').length;
}

/** The size step of each coin, as decimals: all its recorded quantities are multiples of it. */
export function stepScales(waves: readonly Wave[]): ReadonlyMap<string, number> {
  const scales = new Map<string, number>();
  for (const { coin, quantity } of waves.flatMap(({ markets }) => markets)) {
    scales.set(coin, Math.max(scales.get(coin) ?? 0, scaleOf(quantity)));
  }
  return scales;
}

function winnerOf(user: RecordedUser, accountId: number, lotUsd: number): Winner {
  return {
    accountId,
    sizeLots: Math.floor(user.notionalUsd / lotUsd),
    profitAtoms: Math.floor(user.profitUsd * ATOMS_PER_USD),
    equityUsd: user.equityUsd,
    // Those opposite were short, the price fell: they had entered that much higher.
    entryNotionalUsd: user.notionalUsd + user.profitUsd,
    leverage: user.leverage,
  };
}

/** One market's hand while cards are dealt. */
type Hand = {
  readonly market: MarketNeed;
  readonly lotUsd: number;
  readonly needLots: number;
  readonly needProfitUsd: number;
  readonly winners: Winner[];
  lots: number;
  profitUsd: number;
};

function emptyHand(market: MarketNeed, wave: Wave, scales: ReadonlyMap<string, number>): Hand {
  const lotsPerUnit = powerOfTen(scales.get(market.coin) ?? 0) ?? 1;
  return {
    market,
    lotUsd: market.price / lotsPerUnit,
    needLots: Math.round(market.quantity * lotsPerUnit),
    needProfitUsd: (wave.profitUsd * market.neededUsd) / wave.neededUsd,
    winners: [],
    lots: 0,
    profitUsd: 0,
  };
}

/** What a hand still lacks: of the profit, or of the size at its price, whichever is further off. */
function lackUsd({ lotUsd, needLots, needProfitUsd, lots, profitUsd }: Hand): number {
  return Math.max(needProfitUsd - profitUsd, (OPPOSITE_SIZE * needLots - lots) * lotUsd);
}

/** The first of those that lack most. */
function neediest(hands: readonly Hand[]): Hand | undefined {
  let found: Hand | undefined;
  let most = 0;
  for (const hand of hands) {
    const lack = lackUsd(hand);
    if (lack <= most) continue;
    most = lack;
    found = hand;
  }
  return found;
}

function deal(hand: Hand, user: RecordedUser, accountId: number): void {
  const winner = winnerOf(user, accountId, hand.lotUsd);
  if (winner.sizeLots === 0) return;
  hand.winners.push(winner);
  hand.lots += winner.sizeLots;
  hand.profitUsd += user.profitUsd;
}

/** Every market of the wave with its need and its winners. */
export function drawWave(
  wave: Wave,
  users: readonly RecordedUser[],
  scales: ReadonlyMap<string, number>,
  random: Random,
): DrawnMarket[] {
  const winners = users.filter(({ profitUsd, notionalUsd }) => profitUsd > 0 && notionalUsd > 0);
  const hands = wave.markets.map((market) => emptyHand(market, wave, scales));
  let accountId = 0;
  for (let hand = neediest(hands); hand !== undefined; hand = neediest(hands)) {
    accountId += 1;
    deal(hand, winners[random.below(winners.length)] as RecordedUser, accountId);
  }
  return hands.map((hand) => ({
    coin: hand.market.coin,
    need: { needLots: hand.needLots, needAtoms: Math.round(hand.market.neededUsd * ATOMS_PER_USD) },
    winners: hand.winners,
  }));
}
