// A venue with margin is the same for both books, watched or not, and after any number of restarts; its events tell all.
import { RiskHistory } from '@glasshouse/testkit';
import { describe, test } from 'vitest';
import { Replicas } from '../replicas.js';
import { COMMANDS, CUSTOMERS, seeds } from './history-run.js';

const CHECKPOINT = 100;

describe.each(seeds)('history %d', (seed) => {
  test('comes to one state in every replica, and to what its events say', () => {
    const history = new RiskHistory(seed, CUSTOMERS);
    const replicas = new Replicas(seed);
    for (let count = 1; count <= COMMANDS; count += 1) {
      for (const event of replicas.apply(history.next())) history.observe(event);
      if (count % CHECKPOINT === 0 || count === COMMANDS) replicas.expectEqual();
    }
  });
});
