// A venue on which everything has happened that the API can tell of: what its answers are held against must not be empty.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createKeyPair, ExchangeClient, type KeyPair } from '@glasshouse/client';
import { sandboxGenesis } from '../../src/genesis/sandbox/sandbox-genesis.js';
import type { PriceReporter } from '../ccxt/price-reporter.js';
import { CcxtVenue } from '../ccxt/venue.js';

const FUNDING_MS = 60_000;
const MINUTES_OF_INTEREST = 61;
/** Until every source has been heard, and sampled by the exchange. */
const PRICES_LIVE_MS = 3_000;
const DAY_MS = 86_400_000;
const PERP = 'BTC_USDC_PERP';
const SPOT = 'SOL_USDC';
const RFQ = 'SOL_USDC_RFQ';
const VAULT = {
  token: 'GLV',
  displayName: 'Glass vault',
  decimals: 6,
  tokenStepSize: '0.001',
  symbol: 'USDC',
  mintsEnabled: true,
  redeemsEnabled: true,
  minMintQuantity: '10',
  minRedeemTokens: '5',
  tokenCap: '100000',
  redeemDelayMs: 3_600_000,
  navSampleMs: 1_000,
  navWindowMs: 60_000,
};

type Person = { readonly keys: KeyPair; readonly accountId: number; client(): ExchangeClient };

export class LivedVenue {
  private constructor(
    readonly venue: CcxtVenue,
    private readonly prices: PriceReporter,
    readonly maker: Person,
    readonly taker: Person,
    readonly manager: Person,
  ) {}

  static async begin(): Promise<LivedVenue> {
    const { keys: _keys, ...genesis } = sandboxGenesis([]);
    const venue = await CcxtVenue.start({ ...genesis, risk: { ...genesis.risk, fundingIntervalMs: FUNDING_MS } });
    const prices = await venue.prices({ BTC: 100_000, ETH: 4_000, SOL: 150, USDT: 1, kBONK: 0.02 });
    const person = async (): Promise<Person> => {
      const keys = createKeyPair();
      const { accountId } = await new ExchangeClient({ url: venue.url }).createAccount({ publicKey: keys.apiKey });
      return { keys, accountId, client: () => new ExchangeClient({ url: venue.url, ...keys }) };
    };
    return new LivedVenue(venue, prices, await person(), await person(), await person());
  }

  private operator(name: string): ExchangeClient {
    const text = readFileSync(join(this.venue.directory, 'keys', `${name}.json`), 'utf8');
    const { publicKey, secretKey }: { readonly publicKey: string; readonly secretKey: string } = JSON.parse(text);
    return new ExchangeClient({ url: this.venue.url, apiKey: publicKey, apiSecret: secretKey });
  }

  async stop(): Promise<void> {
    try {
      await this.prices.stop();
    } finally {
      await this.venue.stop();
    }
  }

  /** Funds, trades, borrows, asks for quotes, begins strategies, pays into a vault, and lets a minute pass. */
  async live(): Promise<void> {
    const { maker, taker } = this;
    for (const { accountId } of [maker, taker]) {
      for (const [symbol, quantity] of [
        ['USDC', '1000000'],
        ['SOL', '1000'],
      ] as const) {
        await maker.client().faucet({ accountId, symbol, quantity });
      }
    }
    await this.listVault();
    await maker.client().faucet({ accountId: maker.accountId, symbol: 'USDT', quantity: '5000' });
    await sleep(PRICES_LIVE_MS);
    await taker.client().call('borrowLend', { symbol: 'USDT', side: 'Borrow', quantity: '1000' });
    await this.trade();
    for (let minutes = 0; minutes <= MINUTES_OF_INTEREST; minutes += 1) {
      this.venue.jumpAMinute();
      await sleep(20);
    }
    await sleep(PRICES_LIVE_MS);
    await this.quote();
    await this.leaveDust();
    const withdrawal = { symbol: 'USDC', quantity: '25', blockchain: 'Solana', address: 'somewhere', clientId: 'w1' };
    await taker.client().withdraw({ ...withdrawal, blockchain: 'Solana' });
    await taker.client().call('vaultMint', { vaultId: 1, symbol: 'USDC', quantity: '600' });
    await taker.client().call('vaultRedeem', { vaultId: 1, vaultTokenQuantity: '100' });
    this.venue.jumpAMinute();
    await sleep(2_000);
  }

  private async leaveDust(): Promise<void> {
    const [maker, taker] = [this.maker.client(), this.taker.client()];
    await taker.faucet({ accountId: this.taker.accountId, symbol: 'ETH', quantity: '0.00015' });
    const order = { symbol: 'ETH_USDC', orderType: 'Limit', price: '4000', quantity: '0.0001' } as const;
    await maker.call('placeOrder', { ...order, side: 'Bid' });
    await taker.call('placeOrder', { ...order, side: 'Ask' });
  }

  private async listVault(): Promise<void> {
    const action = JSON.stringify({ kind: 'listVault', vault: { ...VAULT, accountId: this.manager.accountId } });
    const { proposalId } = await this.operator('operator-1').propose({ action });
    await this.operator('operator-2').approve({ proposalId });
  }

  private async trade(): Promise<void> {
    const [maker, taker] = [this.maker.client(), this.taker.client()];
    const limit = (symbol: string, side: 'Bid' | 'Ask', price: string, quantity: string) =>
      ({ symbol, side, orderType: 'Limit', price, quantity }) as const;
    await maker.placeOrders([
      limit(SPOT, 'Ask', '150', '50'),
      limit(SPOT, 'Bid', '149', '50'),
      limit(PERP, 'Ask', '100000', '2'),
      limit(PERP, 'Bid', '99900', '2'),
    ]);
    await taker.call('placeOrder', { symbol: SPOT, side: 'Bid', orderType: 'Market', quantity: '5' });
    await taker.call('placeOrder', { symbol: PERP, side: 'Bid', orderType: 'Market', quantity: '0.5' });
    await taker.call('placeOrder', { symbol: PERP, side: 'Ask', orderType: 'Market', quantity: '0.1' });
    await taker.call('placeOrder', { ...limit(SPOT, 'Bid', '140', '2'), clientId: 77 });
    await taker.call('placeOrder', {
      ...{ symbol: PERP, side: 'Ask', orderType: 'Limit', price: '90000' },
      ...{ triggerPrice: '95000', triggerBy: 'MarkPrice', triggerQuantity: '50%' },
    });
    const strategy = {
      symbol: SPOT,
      side: 'Bid',
      strategyType: 'Scheduled',
      quantity: '4',
      duration: DAY_MS,
      interval: 3_600_000,
    } as const;
    await taker.call('createStrategy', { ...strategy, clientStrategyId: 5 });
  }

  private async quote(): Promise<void> {
    const [maker, taker] = [this.maker.client(), this.taker.client()];
    const asked = await taker.call('submitRfq', { symbol: RFQ, side: 'Bid', quantity: '1' });
    const quote = await maker.call('submitQuote', { rfqId: asked.rfqId, bidPrice: '149', askPrice: '151' });
    await taker.call('acceptQuote', { rfqId: asked.rfqId, quoteId: quote.quoteId });
    const open = await taker.call('submitRfq', { symbol: RFQ, side: 'Ask', quantity: '1' });
    await maker.call('submitQuote', { rfqId: open.rfqId, bidPrice: '148', askPrice: '152' });
  }
}
