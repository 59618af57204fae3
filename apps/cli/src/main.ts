import { inlineMore } from '@glasshouse/exchange';
import { EXIT, run } from './index.js';

inlineMore();

// Whoever reads our output may stop reading, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.done);
  throw error;
});

process.exitCode = await run(process.argv);
