// Which listeners are told what of an account's margin.
import { OWN_STREAM_FRAMES, problemWith, STREAM_LIMITS, type Stream } from '@glasshouse/api';
import type { Event } from '@glasshouse/protocol';
import type { Atoms } from '@glasshouse/units';
import { describe, expect, it } from 'vitest';
import type { Catalogue } from '../src/exchange/catalogue.js';
import type { ExchangePort } from '../src/index.js';
import { Channels } from '../src/streams/channels.js';
import { LiquidationFeed, type RunningLiquidation } from '../src/streams/liquidation-feed.js';

const ALICE = 7;
const BOB = 8;
const TIMES = { emittedUs: 2_000_001, engineUs: 2_000_000 };

const warning: Event = {
  kind: 'marginWarning',
  accountId: ALICE,
  level: 0.9,
  standing: {
    netEquityUsd: 1000.5,
    maintenanceMarginUsd: 910,
    exposureUsd: 100_000,
    netEquityAtIndexUsd: 2000,
    maintenanceMarginAtIndexUsd: 920,
  },
};

/** What each of the listeners hears of the event. */
function heard(event: Event, running: readonly RunningLiquidation[] = []) {
  const usdc = { assetId: 1, symbol: 'USDC', decimals: 6 };
  const catalogue = { settlementAsset: undefined, asset: () => usdc } as unknown as Catalogue;
  const parts = { catalogue, port: {} as ExchangePort, nowUs: () => TIMES.emittedUs };
  const feed = new LiquidationFeed(parts, running);
  const channels = new Channels([feed], { ...STREAM_LIMITS, maxKeptBytes: 1_000_000 }, () => 0, 'run');
  const frames = (stream: Stream, accountId?: number) => {
    const texts: string[] = [];
    channels.subscribe(stream, accountId, { send: (frame) => void texts.push(String(frame)) });
    return () => texts.map((text) => (JSON.parse(text) as { data: Record<string, unknown> }).data);
  };
  const owner = frames({ kind: 'accountLiquidation' }, ALICE);
  const stranger = frames({ kind: 'accountLiquidation' }, BOB);
  const everyone = frames({ kind: 'glassLiquidations' });
  feed.observe(channels, event, TIMES);
  return { owner: owner(), stranger: stranger(), everyone: everyone() };
}

describe('a margin warning', () => {
  it('is told to the owner alone, with the level and how the account stands', () => {
    const { owner, stranger, everyone } = heard(warning);
    expect(owner).toEqual([
      {
        e: 'marginWarning',
        E: TIMES.emittedUs,
        T: TIMES.engineUs,
        level: '0.9',
        maintenanceRatio: '0.90954523',
        maintenanceRatioAtIndex: '0.46',
        netEquity: '1000.5',
        netEquityAtIndex: '2000',
        maintenanceMargin: '910',
        maintenanceMarginAtIndex: '920',
        exposure: '100000',
      },
    ]);
    expect(problemWith(OWN_STREAM_FRAMES.accountLiquidation, owner[0])).toBeUndefined();
    expect([stranger, everyone]).toEqual([[], []]);
  });
});

describe('the beginning of a liquidation', () => {
  it('is told to everyone without the equity, and its ratio is null when there is none', () => {
    const standing = {
      netEquityUsd: -5,
      maintenanceMarginUsd: 910,
      exposureUsd: 100_000,
      netEquityAtIndexUsd: 500,
      maintenanceMarginAtIndexUsd: 910,
    };
    const { owner, stranger, everyone } = heard({
      kind: 'liquidationStarted',
      liquidationId: 12,
      accountId: ALICE,
      standing,
    });
    expect(everyone).toEqual([
      {
        e: 'liquidationStarted',
        liquidationId: 12,
        E: TIMES.emittedUs,
        T: TIMES.engineUs,
        maintenanceRatio: null,
        maintenanceRatioAtIndex: '1.82',
        exposure: '100000',
      },
    ]);
    expect(owner).toMatchObject([{ netEquity: '-5', maintenanceRatio: null, netEquityAtIndex: '500' }]);
    expect(stranger).toEqual([]);
  });
});

describe('a step', () => {
  const step: Event = {
    kind: 'deficitCovered',
    accountId: ALICE,
    assetId: 1,
    quantityAtoms: 2_500_000 as Atoms,
    into: 'unsettled',
  };

  it('carries the number of its liquidation, also of one that began before anyone listened', () => {
    const { owner, stranger, everyone } = heard(step, [
      { accountId: BOB, liquidationId: 3 },
      { accountId: ALICE, liquidationId: 12 },
    ]);
    expect(everyone).toMatchObject([{ e: 'liquidationStep', liquidationId: 12, stage: 'Fund', quantity: '2.5' }]);
    expect(owner).toEqual(everyone);
    expect(stranger).toEqual([]);
    expect(problemWith(OWN_STREAM_FRAMES.glassLiquidations, everyone[0])).toBeUndefined();
  });
});
