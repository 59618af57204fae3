import { Random } from '@glasshouse/testkit';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AccountLists } from '../../src/state/watch/account-lists.js';

const LISTS = 5;
const ACCOUNTS = 30;

function contents(lists: AccountLists, list: number): number[] {
  const found: number[] = [];
  for (let id = lists.first(list); id !== 0; id = lists.after(id)) found.push(id);
  return found;
}

it('keeps accounts in the order in which they came, whatever is taken out and joined', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = new Random(seed);
      const lists = new AccountLists(LISTS);
      const model: number[][] = Array.from({ length: LISTS + 1 }, () => []);
      for (let step = 0; step < 100; step += 1) {
        const accountId = random.between(1, ACCOUNTS);
        const list = random.between(1, LISTS);
        const from = random.between(1, LISTS);
        if (random.chance(10) && from !== list) {
          lists.join(from, list);
          model[list]?.push(...(model[from]?.splice(0) ?? []));
        } else {
          lists.ensure(accountId);
          lists.remove(accountId);
          for (const ids of model) if (ids.includes(accountId)) ids.splice(ids.indexOf(accountId), 1);
          expect(lists.isListed(accountId)).toBe(false);
          if (random.chance(30)) continue;
          lists.add(list, accountId);
          model[list]?.push(accountId);
        }
        const found = model.map((_, each) => (each === 0 ? [] : contents(lists, each)));
        expect(found).toEqual(model);
        expect(lists.isEmpty(list)).toBe(model[list]?.length === 0);
      }
    }),
  );
});
