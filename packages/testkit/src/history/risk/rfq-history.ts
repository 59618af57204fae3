// A history with margin in which much is traded by asking for quotes.
import { RFQ_MARKET } from '../../rfq-genesis.js';
import type { Stage } from '../genesis.js';
import { decimalOf } from '../orders.js';
import { credit } from '../people.js';
import { crash, duel } from './crash-history.js';
import * as feeds from './feeds.js';
import * as rfqs from './rfqs.js';
import { RiskHistory, type WeightedAction } from './risk-history.js';
import type { RiskScene } from './risk-scene.js';
import { RISK_STAGE } from './stage.js';

const RFQ_STAGE: Stage = {
  ...RISK_STAGE,
  genesis: { ...RISK_STAGE.genesis, markets: [...RISK_STAGE.genesis.markets, RFQ_MARKET] },
};

/** Who has nothing else of an asset gets less than an order's worth of it, and sells it. */
function dustComes(scene: RiskScene): void {
  const { random, cast } = scene;
  const account = random.pick(cast.accounts);
  const symbol = random.pick(['SOL', 'BTC', 'ETH']);
  const decimals = { SOL: 6, BTC: 8, ETH: 7 }[symbol] ?? 6;
  const most = { SOL: 9999, BTC: 999, ETH: 999 }[symbol] ?? 1;
  credit(scene, account.accountId, symbol, decimalOf(random.between(1, most), decimals));
  scene.ask(cast.signer(account, random), 'convertDust', random.chance(70) ? { symbol } : {});
}

/** Longer than a request stands, now and then. */
function wait(scene: RiskScene): void {
  scene.pass(scene.random.pick([15_000, 61_000, 121_000]));
  feeds.second(scene);
}

const ASKING: readonly WeightedAction[] = [
  [300, rfqs.askForQuotes],
  [420, rfqs.quote],
  [160, rfqs.accept],
  [12, rfqs.acceptTooLate],
  [60, rfqs.cancelOrRefresh],
  [30, rfqs.convertDust],
  [30, dustComes],
  [25, wait],
  [12, crash],
  [60, duel],
];

export class RfqHistory extends RiskHistory {
  constructor(seed: number, customers?: number) {
    super(seed, customers, ASKING, RFQ_STAGE);
  }
}
