import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{packages,apps}/*/test/**/*.test.ts', 'scripts/test/**/*.test.ts'],
    // Real processes share two cores with the other workers: generous limits, no timed assertions.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
