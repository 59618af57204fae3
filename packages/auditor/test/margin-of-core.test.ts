// AUDIT_ACTIONS random actions per seed, AUDIT_SEEDS seeds (defaults 450 and 3) in a venue with everything on: the core's margin
// of every account against the model's, from views and the auditor's own books. Both agree to 1e-9,
// relative to the sums they are made of, and an atom for each position.
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

const ACTIONS = Number(process.env['AUDIT_ACTIONS'] ?? 450);
const SEEDS = Number(process.env['AUDIT_SEEDS'] ?? 3);
const USDC = 1;
const TOLERANCE = 1e-9;
/** The core counts the unrealized PnL of each of the four perpetuals in whole atoms, rounded down. */
const ROUNDED_PNL_USD = 4e-6;

/** In USD: the core's name and the model's. */
const AMOUNTS = [
  ['collateralUsd', 'collateral'],
  ['unrealizedPnlUsd', 'unrealizedPnl'],
  ['unsettledUsd', 'unsettled'],
  ['borrowLiabilityUsd', 'borrowLiability'],
  ['netEquityUsd', 'netEquity'],
  ['lockedUsd', 'initialMargin'],
  ['availableUsd', 'available'],
  ['exposureUsd', 'exposure'],
  ['initialMarginUsd', 'initialMargin'],
  ['maintenanceMarginUsd', 'maintenanceMargin'],
] as const satisfies readonly (readonly [keyof MarginView, keyof AccountMargin])[];

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
  const { collateral, borrowLiability, exposure, unrealizedPnl } = model;
  const gross = collateral.plus(borrowLiability).plus(exposure).plus(unrealizedPnl.abs()).plus(1);
  const slackUsd = gross.times(TOLERANCE).plus(ROUNDED_PNL_USD);
  const ofExposure = slackUsd.dividedBy(Math.max(core.exposureUsd, 1));
  const compare = (name: string, actual: number, expected: Exact, slack: Exact) =>
    expected.minus(actual).abs().greaterThan(slack)
      ? [`account ${core.accountId} ${name}: core ${actual}, model ${expected.toSignificantDigits(17)}`]
      : [];
  return [
    ...AMOUNTS.flatMap(([theirs, ours]) => compare(theirs, core[theirs], model[ours], slackUsd)),
    ...compare('imf', core.imf, model.imf, exact(TOLERANCE)),
    ...compare('mmf', core.mmf, model.mmf, exact(TOLERANCE)),
    ...compare('marginFraction', core.marginFraction ?? 0, model.marginFraction ?? exact(0), ofExposure),
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
