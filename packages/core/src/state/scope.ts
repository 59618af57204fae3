// Where the running command stands and what it has touched. Scratch: empty between commands, never part of a snapshot.
import type { Emit } from '@glasshouse/protocol';
import type { Seq, TimeUs } from '@glasshouse/units';

/** How far back a level is looked for before it is announced a second time: a sweep touches neighbours in turn. */
const RECENT_LEVELS = 8;

export class CommandScope {
  seq = 0 as Seq;
  timeUs = 0 as TimeUs;
  emit: Emit | undefined = undefined;
  /** Signer; 0 for genesis and ticks. */
  keyId = 0;
  /** Account of the signer, 0 for service and operator keys. */
  accountId = 0;
  /** Element of the batch that is being worked on. */
  index = 0;
  /** Counts commands since the process started: stamps touched balances. */
  commandNumber = 0;

  /** Touched price levels, three cells each: market, side, ticks. */
  readonly levels: number[] = [];
  /** Touched balances, two cells each: account, asset. Kept only when somebody listens. */
  readonly balances: number[] = [];

  begin(seq: Seq, timeUs: TimeUs, emit: Emit | undefined): void {
    this.seq = seq;
    this.timeUs = timeUs;
    this.emit = emit;
    this.keyId = 0;
    this.accountId = 0;
    this.index = 0;
    this.commandNumber += 1;
    this.levels.length = 0;
    this.balances.length = 0;
  }

  touchLevel(marketId: number, side: number, ticks: number): void {
    const { levels } = this;
    const oldest = Math.max(0, levels.length - RECENT_LEVELS * 3);
    for (let cell = levels.length - 3; cell >= oldest; cell -= 3) {
      if (levels[cell + 2] === ticks && levels[cell + 1] === side && levels[cell] === marketId) return;
    }
    levels.push(marketId, side, ticks);
  }
}
