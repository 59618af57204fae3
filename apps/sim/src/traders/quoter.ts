// Answers requests for quotes around the fair price, out of a maker's account, so that whoever asks in the sandbox is answered.
import { ExchangeError, type RfqUpdateFrame, StreamClient } from '@glasshouse/client';
import type { Random } from '@glasshouse/price-feed';
import type { LiveMarket } from '../market/live-market.js';
import { type Desk, desksFor, quoteFor } from './desk.js';
import type { Participant } from './participant.js';
import type { Trader } from './trader.js';

/** Whoever asks for a quote waits for it. */
const PAUSE_MS = 150;
const SPREAD_NOISE = 0.3;
const STREAM = { kind: 'rfqUpdate', symbol: null } as const;

export class Quoter implements Participant {
  private asked: RfqUpdateFrame[] = [];
  private stream: StreamClient | undefined;
  private desks: ReadonlyMap<string, Desk> | undefined;

  constructor(
    private readonly trader: Trader,
    private readonly markets: readonly LiveMarket[],
    private readonly halfSpread: number,
    private readonly random: Random,
  ) {}

  get name(): string {
    return `${this.trader.name} (quotes)`;
  }

  readonly pauseMs = (): number => PAUSE_MS;

  readonly register = (): Promise<void> => this.trader.register();

  /** The account is a maker's, who looks after its stock. */
  readonly topUp = async (): Promise<readonly string[]> => [];

  /** Quotes end by themselves. */
  readonly leave = async (): Promise<void> => this.stream?.close();

  /** Quotes what was asked for since the last turn. */
  readonly step = async (): Promise<void> => {
    this.desks ??= await desksFor(this.trader.client, this.markets);
    this.listen();
    for (const frame of this.asked.splice(0)) await this.quote(frame, this.desks.get(frame.s));
  };

  /** An exchange that has forgotten the account refuses the stream: the next turn asks again. */
  private listen(): void {
    if (this.stream !== undefined) return;
    const onError = () => {
      this.stream?.close();
      this.stream = undefined;
    };
    this.stream = new StreamClient({ client: this.trader.client, onError });
    this.stream.subscribe(STREAM, (frame) => {
      if (frame.e === 'rfqActive') this.asked.push(frame);
    });
  }

  private async quote(frame: RfqUpdateFrame, desk: Desk | undefined): Promise<void> {
    if (desk === undefined) return;
    const halfSpread = this.halfSpread * this.random.between(1 - SPREAD_NOISE, 1 + SPREAD_NOISE);
    try {
      await this.trader.client.submitQuote({ rfqId: String(frame.R), ...quoteFor(desk, halfSpread) });
    } catch (error) {
      // Too large for the stock, or over already: whoever asked is served by others or asks again.
      if (!(error instanceof ExchangeError) || error.outcomeUnknown) throw error;
    }
  }
}
