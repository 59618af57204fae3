import type { Atoms } from '@glasshouse/units';
import type { Asset, Token } from '../../state/assets.js';
import { readAssetTerms } from './asset-terms.js';
import type { ConfigurationReader } from './reader.js';

const SYMBOL = /^[A-Za-z0-9]{1,16}$/;
const BLOCKCHAIN = /^[A-Za-z0-9_-]{1,32}$/;
const MAX_TOKENS = 32;
const MAX_ASSET_DECIMALS = 12;

function readToken(reader: ConfigurationReader, decimals: number): Token {
  const blockchain = reader.text('blockchain');
  if (!BLOCKCHAIN.test(blockchain)) reader.fail('blockchain', 'not 1..32 letters, digits, - and _');
  return {
    blockchain,
    depositEnabled: reader.boolean('depositEnabled'),
    withdrawEnabled: reader.boolean('withdrawEnabled'),
    minimumDepositAtoms: reader.units('minimumDeposit', decimals, 0) as Atoms,
    minimumWithdrawalAtoms: reader.units('minimumWithdrawal', decimals, 0) as Atoms,
    withdrawalFeeAtoms: reader.units('withdrawalFee', decimals, 0) as Atoms,
  };
}

export function readSymbol(reader: ConfigurationReader, field: string): string {
  const symbol = reader.text(field);
  return SYMBOL.test(symbol) ? symbol : reader.fail(field, 'not 1..16 letters and digits');
}

export const readDecimals = (reader: ConfigurationReader): number => reader.integer('decimals', 0, MAX_ASSET_DECIMALS);

export function readAsset(reader: ConfigurationReader, assetId: number): Asset {
  const symbol = readSymbol(reader, 'symbol');
  const decimals = readDecimals(reader);
  const tokens = reader.list('tokens', MAX_TOKENS, (token) => readToken(token, decimals));
  if (new Set(tokens.map(({ blockchain }) => blockchain)).size < tokens.length) {
    reader.fail('tokens', 'one blockchain twice');
  }
  return {
    assetId,
    symbol,
    displayName: reader.text('displayName'),
    decimals,
    tokens,
    ...readAssetTerms(reader, decimals),
  };
}
