// The shape of a genesis file. What it means (grids that fit, assets that exist) is the core's to judge.
import type { GenesisConfiguration } from '@glasshouse/protocol';
import { type Static, Type } from 'typebox';

const strict = { additionalProperties: false };
const AssetSymbol = Type.String({ pattern: '^[A-Z0-9]{1,16}$' });
const DecimalText = Type.String({ pattern: '^\\d{1,15}(\\.\\d{1,15})?$' });
const Text = Type.String({ minLength: 1, maxLength: 64, pattern: '^[\\x20-\\x7e]+$' });
const Count = Type.Integer({ minimum: 1, maximum: 1_000_000_000 });
const Ppm = Type.Integer({ minimum: -1_000_000, maximum: 1_000_000 });
const BandPpm = Type.Integer({ minimum: 1, maximum: 1_000_000_000 });

const Settings = Type.Object(
  {
    openRegistration: Type.Boolean(),
    maxSubaccountsPerCustomer: Count,
    maxOpenOrdersPerAccount: Count,
    maxKeysPerAccount: Count,
    futureToleranceMs: Type.Integer({ minimum: 0, maximum: 600_000 }),
    proposalLifetimeMs: Count,
  },
  strict,
);

const Token = Type.Object(
  {
    blockchain: Text,
    depositEnabled: Type.Boolean(),
    withdrawEnabled: Type.Boolean(),
    minimumDeposit: DecimalText,
    minimumWithdrawal: DecimalText,
    withdrawalFee: DecimalText,
  },
  strict,
);

const Asset = Type.Object(
  {
    symbol: AssetSymbol,
    displayName: Text,
    decimals: Type.Integer({ minimum: 0, maximum: 15 }),
    tokens: Type.Array(Token),
  },
  strict,
);

const MarketState = Type.Enum(['Open', 'CancelOnly', 'LimitOnly', 'PostOnly', 'Closed']);

const Market = Type.Object(
  {
    symbol: Type.String({ pattern: '^[A-Z0-9]{1,16}_[A-Z0-9]{1,16}$' }),
    base: AssetSymbol,
    quote: AssetSymbol,
    tickSize: DecimalText,
    stepSize: DecimalText,
    minPrice: DecimalText,
    maxPrice: DecimalText,
    minQuantity: DecimalText,
    maxQuantity: DecimalText,
    limitMinPpm: BandPpm,
    limitMaxPpm: BandPpm,
    impactMinPpm: BandPpm,
    impactMaxPpm: BandPpm,
    state: MarketState,
  },
  strict,
);

const FeeTier = Type.Object(
  {
    name: Text,
    minVolume: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
    makerPpm: Ppm,
    takerPpm: Ppm,
  },
  strict,
);

const ServiceKey = Type.Object(
  {
    publicKey: Type.String({ pattern: '^[A-Za-z0-9+/]{43}=$' }),
    role: Type.Enum(['operator', 'registrar', 'chain']),
  },
  strict,
);

export const GenesisFile = Type.Object(
  {
    format: Type.Literal(1),
    name: Text,
    settings: Settings,
    assets: Type.Array(Asset, { minItems: 1 }),
    markets: Type.Array(Market),
    spotFeeTiers: Type.Array(FeeTier, { minItems: 1 }),
    keys: Type.Optional(Type.Array(ServiceKey)),
  },
  strict,
);

/** Without `keys` the venue is a sandbox whose service keys are made at the first start. */
export type GenesisFile = Static<typeof GenesisFile>;

/** Compiles only while the schema and the protocol's type say the same. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
type Mutable<T> = { -readonly [Key in keyof T]: Mutable<T[Key]> };
export const schemaMatchesProtocol: Same<Required<GenesisFile>, Mutable<GenesisConfiguration>> = true;
