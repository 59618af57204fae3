import { describe, expect, test } from 'vitest';
import { calibrateDepth, calibrateProfile } from '../../src/calibration/depth.js';
import { readScenario, scenarioNames } from '../../src/scenario/catalogue.js';
import { RECORDINGS, recordingsPresent } from '../recordings.js';

describe.runIf(recordingsPresent)('the recorded book of 10 October 2025', () => {
  const fitted = recordingsPresent ? calibrateDepth(RECORDINGS) : { ahead: 0, behind: 0 };

  test('thins faster on the side that the price moves into', () => {
    expect(fitted.ahead).toBeLessThan(fitted.behind);
  });

  test('is what the makers of every scenario are made after', () => {
    for (const name of scenarioNames()) {
      const { halfDepth } = readScenario(name).makers;
      expect(halfDepth.ahead).toBeCloseTo(fitted.ahead, 4);
      expect(halfDepth.behind).toBeCloseTo(fitted.behind, 4);
    }
  });

  test('says how the depth of every scenario lies', () => {
    const recorded = calibrateProfile(RECORDINGS);
    for (const name of scenarioNames()) {
      const { profile } = readScenario(name).makers;
      expect(profile.map(([distance]) => distance)).toEqual(recorded.map(([distance]) => distance));
      profile.forEach(([, share], place) => {
        expect(share).toBeCloseTo(recorded[place]?.[1] ?? 0, 3);
      });
    }
  });
});
