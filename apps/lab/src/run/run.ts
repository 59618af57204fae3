// One run: a scenario under one design, from the opening of its accounts to its last second.
import { createHash } from 'node:crypto';
import {
  checkInvariants,
  liquidationStatistics,
  marginView,
  marketViews,
  maxWithdrawalAtoms,
  type State,
  stateHash,
  worthUsd,
} from '@glasshouse/core';
import type { LiquidationStatisticsView, MarketView } from '@glasshouse/protocol';
import { Random } from '../chance/random.js';
import { drawPopulation } from '../population/population.js';
import { bookPrice, type PlayedSource, playedSources, type Quotes } from '../prices/player.js';
import { CandleTables } from '../prices/recorded-candles.js';
import type { Design, Scenario } from '../scenario/scenario.js';
import { labGenesis } from '../venue/genesis.js';
import { priceText } from '../venue/grid.js';
import { Makers } from '../venue/makers.js';
import { type Opened, openScenario } from '../venue/opening.js';
import { LabVenue } from '../venue/venue.js';
import { Observer } from './observer.js';
import { type Sample, takeSample } from './samples.js';
import { type WhaleResult, Whales } from './whales.js';

const MINUTE_MS = 60_000;
/** The first reports give assets their index before anyone trades. */
const WARM_UP_SECONDS = 3;
const SETTLEMENT_ASSET_ID = 1;
const USD_PER_ATOM = 1e-6;

export type RunOptions = {
  readonly folder: string | undefined;
  readonly seed: number;
  /** Tables that were read for an earlier run. */
  readonly tables?: CandleTables;
  /** Invariants of the whole state after every command; slow. */
  readonly checked?: boolean;
  readonly onProgress?: (fraction: number) => void;
};

/** How those who came with money stood at the end. */
export type Standing = {
  readonly accounts: number;
  readonly below: number;
  readonly belowUsd: number;
  readonly equityUsd: number;
};

export type RunResult = {
  readonly design: Design;
  readonly observed: Observer;
  readonly samples: readonly Sample[];
  readonly markets: readonly MarketView[];
  readonly traders: Standing;
  readonly makers: Standing;
  readonly providers: Standing;
  readonly providersBroughtUsd: number;
  readonly whales: readonly WhaleResult[];
  /** What the exchange says of itself, the balance of its backstop fund with it. */
  readonly published: LiquidationStatisticsView;
  readonly commands: number;
  readonly stateHash: string;
};

function digest(chunks: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}

function standingOf(state: State, accountIds: readonly number[]): Standing {
  const equities = accountIds.map((accountId) => marginView(state, accountId)?.netEquityUsd ?? 0);
  const below = equities.filter((equity) => equity < 0);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return { accounts: accountIds.length, below: below.length, belowUsd: -sum(below), equityUsd: sum(equities) };
}

class Run {
  readonly #random: Random;
  readonly #sources: readonly PlayedSource[];
  readonly #observer = new Observer(SETTLEMENT_ASSET_ID, (accountId) => worthUsd(this.#venue.state, accountId));
  readonly #venue: LabVenue;
  readonly #beginMs: number;
  readonly #endMs: number;
  readonly #samples: Sample[] = [];

  constructor(
    private readonly scenario: Scenario,
    private readonly design: Design,
    private readonly options: RunOptions,
  ) {
    this.#random = new Random(options.seed);
    this.#beginMs = Date.parse(scenario.from);
    this.#endMs = Date.parse(scenario.to);
    this.#sources = playedSources(scenario, options.folder, this.#random, options.tables ?? new CandleTables());
    const genesis = labGenesis(scenario, design, this.#sources, this.#pricesAt(this.#beginMs));
    this.#venue = new LabVenue(genesis, this.#beginMs - WARM_UP_SECONDS * 1000, this.#observer.hear);
  }

  result(): RunResult {
    const prices = this.#pricesAt(this.#beginMs);
    for (let second = WARM_UP_SECONDS; second > 0; second -= 1) this.#say(this.#beginMs - second * 1000, this.#beginMs);
    const population = drawPopulation(this.scenario, this.#random);
    const opened = openScenario(this.#venue, this.scenario, { population, prices, random: this.#random });
    const { state } = this.#venue;
    const whales = new Whales(state, opened);
    this.#play(opened);
    checkInvariants(state);
    return {
      design: this.design,
      observed: this.#observer,
      samples: this.#samples,
      markets: this.#perps(),
      traders: standingOf(
        state,
        opened.traders.map(({ accountId }) => accountId),
      ),
      makers: standingOf(state, opened.makerIds),
      providers: standingOf(state, opened.providerIds),
      providersBroughtUsd: this.scenario.backstop.equityUsd * opened.providerIds.length,
      whales: whales.results(this.#observer.withdrawnUsd),
      published: liquidationStatistics(state),
      commands: this.#venue.commands,
      stateHash: stateHash(state, digest),
    };
  }

  #perps(): MarketView[] {
    return marketViews(this.#venue.state).filter(({ perp }) => perp !== undefined);
  }

  #pricesAt(timeMs: number): Map<string, number> {
    const said = new Map(this.#sources.map((source) => [source, source.quotes(timeMs)]));
    return new Map(
      this.scenario.markets.map(({ base }) => {
        const price = bookPrice(base, said);
        if (price === undefined) throw new Error(`no source has a price of ${base} at ${this.scenario.from}`);
        return [base, price];
      }),
    );
  }

  /** Every source reports what it said at `saidMs`. */
  #say(timeMs: number, saidMs: number): ReadonlyMap<PlayedSource, Quotes> {
    this.#venue.passTo(timeMs);
    const said = new Map(this.#sources.map((source) => [source, source.quotes(saidMs)]));
    for (const [source, quotes] of said) {
      if (source.bookOnly) continue;
      this.#venue.report(
        source.name,
        [...quotes].map(([asset, price]) => [asset, priceText(price)] as const),
      );
    }
    return said;
  }

  #play(opened: Opened): void {
    const { scenario, options } = this;
    const makers = new Makers(this.#venue, scenario.makers, opened.makerIds, scenario.markets);
    const traderIds = opened.traders.map(({ accountId }) => accountId);
    const perps = this.#perps();
    const span = this.#endMs - this.#beginMs;
    for (let timeMs = this.#beginMs; timeMs <= this.#endMs; timeMs += scenario.stepMs) {
      const said = this.#say(timeMs, timeMs);
      makers.quote(timeMs, (base) => bookPrice(base, said));
      if (options.checked === true) checkInvariants(this.#venue.state);
      if ((timeMs - this.#beginMs) % MINUTE_MS !== 0) continue;
      this.#samples.push(takeSample(this.#venue.state, timeMs, perps, traderIds));
      this.#withdraw(opened);
      options.onProgress?.((timeMs - this.#beginMs) / span);
    }
  }

  /** Whoever takes out what it may does so now. */
  #withdraw(opened: Opened): void {
    for (const { accountId, trader } of opened.traders) {
      if (!trader.withdraws) continue;
      const atoms = maxWithdrawalAtoms(this.#venue.state, accountId, SETTLEMENT_ASSET_ID, true) ?? 0;
      const quantity = Math.floor(atoms * USD_PER_ATOM);
      if (quantity < 1) continue;
      const fields = { address: 'away', blockchain: 'Lab', quantity: String(quantity), symbol: 'USDC' };
      this.#venue.command(accountId, 'withdraw', fields);
    }
  }
}

export function runScenario(scenario: Scenario, design: Design, options: RunOptions): RunResult {
  const backstop = { ...scenario.backstop, ...design.backstop };
  return new Run({ ...scenario, backstop }, design, options).result();
}
