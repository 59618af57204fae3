// Liquidations as they happen: what was liquidated and what it has come to for everyone, the rest for the owner alone.
import { type Event, type LiquidationView, liquidationStepOf } from '@glasshouse/protocol';
import type { TimeUs } from '@glasshouse/units';
import { stepAnswer } from '../answers/liquidation-answer.js';
import type { Catalogue } from '../exchange/catalogue.js';
import type { ExchangePort } from '../ports.js';
import { type Channel, type ChannelObserver, type Channels, channelKey, frameOf, type Subscriber } from './channels.js';
import type { Times } from './frames.js';
import {
  type Audience,
  endedFrame,
  liquidationFrame,
  marginWarningFrame,
  startedFrame,
  statisticsFrame,
  stepFrame,
} from './liquidation-frames.js';

const REFERENCE = 'liquidation';
const PUBLIC = 'glass.liquidations';
const OWN = 'account.liquidation';

export type LiquidationFeedParts = {
  readonly catalogue: Catalogue;
  readonly port: ExchangePort;
  readonly nowUs: () => number;
};

/** Whose liquidation the event tells of; undefined for all others. */
function whose(event: Event): number | undefined {
  switch (event.kind) {
    case 'marginWarning':
    case 'liquidationStarted':
    case 'liquidationStep':
    case 'backstopAssigned':
    case 'deleveraged':
    case 'loanDeleveraged':
    case 'loanAssigned':
    case 'deficitCovered':
      return event.accountId;
    case 'negativeBalanceRecorded':
      return event.negative.accountId;
    case 'liquidationEnded':
      return event.liquidation.accountId;
    default:
      return undefined;
  }
}

/** One that lasts already when the feed begins. */
export type RunningLiquidation = Pick<LiquidationView, 'accountId' | 'liquidationId'>;

export class LiquidationFeed implements ChannelObserver {
  /** Ids of liquidations that last, by account: steps are told of accounts. */
  private readonly running = new Map<number, number>();
  private readonly statistics = new Set<Channel>();
  /** Something has happened since statistics were last told. */
  private changed = false;

  constructor(
    private readonly parts: LiquidationFeedParts,
    running: readonly RunningLiquidation[],
  ) {
    for (const { accountId, liquidationId } of running) this.running.set(accountId, liquidationId);
  }

  opened(channel: Channel): void {
    if (channel.stream.kind === 'glassLiquidationStatistics') this.statistics.add(channel);
  }

  closed(channel: Channel): void {
    this.statistics.delete(channel);
  }

  /** Who begins to listen to statistics hears how they stand. */
  joined(channel: Channel, subscriber: Subscriber): void {
    if (channel.stream.kind !== 'glassLiquidationStatistics') return;
    this.tellStatistics((data) => {
      if (channel.subscribers.has(subscriber)) subscriber.send(frameOf(channel.name, data));
    });
  }

  everySecond(): void {
    if (!this.changed || this.statistics.size === 0) return;
    this.changed = false;
    this.tellStatistics((data) => {
      for (const channel of this.statistics) channel.publish(data);
    });
  }

  /** A venue that has stopped answers no read; its streams are about to end. */
  private tellStatistics(tell: (data: string) => void): void {
    const { port, catalogue, nowUs } = this.parts;
    const now = port.read((view) => ({ statistics: view.liquidationStatistics(), timeUs: view.timeUs }));
    now.then(
      ({ statistics, timeUs }) =>
        tell(statisticsFrame(statistics, catalogue.settlementAsset, { emittedUs: nowUs(), engineUs: timeUs })),
      () => undefined,
    );
  }

  observe(channels: Channels, event: Event, times: Times): void {
    const accountId = whose(event);
    if (accountId === undefined) return;
    this.changed ||= event.kind !== 'marginWarning';
    if (event.kind === 'liquidationStarted') this.running.set(accountId, event.liquidationId);
    this.publishReference(channels, event, times);
    if (event.kind !== 'marginWarning') this.publish(channels.find(PUBLIC), event, 'everyone', times);
    this.publish(channels.find(channelKey(OWN, accountId)), event, 'owner', times);
    if (event.kind === 'liquidationEnded') this.running.delete(accountId);
  }

  private publishReference(channels: Channels, event: Event, times: Times): void {
    if (event.kind !== 'liquidationStep' && event.kind !== 'backstopAssigned' && event.kind !== 'deleveraged') return;
    const listing = this.parts.catalogue.listing(event.marketId);
    if (listing === undefined) return;
    const all = channels.find(REFERENCE);
    const one = channels.find(`${REFERENCE}.${listing.market.symbol}`);
    if (all === undefined && one === undefined) return;
    const data = liquidationFrame(listing, event, times);
    all?.publish(data);
    one?.publish(data);
  }

  private publish(channel: Channel | undefined, event: Event, audience: Audience, times: Times): void {
    const data = channel && this.frame(event, audience, times);
    if (data !== undefined) channel?.publish(data);
  }

  private frame(event: Event, audience: Audience, times: Times): string | undefined {
    const { catalogue } = this.parts;
    if (event.kind === 'marginWarning') return marginWarningFrame(event, times);
    if (event.kind === 'liquidationStarted') return startedFrame(event, audience, times);
    if (event.kind === 'liquidationEnded') return endedFrame(event, audience, catalogue, times);
    const row = liquidationStepOf(event, times.engineUs as TimeUs);
    const step = row && stepAnswer(row, catalogue);
    const liquidationId = this.running.get(whose(event) ?? 0);
    if (step === undefined || liquidationId === undefined) return undefined;
    return stepFrame(liquidationId, step, times);
  }
}
