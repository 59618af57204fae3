import { describe, expect, test } from 'vitest';
import { calibratePopulation } from '../../src/calibration/population.js';
import { readScenario } from '../../src/scenario/catalogue.js';
import { RECORDINGS, recordingsPresent } from '../recordings.js';

const HIGH_LEVERAGE = 8;

describe.runIf(recordingsPresent)('the recorded accounts of 10 October 2025', () => {
  const classes = recordingsPresent ? calibratePopulation(RECORDINGS) : [];

  test.each(['covid', 'ftx', 'luna', 'tariff-crash', 'usdc-depeg', 'yen-carry'])('are those of %s', (name) => {
    expect(readScenario(name).population.classes).toEqual(classes);
  });

  test('have less leverage the larger they are', () => {
    const high = classes.map(({ leverage }) =>
      leverage.reduce((sum, [level, share]) => (level >= HIGH_LEVERAGE ? sum + share : sum), 0),
    );
    expect(high.length).toBeGreaterThan(2);
    expect(high).toEqual(high.toSorted((a, b) => b - a));
  });

  test('are counted once each', () => {
    expect(classes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 3);
    for (const { leverage } of classes) {
      expect(leverage.reduce((sum, [, share]) => sum + share, 0)).toBeCloseTo(1, 3);
    }
  });
});
