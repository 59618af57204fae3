// Where the running command stands and what it has touched. Scratch: empty between commands, never part of a snapshot.
import type { Emit, RejectDetails, RejectReason, Request } from '@glasshouse/protocol';
import type { Seq, TimeUs } from '@glasshouse/units';
import { NumberList } from './number-list.js';
import type { PositionTable } from './positions.js';

/** How far back a level is looked for before it is announced a second time: a sweep touches neighbours in turn. */
const RECENT_LEVELS = 8;

/** How far back a credit is looked for to be added to: a fill credits two accounts, one of them again and again. */
const RECENT_CREDITS = 4;

export type Refusal = { readonly reason: RejectReason; readonly details: RejectDetails };

export class CommandScope {
  seq = 0 as Seq;
  timeUs = 0 as TimeUs;
  emit: Emit | undefined = undefined;
  /** Signer; 0 for genesis and ticks. */
  keyId = 0;
  /** Account of the signer, 0 for service and operator keys. */
  accountId = 0;
  /** The signed request that is being carried out; undefined for genesis, ticks and what time brings. */
  request: Request | undefined = undefined;
  /** Element of the batch that is being worked on; −1 for what is placed on behalf of an account. */
  index = 0;
  /** An order is being placed on behalf of an account: a reject is no answer to the command. */
  onBehalf = false;
  /** Why the last order on behalf was refused. */
  refusal: Refusal | undefined = undefined;
  /** Counts commands since the process started: stamps touched balances. */
  commandNumber = 0;

  /** Touched price levels, three cells each: market, side, ticks; as many cells as `levelCells` says. */
  readonly levels: number[] = [];
  levelCells = 0;
  /** Touched balances, two cells each: account, asset; kept only when somebody listens. */
  readonly balances: number[] = [];
  balanceCells = 0;
  /** Accounts of which a position was reduced: their virtual profit and loss is settled with it. */
  readonly reduced = new NumberList();
  /** Touched positions, two cells each: account, market; kept only when somebody listens. */
  readonly positions: number[] = [];
  positionCells = 0;
  /** Credits that may repay or be lent, four cells each: account, asset, atoms, order flags. */
  readonly credits: number[] = [];
  creditCells = 0;
  /** Ids of the assets whose pools were touched; kept only when somebody listens. */
  readonly pools: number[] = [];
  poolCells = 0;
  /** Markets in which something has traded, and positions that have closed or turned (two cells each: account, market). */
  readonly traded = new NumberList();
  readonly turned = new NumberList();
  /** Trigger orders that the command has fired. */
  firedOrders = 0;

  begin(seq: Seq, timeUs: TimeUs, emit: Emit | undefined): void {
    this.seq = seq;
    this.timeUs = timeUs;
    this.emit = emit;
    this.keyId = 0;
    this.accountId = 0;
    this.request = undefined;
    this.index = 0;
    this.commandNumber += 1;
    this.levelCells = 0;
    this.balanceCells = 0;
    this.positionCells = 0;
    this.reduced.clear();
    this.creditCells = 0;
    this.poolCells = 0;
    this.traded.clear();
    this.turned.clear();
    this.firedOrders = 0;
  }

  noteTrade(marketId: number): void {
    if (!this.traded.has(marketId)) this.traded.add(marketId);
  }

  touchLevel(marketId: number, side: number, ticks: number): void {
    const { levels, levelCells } = this;
    const oldest = Math.max(0, levelCells - RECENT_LEVELS * 3);
    for (let cell = levelCells - 3; cell >= oldest; cell -= 3) {
      if (levels[cell + 2] === ticks && levels[cell + 1] === side && levels[cell] === marketId) return;
    }
    levels[levelCells] = marketId;
    levels[levelCells + 1] = side;
    levels[levelCells + 2] = ticks;
    this.levelCells = levelCells + 3;
  }

  /** The command took something off the account's position. */
  noteReduced(accountId: number): void {
    const { reduced } = this;
    if (reduced.count === 0 || reduced.at(reduced.count - 1) !== accountId) reduced.add(accountId);
  }

  touchPosition(positions: PositionTable, row: number): void {
    if (this.emit === undefined || !positions.touch(row, this.commandNumber)) return;
    this.positions[this.positionCells] = positions.accountId(row);
    this.positions[this.positionCells + 1] = positions.marketId(row);
    this.positionCells += 2;
  }

  touchBalance(accountId: number, assetId: number): void {
    const { balances, balanceCells } = this;
    balances[balanceCells] = accountId;
    balances[balanceCells + 1] = assetId;
    this.balanceCells = balanceCells + 2;
  }

  touchPool(assetId: number): void {
    this.pools[this.poolCells] = assetId;
    this.poolCells += 1;
  }

  addCredit(accountId: number, assetId: number, atoms: number, flags: number): void {
    const { credits, creditCells } = this;
    const oldest = Math.max(0, creditCells - RECENT_CREDITS * 4);
    for (let cell = creditCells - 4; cell >= oldest; cell -= 4) {
      if (credits[cell] !== accountId || credits[cell + 1] !== assetId || credits[cell + 3] !== flags) continue;
      (credits[cell + 2] as number) += atoms;
      return;
    }
    credits[creditCells] = accountId;
    credits[creditCells + 1] = assetId;
    credits[creditCells + 2] = atoms;
    credits[creditCells + 3] = flags;
    this.creditCells = creditCells + 4;
  }
}
