import type { Event, MarketView, PositionView } from '@glasshouse/protocol';
import type { Atoms, Lots, Price, TimeUs } from '@glasshouse/units';
import { describe, expect, it } from 'vitest';
import { DEFAULT_BOUNDS, type HistoryBounds, MemoryHistory, type PositionQuery } from '../src/index.js';
import { committedOf, fillOf, orderOf, START_US } from './builders.js';

const ALICE = 7;
const PERP = 2;
const ALL = { accountId: ALICE, limit: 1000, offset: 0 } as const;
const BID = 0;
const ASK = 1;

const listed = (marketId = PERP): Event => ({
  kind: 'marketListed',
  market: { marketId, kind: 1, quoteAssetId: 1, createdUs: START_US } as unknown as MarketView,
});

const marked = (markPrice: number): Event => ({
  kind: 'perpPriceChanged',
  price: { marketId: PERP, markPrice: markPrice as Price } as Extract<Event, { kind: 'perpPriceChanged' }>['price'],
});

const opened = (positionId: number, accountId = ALICE, marketId = PERP): Event => ({
  kind: 'positionOpened',
  positionId,
  accountId,
  marketId,
});

function filled(side: number, lots: number, quote: number, fee = 1, marketId = PERP): Event {
  const fill = { ...fillOf(1, lots), quoteAtoms: quote as Atoms, feeAtoms: fee as Atoms };
  return { kind: 'orderFilled', order: orderOf({ accountId: ALICE, marketId, side }), fill };
}

function shown(positionId: number, sizeLots: number, entry: number, realized: number): Event {
  const position: PositionView = {
    positionId,
    accountId: ALICE,
    marketId: PERP,
    sizeLots: sizeLots as Lots,
    basisCostAtoms: entry as Atoms,
    entryCostAtoms: entry as Atoms,
    realizedPnlAtoms: realized as Atoms,
    fundingAtoms: 0 as Atoms,
    openBidLots: 0 as Lots,
    openAskLots: 0 as Lots,
    openedUs: START_US as TimeUs,
  };
  return { kind: 'positionChanged', position };
}

function historyOf(commands: readonly (readonly Event[])[], bounds: HistoryBounds = DEFAULT_BOUNDS): MemoryHistory {
  const history = new MemoryHistory(bounds);
  commands.forEach((events, seq) => {
    history.apply(committedOf(events, seq, START_US + seq));
  });
  return history;
}

const rowsOf = (history: MemoryHistory, query: Partial<PositionQuery> = {}) =>
  history.positions({ ...ALL, ...query }).rows;

describe('a position', () => {
  const bought = [opened(1), filled(BID, 10, 1_000), shown(1, 10, 1_000, 0)];

  it('is a row from its opening on, with what its view says', () => {
    const half = [filled(ASK, 5, 600), shown(1, 5, 500, 100)];
    expect(rowsOf(historyOf([[listed()], bought, half]))).toMatchObject([
      {
        positionId: 1,
        isLong: true,
        sizeLots: 5,
        entryCostAtoms: 500,
        realizedPnlAtoms: 100,
        feeAtoms: 2,
        openedLots: 10,
        closedLots: 5,
        closedQuoteAtoms: 600,
        openedUs: START_US + 1,
        closedUs: 0,
        closingMark: 0,
      },
    ]);
  });

  it('is closed by the fill that takes its last lot, at the mark of that moment', () => {
    const rest = [filled(ASK, 10, 900), shown(1, 0, 0, 0)];
    const [row] = rowsOf(historyOf([[listed(), marked(101)], bought, [marked(90.5)], rest, [marked(50)]]));
    expect(row).toMatchObject({ sizeLots: 0, entryCostAtoms: 0, realizedPnlAtoms: -100, closingMark: 90.5 });
    expect(row?.closedUs).toBe(START_US + 3);
  });

  it('that is turned round ends, and another begins with the rest of the fill and pays for it', () => {
    const turn = [opened(2), filled(ASK, 15, 1_801, 9), shown(2, -5, -601, 0)];
    const [short, long] = rowsOf(historyOf([[listed()], bought, turn]));
    expect(long).toMatchObject({ positionId: 1, closedQuoteAtoms: 1_200, realizedPnlAtoms: 200, feeAtoms: 1 });
    expect(short).toMatchObject({ positionId: 2, isLong: false, sizeLots: -5, entryCostAtoms: -601, feeAtoms: 9 });
    expect(short?.openedQuoteAtoms).toBe(601);
  });

  it('that is opened and closed within one request is a row of its own', () => {
    const both = [opened(1), filled(BID, 10, 1_000), filled(ASK, 10, 1_010), shown(1, 0, 0, 0)];
    expect(rowsOf(historyOf([[listed()], both]))).toMatchObject([{ positionId: 1, realizedPnlAtoms: 10, sizeLots: 0 }]);
  });

  it('of a spot market is none', () => {
    expect(rowsOf(historyOf([[listed(5)], [filled(BID, 10, 1_000)]]))).toEqual([]);
  });
});

describe('the positions of an account', () => {
  const round = (positionId: number, marketId: number): Event[] => [
    opened(positionId, ALICE, marketId),
    filled(BID, 1, 100, 0, marketId),
  ];
  const past = [[listed(2), listed(3)], round(1, 2), [filled(ASK, 1, 100)], round(2, 3), round(3, 2)];
  const ids = (query: Partial<PositionQuery>) => rowsOf(historyOf(past), query).map(({ positionId }) => positionId);

  it('come newest first, or oldest first, page by page', () => {
    expect(ids({})).toEqual([3, 2, 1]);
    expect(ids({ sort: 'ascending', limit: 2 })).toEqual([1, 2]);
    expect(historyOf(past).positions({ ...ALL, limit: 1, offset: 1 })).toMatchObject({ total: 3 });
  });

  it('are found by market and by whether they are open', () => {
    expect(ids({ marketId: 2 })).toEqual([3, 1]);
    expect(ids({ marketIds: [3, 9] })).toEqual([2]);
    expect(ids({ open: true })).toEqual([3, 2]);
    expect(ids({ open: false })).toEqual([1]);
    expect(ids({ accountId: 8 })).toEqual([]);
  });

  it('give way to newer ones, and one that is forgotten while open is not begun again in its middle', () => {
    const bounds = { ...DEFAULT_BOUNDS, accruals: { perAccount: 2, total: 10 } };
    const history = historyOf([[listed(2), listed(3), listed(4)], round(1, 2), round(2, 3), round(3, 4)], bounds);
    expect(rowsOf(history).map(({ positionId }) => positionId)).toEqual([3, 2]);
    history.apply(committedOf([filled(BID, 1, 100), filled(ASK, 2, 200)], 4, START_US + 4));
    expect(rowsOf(history).map(({ positionId }) => positionId)).toEqual([3, 2]);
  });
});
