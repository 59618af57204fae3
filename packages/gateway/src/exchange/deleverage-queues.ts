// Who would give way, market by market. To put a queue in order takes a look at every position, so that one picture serves all who
// ask within its lifetime.
import type { DeleverageQueueView } from '@glasshouse/protocol';
import type { ExchangePort } from '../ports.js';

/** As long as the interval at which profit is settled. */
const LIFETIME_US = 10_000_000;

type Kept = { readonly sinceUs: number; readonly queue: Promise<DeleverageQueueView | undefined> };

export class DeleverageQueues {
  private readonly kept = new Map<number, Kept>();

  constructor(private readonly port: ExchangePort) {}

  of(marketId: number): Promise<DeleverageQueueView | undefined> {
    const nowUs = this.port.nowUs();
    const known = this.kept.get(marketId);
    if (known !== undefined && nowUs - known.sinceUs < LIFETIME_US) return known.queue;
    const queue = this.port.read((view) => view.deleverageQueue(marketId));
    this.kept.set(marketId, { sinceUs: nowUs, queue });
    queue.catch(() => this.kept.delete(marketId));
    return queue;
  }
}
