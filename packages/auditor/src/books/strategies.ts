// What a strategy has executed is what the fills of its orders come to: never more than it is for, and no slice before its time.
import type { Event, OrderView, StrategyView } from '@glasshouse/protocol';
import type { FindingLog, Place } from './finding.js';

type Executed = { readonly strategy: StrategyView; lots: bigint; quote: bigint };

const US_PER_MS = 1000;

const placeOf = ({ accountId, marketId }: Pick<StrategyView, 'accountId' | 'marketId'>): Place => ({
  accountId,
  marketId,
});

const sameTerms = (order: OrderView, strategy: StrategyView): boolean =>
  order.accountId === strategy.accountId && order.marketId === strategy.marketId && order.side === strategy.side;

export class StrategyBook {
  readonly #running = new Map<number, Executed>();

  observe(event: Event, timeUs: number, findings: FindingLog): void {
    switch (event.kind) {
      case 'strategyCreated':
        this.#running.set(event.strategy.strategyId, { strategy: event.strategy, lots: 0n, quote: 0n });
        return;
      case 'orderFilled':
        if (event.order.strategyId === undefined) return;
        return this.#fill(event.order, BigInt(event.fill.sizeLots), BigInt(event.fill.quoteAtoms), findings);
      case 'strategySliced':
        checkTime(event.strategy, timeUs, findings);
        return this.#compare(event.strategy, findings);
      case 'strategyEnded':
        this.#compare(event.strategy, findings);
        this.#running.delete(event.strategy.strategyId);
        return;
    }
  }

  #fill(order: OrderView, lots: bigint, quote: bigint, findings: FindingLog): void {
    const executed = this.#running.get(order.strategyId ?? 0);
    if (executed === undefined || !sameTerms(order, executed.strategy)) {
      findings.add('strategyFollows', placeOf(order), 'a strategy that runs', `a fill for ${order.strategyId}`);
      return;
    }
    executed.lots += lots;
    executed.quote += quote;
    const { sizeLots } = executed.strategy;
    if (executed.lots > BigInt(sizeLots)) findings.add('strategyFollows', placeOf(order), sizeLots, executed.lots);
  }

  #compare(strategy: StrategyView, findings: FindingLog): void {
    const { lots, quote } = this.#running.get(strategy.strategyId) ?? { lots: 0n, quote: 0n };
    findings.expectSame('strategyFollows', placeOf(strategy), lots, strategy.filledLots);
    findings.expectSame('strategyFollows', placeOf(strategy), quote, strategy.filledQuoteAtoms);
  }
}

function checkTime(strategy: StrategyView, timeUs: number, findings: FindingLog): void {
  const { createdUs, intervalMs, slices, slicesDone } = strategy;
  const dueUs = createdUs + (slicesDone - 1) * intervalMs * US_PER_MS;
  if (timeUs < dueUs) findings.add('slicesInTime', placeOf(strategy), `not before ${dueUs}`, timeUs);
  if (slicesDone > slices) findings.add('slicesInTime', placeOf(strategy), `at most ${slices} slices`, slicesDone);
}
