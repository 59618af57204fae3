// Who asks for quotes, who quotes, who takes them, and who has too little of something for an order.
import type { Parameters } from '../../requests.js';
import { RFQ_MARKET } from '../../rfq-genesis.js';
import { credit } from '../people.js';
import { margined } from './orders.js';
import type { RiskScene } from './risk-scene.js';

const MARKET = { symbol: RFQ_MARKET.symbol, base: RFQ_MARKET.base, tickScale: 4, stepScale: 2 };

const someKey = ({ cast, random }: RiskScene): number => cast.signer(random.pick(cast.accounts), random);

/** A key of the account, now and then of another. */
function keyOf(scene: RiskScene, accountId: number | undefined): number {
  const { cast, random } = scene;
  const account = cast.accounts.find((candidate) => candidate.accountId === accountId);
  return account === undefined || random.chance(4) ? someKey(scene) : cast.signer(account, random);
}

function size(scene: RiskScene): Parameters {
  const { random } = scene;
  const usd = random.chance(85) ? random.between(5, 6000) : random.between(5000, 900_000);
  if (random.chance(60)) return { quantity: scene.worth(MARKET.base, usd, MARKET.stepScale) };
  return { quoteQuantity: scene.worth('USDC', usd, 4) };
}

export function askForQuotes(scene: RiskScene): void {
  const { random } = scene;
  scene.lastOrderId += 1;
  scene.ask(someKey(scene), 'submitRfq', {
    symbol: random.chance(97) ? MARKET.symbol : 'SOL_USDC',
    side: random.pick(['Bid', 'Ask']),
    executionMode: random.pick(['AwaitAccept', 'Immediate']),
    ...size(scene),
    ...(random.chance(30) ? { price: scene.priceNear(MARKET, random.between(-60, 60)) } : {}),
    ...(random.chance(40) ? { clientId: random.below(8) } : {}),
    ...(random.chance(40) ? margined(scene) : {}),
  });
}

/** A request that is open if any is known, else a guess. */
function someRfq(scene: RiskScene): { rfqId: number; accountId: number | undefined } {
  const { random, asked } = scene;
  const open = asked.rfqs;
  if (open.length > 0 && random.chance(95)) return random.pick(open);
  return { rfqId: Math.max(1, scene.lastOrderId - random.below(20)), accountId: undefined };
}

export function quote(scene: RiskScene): void {
  const { random } = scene;
  const { rfqId } = someRfq(scene);
  const half = random.chance(92) ? random.between(0, 90) : -random.between(1, 20);
  scene.lastOrderId += 1;
  scene.ask(someKey(scene), 'submitQuote', {
    rfqId,
    bidPrice: scene.priceNear(MARKET, -half),
    askPrice: scene.priceNear(MARKET, half),
    ...(random.chance(40) ? { clientId: random.below(8) } : {}),
    ...(random.chance(50) ? margined(scene) : {}),
  });
}

export function accept(scene: RiskScene): void {
  const { random, asked } = scene;
  const known = asked.quotes;
  const guess = someRfq(scene).rfqId;
  const { quoteId, rfqId } = known.length === 0 ? { quoteId: guess + 1, rfqId: guess } : random.pick(known);
  const rfq = asked.get(rfqId);
  const byClientId = rfq !== undefined && rfq.clientId >= 0 && random.chance(50);
  const named = byClientId ? { clientId: rfq.clientId } : { rfqId };
  scene.ask(keyOf(scene, rfq?.accountId), 'acceptQuote', {
    ...named,
    quoteId: random.chance(97) ? quoteId : quoteId + 1,
  });
}

/** A quoter takes its money away, half as much each time, before it is taken at its word. */
export function acceptTooLate(scene: RiskScene): void {
  const { random, asked } = scene;
  const known = asked.quotes;
  if (known.length === 0) return;
  const { quoteId, rfqId, accountId } = random.pick(known);
  const quoter = keyOf(scene, accountId);
  for (const symbol of ['USDC', 'SOL']) {
    for (let usd = 160_000; usd >= 20; usd /= 2) {
      scene.ask(quoter, 'requestWithdrawal', {
        symbol,
        quantity: scene.worth(symbol, usd),
        blockchain: 'Sandbox',
        address: 'elsewhere',
      });
    }
  }
  scene.ask(keyOf(scene, asked.get(rfqId)?.accountId), 'acceptQuote', { rfqId, quoteId });
  credit(scene, accountId, 'USDC', '20000');
  credit(scene, accountId, 'SOL', '100');
}

export function cancelOrRefresh(scene: RiskScene): void {
  const { rfqId, accountId } = someRfq(scene);
  scene.ask(keyOf(scene, accountId), scene.random.pick(['cancelRfq', 'refreshRfq', 'refreshRfq']), { rfqId });
}

/** So little is left of something that no order could sell it, as after the fees of a transfer. */
export function convertDust(scene: RiskScene): void {
  const { random, cast } = scene;
  const account = random.pick(cast.accounts);
  const symbol = random.pick(['SOL', 'BTC', 'ETH', 'USDT', 'USDC', 'kBONK', 'GOLD']);
  scene.ask(cast.signer(account, random), 'convertDust', random.chance(70) ? { symbol } : {});
}
