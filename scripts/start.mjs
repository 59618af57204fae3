// `npm start -- OPTIONS`: installs and builds what is missing, then starts the exchange.

import { becomeCommandLine } from './bootstrap/command-line.mjs';

await becomeCommandLine(['start', ...process.argv.slice(2)]);
