// Everything that can be asked of the exchange, rightly and wrongly, each as one step of a seeded flow.
import { INSTRUCTION, type OperatorAction, tickRequest } from '@glasshouse/protocol';
import { FLOW_GENESIS, type FlowKey, type FlowVenue, type Parameters } from './flow-venue.js';
import type { Random } from './random.js';
import { SigningKey } from './signing-key.js';

export type Action = (venue: FlowVenue, random: Random) => void;

const MIDDLE: Readonly<Record<string, number>> = { BTC_USDC: 1_000_000, ETH_USDC: 400_000, SOL_USDC: 20_000 };
const TICK: Readonly<Record<string, string>> = { BTC_USDC: '1', ETH_USDC: '2', SOL_USDC: '2' };
const STEP: Readonly<Record<string, number>> = { BTC_USDC: 5, ETH_USDC: 4, SOL_USDC: 2 };
const SYMBOLS = Object.keys(MIDDLE);

const decimal = (units: number, scale: number): string => (units / 10 ** scale).toFixed(scale);

function priceText(symbol: string, random: Random): string {
  const middle = MIDDLE[symbol] ?? 1;
  const ticks = middle + random.between(-Math.floor(middle / 50), Math.floor(middle / 50));
  return decimal(ticks, Number(TICK[symbol]));
}

function sizeText(symbol: string, random: Random): string {
  return decimal(random.between(1, 30_000), STEP[symbol] ?? 0);
}

function limitOrder(random: Random): Parameters {
  const symbol = random.pick(SYMBOLS);
  return {
    symbol,
    side: random.pick(['Bid', 'Ask']),
    orderType: 'Limit',
    price: priceText(symbol, random),
    quantity: sizeText(symbol, random),
    ...(random.chance(30) ? { clientId: random.between(1, 500) } : {}),
    ...(random.chance(10) ? { postOnly: true } : {}),
    ...(random.chance(15) ? { timeInForce: random.pick(['IOC', 'FOK', 'GTC']) } : {}),
    ...(random.chance(15) ? { selfTradePrevention: random.pick(['RejectTaker', 'RejectMaker', 'RejectBoth']) } : {}),
  };
}

function marketOrder(random: Random): Parameters {
  const symbol = random.pick(SYMBOLS);
  const amount = random.chance(50)
    ? { quantity: sizeText(symbol, random) }
    : { quoteQuantity: decimal(random.between(1, 5_000_000), 2) };
  return { symbol, side: random.pick(['Bid', 'Ask']), orderType: 'Market', ...amount };
}

function wrongOrder(random: Random): Parameters {
  const good = limitOrder(random);
  return random.pick<Parameters>([
    { ...good, symbol: 'DOGE_USDC' },
    { ...good, price: '0.00000001' },
    { ...good, quantity: '0.000000001' },
    { ...good, price: decimal(1, 1) },
    { ...good, quantity: '1000000000' },
    { ...good, orderType: 'Market' },
    { ...good, triggerPrice: '1' },
    { ...good, side: 'Left' },
    { ...good, quantity: '900' },
  ]);
}

const someone = (venue: FlowVenue, random: Random): FlowKey => random.pick(venue.accountKeys);

function anOpenOrder(venue: FlowVenue, random: Random) {
  const orders = [...venue.openOrders.values()];
  return orders.length === 0 ? undefined : random.pick(orders);
}

const symbolOf = (venue: FlowVenue, marketId: number): string =>
  venue.state.markets.get(marketId)?.symbol ?? 'BTC_USDC';

const place: Action = (venue, random) => {
  venue.askOrders(someone(venue, random), [limitOrder(random)]);
};

const placeMarket: Action = (venue, random) => {
  venue.askOrders(someone(venue, random), [marketOrder(random)]);
};

const placeBatch: Action = (venue, random) => {
  const orders = Array.from({ length: random.between(2, 8) }, () =>
    random.chance(80) ? limitOrder(random) : random.chance(50) ? marketOrder(random) : wrongOrder(random),
  );
  venue.askOrders(someone(venue, random), orders);
};

const placeWrong: Action = (venue, random) => {
  venue.askOrders(someone(venue, random), [wrongOrder(random)]);
};

const cancel: Action = (venue, random) => {
  const order = anOpenOrder(venue, random);
  if (order === undefined) return;
  const owner = venue.accountKeys.find(({ accountId }) => accountId === order.accountId) ?? someone(venue, random);
  const by = order.clientId >= 0 && random.chance(50) ? { clientId: order.clientId } : { orderId: order.orderId };
  venue.ask(random.chance(95) ? owner : someone(venue, random), INSTRUCTION.cancelOrder, {
    symbol: symbolOf(venue, order.marketId),
    ...by,
  });
};

const reduce: Action = (venue, random) => {
  const order = anOpenOrder(venue, random);
  if (order === undefined) return;
  const owner = venue.accountKeys.find(({ accountId }) => accountId === order.accountId) ?? someone(venue, random);
  const symbol = symbolOf(venue, order.marketId);
  const quantity = decimal(Math.max(1, Math.floor(order.sizeLots / 3)), STEP[symbol] ?? 0);
  venue.ask(owner, INSTRUCTION.reduceOrder, { symbol, orderId: order.orderId, quantity });
};

const cancelAll: Action = (venue, random) => {
  const narrowed = random.chance(30) ? { orderType: random.pick(['RestingLimitOrder', 'ConditionalOrder']) } : {};
  venue.ask(someone(venue, random), INSTRUCTION.cancelAllOrders, { symbol: random.pick(SYMBOLS), ...narrowed });
};

const updateAccount: Action = (venue, random) => {
  venue.ask(someone(venue, random), INSTRUCTION.updateAccount, {
    autoLend: random.chance(50),
    leverageLimit: random.between(1, 20),
  });
};

const openAccount: Action = (venue) => {
  venue.ask(venue.registrar, INSTRUCTION.createAccount, { publicKey: venue.newKey().publicKey });
  const { accountId } = venue.accountKeys.at(-1) as FlowKey;
  for (const [symbol, quantity] of [
    ['USDC', '5000000'],
    ['BTC', '50'],
    ['ETH', '1000'],
    ['SOL', '20000'],
  ] as const) {
    deposit(venue, accountId, symbol, quantity);
  }
};

function deposit(venue: FlowVenue, accountId: number, symbol: string, quantity: string): void {
  const reference = `transaction-${venue.requests.length}`;
  venue.ask(venue.chain, INSTRUCTION.creditDeposit, { accountId, symbol, quantity, blockchain: 'Sandbox', reference });
}

const depositMore: Action = (venue, random) => {
  deposit(
    venue,
    someone(venue, random).accountId,
    random.pick(['USDC', 'SOL', 'GOLD']),
    decimal(random.between(1, 900_000), 2),
  );
};

const openSubaccount: Action = (venue, random) => {
  const parameters = { publicKey: venue.newKey().publicKey, name: `desk ${venue.requests.length}` };
  venue.ask(someone(venue, random), INSTRUCTION.createSubaccount, parameters);
};

const transfer: Action = (venue, random) => {
  const from = someone(venue, random);
  const customerId = venue.state.accounts.customerId[from.accountId];
  const own = venue.accountKeys.filter(
    ({ accountId }) => accountId !== from.accountId && venue.state.accounts.customerId[accountId] === customerId,
  );
  const to = own.length > 0 && random.chance(80) ? random.pick(own) : someone(venue, random);
  venue.ask(from, INSTRUCTION.transfer, {
    toAccountId: to.accountId,
    symbol: random.pick(['USDC', 'BTC', 'SOL']),
    quantity: decimal(random.between(1, 50_000), 3),
  });
};

const addKey: Action = (venue, random) => {
  const permissions = random.pick(['read', 'read,trade', 'read,trade,withdraw']);
  venue.ask(someone(venue, random), INSTRUCTION.addKey, { publicKey: venue.newKey().publicKey, permissions });
};

/** Mostly of an account that has another key left, by its first one, which may do everything. */
const revokeKey: Action = (venue, random) => {
  const last = venue.accountKeys.at(-1) as FlowKey;
  const { accountId } = random.chance(70) ? last : someone(venue, random);
  const [owner = last, ...others] = venue.accountKeys.filter((key) => key.accountId === accountId);
  venue.ask(owner, INSTRUCTION.revokeKey, { publicKey: random.pick([owner, ...others]).key.publicKey });
};

const withdraw: Action = (venue, random) => {
  venue.ask(someone(venue, random), INSTRUCTION.requestWithdrawal, {
    symbol: random.pick(['USDC', 'SOL']),
    quantity: decimal(random.between(1, 90_000), 2),
    blockchain: random.chance(95) ? 'Sandbox' : 'Elsewhere',
    address: random.chance(95) ? `address-${random.below(100)}` : 'no address',
    clientId: `withdrawal-${random.below(1_000)}`,
  });
};

const confirmWithdrawal: Action = (venue, random) => {
  const pending = [...venue.pendingWithdrawals];
  const withdrawalId = pending.length > 0 && random.chance(90) ? random.pick(pending) : random.between(1, 40);
  venue.ask(venue.chain, INSTRUCTION.confirmWithdrawal, { withdrawalId, transactionHash: `hash-${withdrawalId}` });
};

function operatorAction(venue: FlowVenue, random: Random): OperatorAction {
  const [market] = FLOW_GENESIS.markets;
  const [asset] = FLOW_GENESIS.assets;
  if (market === undefined || asset === undefined) throw new Error('the venue lists nothing');
  const customerId = random.between(1, venue.state.customers.count);
  const listed = venue.state.assets.list;
  const mint = `MINT${listed.length + 1}`;
  const newest = listed.at(-1)?.symbol ?? mint;
  return random.pick<OperatorAction>([
    {
      kind: 'setMarketState',
      symbol: 'ETH_USDC',
      state: random.pick(['Open', 'PostOnly', 'LimitOnly', 'CancelOnly', 'Closed']),
    },
    { kind: 'setMarketState', symbol: 'ETH_USDC', state: 'Open' },
    { kind: 'listAsset', asset: { ...asset, symbol: mint, decimals: 6 } },
    { kind: 'listMarket', market: { ...market, symbol: `${newest}_USDC`, base: newest } },
    { kind: 'setMarketFilters', market: { ...market, minQuantity: decimal(random.between(1, 5), 5) } },
    { kind: 'setFeeTiers', spotFeeTiers: FLOW_GENESIS.spotFeeTiers },
    { kind: 'setCustomerTier', customerId, tier: random.below(4) },
    { kind: 'setSettings', settings: { ...FLOW_GENESIS.settings, maxOpenOrdersPerAccount: random.between(20, 1_000) } },
    { kind: 'addServiceKey', key: { publicKey: venue.newKey().publicKey, role: 'operator' } },
    { kind: 'revokeServiceKey', publicKey: new SigningKey('nobody').publicKey },
  ]);
}

const propose: Action = (venue, random) => {
  const action = random.chance(95) ? JSON.stringify(operatorAction(venue, random)) : '{"kind":"abolish"}';
  venue.ask(venue.operator(0), INSTRUCTION.propose, { action });
};

const proposeAndApprove: Action = (venue, random) => {
  propose(venue, random);
  const approver = venue.operator(random.chance(85) ? 1 : 0);
  venue.ask(approver, INSTRUCTION.approve, { proposalId: Math.max(1, venue.lastProposalId) });
};

const tick: Action = (venue) => {
  venue.add(tickRequest());
};

const sayAgain: Action = (venue, random) => {
  const { request } = venue.requests[venue.requests.length - random.between(1, 3)] ?? {};
  if (request !== undefined && request.keyId > 0) venue.add(request);
};

const trespass: Action = (venue, random) => {
  const { key, keyId } = someone(venue, random);
  random.pick([
    () => venue.ask({ key, keyId, accountId: 0 }, INSTRUCTION.createAccount, { publicKey: venue.newKey().publicKey }),
    () => venue.ask(venue.registrar, INSTRUCTION.cancelAllOrders, { symbol: 'BTC_USDC' }),
    () => venue.askText(keyId, key, 'instruction=abolish'),
    () => venue.askText(keyId, key, 'nonsense'),
    () => venue.ask({ key, keyId, accountId: 0 }, INSTRUCTION.cancelAllOrders, { symbol: 'BTC_USDC' }, -60_000),
    () => venue.ask({ key, keyId, accountId: 0 }, INSTRUCTION.cancelAllOrders, { symbol: 'BTC_USDC' }, 60_000),
  ])();
};

const passDays: Action = (venue) => venue.pass(90_000_000_000);

/** Each action with its share. */
export const ACTIONS: readonly (readonly [weight: number, action: Action])[] = [
  [400, place],
  [60, placeMarket],
  [60, placeBatch],
  [30, placeWrong],
  [80, cancel],
  [30, reduce],
  [3, cancelAll],
  [5, updateAccount],
  [8, openAccount],
  [15, depositMore],
  [5, openSubaccount],
  [12, transfer],
  [15, addKey],
  [8, revokeKey],
  [12, withdraw],
  [10, confirmWithdrawal],
  [4, propose],
  [12, proposeAndApprove],
  [10, tick],
  [10, sayAgain],
  [10, trespass],
  [1, passDays],
];

export const OPEN_ACCOUNT: Action = openAccount;
