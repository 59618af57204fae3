// From a picture of the exchange at one moment to everything that was committed after it, without a gap or a repetition.
import type { DepthView, LiquidationView, PerpPriceView, RfqView } from '@glasshouse/protocol';
import type { Seq, TimeUs } from '@glasshouse/units';
import type { Committed, ExchangePort, ExchangeView } from '../ports.js';
import { type CatalogueContents, rulesOf } from './catalogue.js';

/** The exchange as it was just before `nextSeq`. */
export type Picture = {
  readonly nextSeq: Seq;
  readonly timeUs: TimeUs;
  readonly contents: CatalogueContents;
  readonly depths: readonly DepthView[];
  readonly perpPrices: readonly PerpPriceView[];
  readonly liquidations: readonly LiquidationView[];
  readonly openRfqs: readonly RfqView[];
};

function pictureOf(view: ExchangeView): Picture {
  const markets = view.markets();
  return {
    nextSeq: view.nextSeq,
    timeUs: view.timeUs,
    contents: { assets: view.assets(), markets, rules: rulesOf(view) },
    depths: markets.map(({ marketId }) => view.depth(marketId, Number.MAX_SAFE_INTEGER)),
    perpPrices: view.perpPrices(),
    liquidations: view.liquidations(),
    openRfqs: view.openRfqs(),
  };
}

export type Follower = (committed: Committed) => void;

/** `begin` makes a follower from the picture; it is shown every later request in order. Returns what it made and how to stop. */
export async function follow<Made extends { observe: Follower }>(
  port: ExchangePort,
  begin: (picture: Picture) => Made,
): Promise<{ readonly made: Made; readonly stop: () => void }> {
  const early: Committed[] = [];
  let show: Follower = (committed) => early.push(committed);
  const stop = port.onCommitted((committed) => show(committed));
  try {
    const picture = await port.read(pictureOf);
    const made = begin(picture);
    for (const committed of early) {
      if (committed.seq >= picture.nextSeq) made.observe(committed);
    }
    show = (committed) => {
      if (committed.seq >= picture.nextSeq) made.observe(committed);
    };
    return { made, stop };
  } catch (error) {
    stop();
    throw error;
  }
}
