// Orders of every kind, good and bad, around a market's middle price.
import type { Random } from '../random.js';
import type { Parameters } from '../requests.js';
import { HISTORY_MARKETS, type HistoryMarket } from './genesis.js';

export function decimalOf(units: number, scale: number): string {
  const text = String(units).padStart(scale + 1, '0');
  return scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`;
}

const PREVENTIONS = ['RejectTaker', 'RejectMaker', 'RejectBoth'] as const;

type SideName = 'Bid' | 'Ask';

/** Bids a little below the middle, asks a little above, so that most rest and many still meet. */
function priceOf({ middleTicks, spreadTicks, tickScale }: HistoryMarket, side: SideName, random: Random): string {
  const reach = random.chance(90) ? spreadTicks : Math.floor(middleTicks / random.between(2, 30));
  const away = Math.floor(reach / 2);
  const around = middleTicks + (side === 'Bid' ? -away : away);
  return decimalOf(around + random.between(-reach, reach), tickScale);
}

function sizeOf({ mostLots, stepScale }: HistoryMarket, random: Random): string {
  return decimalOf(random.between(1, random.chance(90) ? mostLots : mostLots * 20), stepScale);
}

/** Client ids from a small set, so that some are still in use and many can be cancelled by. */
function clientIdOf(random: Random): Parameters {
  return random.chance(50) ? { clientId: random.below(60) } : {};
}

export function limitOrder(random: Random): Parameters {
  const market = random.pick(HISTORY_MARKETS);
  const side = random.pick(['Bid', 'Ask'] as const);
  return {
    symbol: market.symbol,
    side,
    orderType: 'Limit',
    price: priceOf(market, side, random),
    quantity: sizeOf(market, random),
    ...clientIdOf(random),
    ...(random.chance(10) ? { postOnly: random.chance(80) } : {}),
    ...(random.chance(20) ? { timeInForce: random.pick(['GTC', 'IOC', 'FOK']) } : {}),
    ...(random.chance(30) ? { selfTradePrevention: random.pick(PREVENTIONS) } : {}),
  };
}

export function marketOrder(random: Random): Parameters {
  const market = random.pick(HISTORY_MARKETS);
  const much = random.chance(50)
    ? { quantity: sizeOf(market, random) }
    : { quoteQuantity: decimalOf(random.between(1, random.chance(20) ? 60 : 2_000_000), 2) };
  return {
    symbol: market.symbol,
    side: random.pick(['Bid', 'Ask']),
    orderType: 'Market',
    ...much,
    ...clientIdOf(random),
    ...(random.chance(20) ? { timeInForce: random.pick(['IOC', 'FOK']) } : {}),
    ...(random.chance(50) ? { selfTradePrevention: random.pick(PREVENTIONS) } : {}),
  };
}

export function wrongOrder(random: Random): Parameters {
  const good = limitOrder(random);
  const { price: _price, ...withoutPrice } = good;
  return random.pick<Parameters>([
    { ...good, symbol: 'GOLD_USDC' },
    { ...good, price: '1.00000001' },
    { ...good, price: '0' },
    { ...good, price: '2000000' },
    { ...good, price: '900000' },
    { ...good, quantity: '0.0000001' },
    { ...good, quantity: '0' },
    { ...good, quantity: '900000000' },
    { ...good, orderType: 'Market' },
    { ...good, quoteQuantity: '1' },
    { ...good, triggerPrice: '1' },
    { ...good, reduceOnly: true },
    { ...good, side: 'Left' },
    withoutPrice,
  ]);
}

export function anyOrder(random: Random): Parameters {
  const kind = random.below(100);
  if (kind < 80) return limitOrder(random);
  return kind < 95 ? marketOrder(random) : wrongOrder(random);
}
