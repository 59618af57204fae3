import { withRoom } from '../columns.js';

/**
 * Accounts in doubly linked lists, each account in at most one: to put in, to take out and to join two lists costs the same
 * however long they are. Lists have numbers from 1.
 */
export class AccountLists {
  /** Heads first, then accounts. A list is a circle through its head; an account whose next is 0 is in none. */
  #next: Int32Array;
  #before: Int32Array;

  constructor(private readonly lists: number) {
    this.#next = Int32Array.from({ length: lists + 1 }, (_, head) => head);
    this.#before = this.#next.slice();
  }

  ensure(accountId: number): void {
    this.#next = withRoom(this.#next, this.lists + accountId);
    this.#before = withRoom(this.#before, this.lists + accountId);
  }

  isListed(accountId: number): boolean {
    return (this.#next[this.lists + accountId] ?? 0) !== 0;
  }

  isEmpty(list: number): boolean {
    return this.#next[list] === list;
  }

  /** 0 of an empty list. */
  first(list: number): number {
    return this.#accountOf(this.#next[list] as number);
  }

  /** 0 after the last. */
  after(accountId: number): number {
    return this.#accountOf(this.#next[this.lists + accountId] as number);
  }

  /** At the end. The account is in no list, and there is room for it. */
  add(list: number, accountId: number): void {
    const cell = this.lists + accountId;
    const last = this.#before[list] as number;
    this.#next[last] = cell;
    this.#before[cell] = last;
    this.#next[cell] = list;
    this.#before[list] = cell;
  }

  /** Nothing happens to an account that is in none. */
  remove(accountId: number): void {
    if (!this.isListed(accountId)) return;
    const cell = this.lists + accountId;
    const next = this.#next[cell] as number;
    const before = this.#before[cell] as number;
    this.#next[before] = next;
    this.#before[next] = before;
    this.#next[cell] = 0;
  }

  /** Moves all of one list to the end of another. */
  join(from: number, to: number): void {
    if (this.isEmpty(from)) return;
    const first = this.#next[from] as number;
    const last = this.#before[from] as number;
    const end = this.#before[to] as number;
    this.#next[end] = first;
    this.#before[first] = end;
    this.#next[last] = to;
    this.#before[to] = last;
    this.#next[from] = from;
    this.#before[from] = from;
  }

  #accountOf(cell: number): number {
    return cell > this.lists ? cell - this.lists : 0;
  }
}
