// What the liquidation scan remembers from one sample to the next, so that it looks only at accounts that may have come near. None of
// it is state: it changes what is looked at, never what is found, and can be begun anew at any time.
import { KnownPrices } from './known-prices.js';
import { RadiusQueue } from './radius-queue.js';
import { Slack } from './slack.js';

export class MarginWatch {
  readonly slack = new Slack();
  readonly queue = new RadiusQueue();
  readonly known = new KnownPrices();
  /** How many accounts scans have valued since the process started. */
  looks = 0;
}
