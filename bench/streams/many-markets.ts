// The sandbox with as many spot markets as asked for, all on the grid of SOL_USDC.
import { writeFile } from 'node:fs/promises';
import { sandboxGenesis } from '@glasshouse/exchange';

const MODEL = 'SOL';

function only<Row extends { readonly symbol: string }>(rows: readonly Row[], symbol: string): Row {
  const row = rows.find((one) => one.symbol === symbol);
  if (row === undefined) throw new Error(`the sandbox has no ${symbol}`);
  return row;
}

/** Writes the genesis and gives the markets' symbols. */
export async function writeManyMarkets(file: string, count: number): Promise<readonly string[]> {
  const { keys: _keys, ...sandbox } = sandboxGenesis([]);
  const asset = only(sandbox.assets, MODEL);
  const market = only(sandbox.markets, `${MODEL}_USDC`);
  const bases = Array.from({ length: count }, (_, place) => `B${place + 1}`);
  const assets = bases.map((symbol) => ({ ...asset, symbol, displayName: symbol }));
  const markets = bases.map((base) => ({ ...market, base, symbol: `${base}_USDC` }));
  const genesis = { ...sandbox, assets: [...sandbox.assets, ...assets], markets: [...sandbox.markets, ...markets] };
  await writeFile(file, JSON.stringify(genesis));
  return markets.map(({ symbol }) => symbol);
}
