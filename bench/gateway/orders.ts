// Signed orders as bytes on the wire, made before the clock runs.
import { HEADER, MAX_WINDOW_MS, parametersOf, signingText } from '@glasshouse/api';
import { createKeyPair, ExchangeClient, Signer } from '@glasshouse/client';
import { Random } from '../book/random.js';

export const DEFAULT_SYMBOLS: readonly string[] = ['SOL_USDC'];
const MID_TICKS = 10_000;
const SPREAD_TICKS = 200;
const QUOTE_FUNDS = '10000000';
const BASE_FUNDS = '1000000';

const fundsFor = (symbols: readonly string[]): readonly (readonly [symbol: string, quantity: string])[] => [
  ['USDC', QUOTE_FUNDS],
  ...symbols.map((symbol) => [symbol.split('_')[0] ?? '', BASE_FUNDS] as const),
];

export type Registration = { readonly register: boolean; readonly symbols: readonly string[] };

export async function makeSigners(url: string, count: number, { register, symbols }: Registration): Promise<Signer[]> {
  const client = new ExchangeClient({ url });
  const signers: Signer[] = [];
  for (let place = 0; place < count; place += 1) {
    const keys = createKeyPair();
    signers.push(new Signer(keys));
    if (!register) continue;
    const { accountId } = await client.createAccount({ publicKey: keys.apiKey });
    for (const [symbol, quantity] of fundsFor(symbols)) await client.faucet({ accountId, symbol, quantity });
  }
  return signers;
}

/** Limit orders on both sides of one price: some rest, some trade. */
function draw(random: Random, symbols: readonly string[]) {
  const buys = random.fraction() < 0.5;
  const ticks = MID_TICKS + random.below(SPREAD_TICKS) - SPREAD_TICKS / 2;
  return {
    orderType: 'Limit',
    price: (ticks / 100).toFixed(2),
    quantity: (1 + random.below(100)).toString(),
    side: buys ? 'Bid' : 'Ask',
    symbol: symbols[random.below(symbols.length)],
    timeInForce: random.fraction() < 0.5 ? 'IOC' : 'GTC',
  };
}

export type Drawn = { readonly count: number; readonly seed: number; readonly symbols: readonly string[] };

export function signedOrders(signers: readonly Signer[], { count, seed, symbols }: Drawn): Buffer[] {
  const random = new Random(seed);
  const timestampMs = Date.now();
  return Array.from({ length: count }, (_, place) => {
    const signer = signers[place % signers.length]!;
    // Client ids keep two equal orders of one account from being one signed text.
    const order = { ...draw(random, symbols), clientId: place + 1 };
    const validity = { timestampMs, windowMs: MAX_WINDOW_MS };
    const signature = signer.sign(signingText('orderExecute', parametersOf(order), validity));
    const body = JSON.stringify(order);
    const head = [
      'POST /api/v1/order HTTP/1.1',
      'host: 127.0.0.1',
      'content-type: application/json',
      `content-length: ${body.length}`,
      `${HEADER.apiKey}: ${signer.apiKey}`,
      `${HEADER.signature}: ${signature}`,
      `${HEADER.timestamp}: ${timestampMs}`,
      `${HEADER.window}: ${MAX_WINDOW_MS}`,
    ];
    return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`, 'latin1');
  });
}
