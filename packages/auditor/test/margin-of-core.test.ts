// AUDIT_ACTIONS random actions per seed, AUDIT_SEEDS seeds (defaults 600 and 3) in a venue with everything on: the core's margin
// of every account against the model's, from views and the auditor's own books. Both agree to 1e-9, relative to the sums they are made of.
import {
  accountView,
  assetPriceViews,
  assetViews,
  balanceViews,
  isLiquidatable,
  marginView,
  marketViews,
  perpPriceViews,
  positionViews,
} from '@glasshouse/core';
import type { MarginView } from '@glasshouse/protocol';
import { afterAll, describe, expect, test } from 'vitest';
import { type AccountMargin, Audit, accountMargin, type Exact, exact, pictureOf } from '../src/index.js';
import { RiskVenue } from './risk-venue.js';

const ACTIONS = Number(process.env['AUDIT_ACTIONS'] ?? 600);
const SEEDS = Number(process.env['AUDIT_SEEDS'] ?? 3);
const USDC = 1;
const TOLERANCE = 1e-9;

/** In USD. */
const AMOUNTS = {
  collateralUsd: 'collateral',
  unrealizedPnlUsd: 'unrealizedPnl',
  unsettledUsd: 'unsettled',
  borrowLiabilityUsd: 'borrowLiability',
  netEquityUsd: 'netEquity',
  lockedUsd: 'initialMargin',
  availableUsd: 'available',
  exposureUsd: 'exposure',
  initialMarginUsd: 'initialMargin',
  maintenanceMarginUsd: 'maintenanceMargin',
} as const satisfies Partial<Record<keyof MarginView, keyof AccountMargin>>;
const FRACTIONS = { imf: 'imf', mmf: 'mmf' } as const;

/** What the runs together must have compared at least once. */
const FEATURES = ['exposure', 'leverage limit', 'liquidatable', 'loan', 'lent', 'open orders', 'unsettled'] as const;
type Feature = (typeof FEATURES)[number];

function featuresOf({ state }: RiskVenue, accountId: number, margin: MarginView): Feature[] {
  const balances = balanceViews(state, accountId);
  const positions = positionViews(state, accountId);
  const exposed = margin.exposureUsd > 0;
  const features: Record<Feature, boolean> = {
    exposure: exposed,
    'leverage limit': exposed && (accountView(state, accountId)?.leverageLimitCenti ?? 0) > 0,
    liquidatable: isLiquidatable(state, accountId),
    loan: balances.some(({ borrowedAtoms }) => borrowedAtoms > 0),
    lent: exposed && balances.some(({ lentAtoms }) => lentAtoms > 0),
    'open orders': positions.some(({ openBidLots, openAskLots }) => openBidLots + openAskLots > 0),
    unsettled: margin.unsettledUsd !== 0,
  };
  return FEATURES.filter((feature) => features[feature]);
}

function modelOf(venue: RiskVenue, audit: Audit, accountId: number): AccountMargin {
  const { state } = venue;
  const account = accountView(state, accountId);
  if (account === undefined) throw new RangeError(`no account ${accountId}`);
  return accountMargin(
    pictureOf({
      account,
      balances: balanceViews(state, accountId),
      positions: positionViews(state, accountId),
      unsettledAtoms: audit.unsettledAtoms(accountId, USDC).toString(),
      unsettledAssetId: USDC,
      assets: assetViews(state),
      markets: marketViews(state),
      assetPrices: assetPriceViews(state),
      perpPrices: perpPriceViews(state),
    }),
  );
}

/** Terms in which the core is off by more than the tolerance. */
function differences(core: MarginView, model: AccountMargin): string[] {
  const gross = model.collateral
    .plus(model.borrowLiability)
    .plus(model.exposure)
    .plus(model.unrealizedPnl.abs())
    .plus(1);
  const compare = (name: string, actual: number, expected: Exact, scale: Exact) =>
    expected.minus(actual).abs().greaterThan(scale.times(TOLERANCE))
      ? [`account ${core.accountId} ${name}: core ${actual}, model ${expected.toSignificantDigits(17)}`]
      : [];
  const amounts = Object.entries(AMOUNTS) as [keyof typeof AMOUNTS, (typeof AMOUNTS)[keyof typeof AMOUNTS]][];
  const fractions = Object.entries(FRACTIONS) as ['imf' | 'mmf', 'imf' | 'mmf'][];
  return [
    ...amounts.flatMap(([theirs, ours]) => compare(theirs, core[theirs], model[ours], gross)),
    ...fractions.flatMap(([theirs, ours]) => compare(theirs, core[theirs], model[ours], exact(1))),
    ...compare(
      'marginFraction',
      core.marginFraction ?? 0,
      model.marginFraction ?? exact(0),
      gross.dividedBy(Math.max(core.exposureUsd, 1)),
    ),
  ];
}

const met = new Set<Feature>();

afterAll(() => {
  expect([...met].sort()).toEqual([...FEATURES].sort());
});

describe.each(Array.from({ length: SEEDS }, (_, place) => place + 1))('seed %d', (seed) => {
  test('core and model agree on every term of every account, all along', () => {
    const venue = new RiskVenue(seed, 12);
    const audit = new Audit();
    const found: string[] = [];
    for (let action = 0; action < ACTIONS; action += 1) {
      venue.act();
      if (action % 150 === 149) venue.passHour();
      for (const step of venue.takeSteps()) audit.step(step, step.events);
      if (action % 10 !== 0) continue;
      for (const accountId of venue.accountIds) {
        const core = marginView(venue.state, accountId);
        const model = modelOf(venue, audit, accountId);
        if (core === undefined) throw new RangeError(`no margin of account ${accountId}`);
        found.push(...differences(core, model));
        if (isLiquidatable(venue.state, accountId) !== model.isLiquidatable) {
          found.push(`account ${accountId}: liquidatable ${!model.isLiquidatable}, model ${model.isLiquidatable}`);
        }
        for (const feature of featuresOf(venue, accountId, core)) met.add(feature);
      }
    }
    expect(found).toEqual([]);
    expect(audit.report().findings).toEqual([]);
  });
});
