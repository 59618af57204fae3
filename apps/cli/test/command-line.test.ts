import { describe, expect, test } from 'vitest';
import { haveRecordings, recording } from './flow/recordings.js';
import { glasshouse } from './glasshouse.js';

describe('the command line', () => {
  test('says on stderr what it cannot do, with exit code 1', async () => {
    const { code, stdout, stderr } = await glasshouse('flow', 'bitstamp', 'no-such-file');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain("no such file or directory, open 'no-such-file'");
  });

  test.each([
    [['nonsense']],
    [['flow', 'bitstamp']],
    [['flow', 'lobster', 'x', '--nonsense']],
    [['bench', 'nothing']],
    [['start', '--port', '99999']],
  ])('answers %j with exit code 2', async (words) => {
    expect((await glasshouse(...words)).code).toBe(2);
  });

  test.each([[['--help']], [['flow', '--help']], [['flow', 'lobster', '--help']], [['help', 'flow']]])(
    'answers %j on stdout with exit code 0',
    async (words) => {
      const { code, stdout } = await glasshouse(...words);
      expect(code).toBe(0);
      expect(stdout).toContain('Usage: glasshouse');
    },
  );

  test('runs a benchmark with the options of its own', async () => {
    const words = [
      'bench',
      'core',
      '--commands',
      '500',
      '--accounts',
      '10',
      '--resting',
      '50',
      '--rounds',
      '1',
      '--json',
    ];
    const { code, stdout } = await glasshouse(...words);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ rates: [{ name: 'events read' }, {}, {}] });
  });

  test.skipIf(!haveRecordings)('ends with exit code 1 when the books differ', async () => {
    const messages = recording('lobster_aapl_2012-06-21_0930-1030_messages_l50.csv.gz');
    const expected = recording('lobster_aapl_expected_depth10_first999.csv.gz');
    // Without the opening orders no early book can be equal.
    const { code, stdout } = await glasshouse('flow', 'lobster', messages, '--expect-depth', expected, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ checks: [{ name: 'books', passed: false }, {}, {}, {}] });
  });
});
