import { Command } from 'commander';
import { accountCommand } from './commands/account.js';
import { benchCommand } from './commands/bench.js';
import { dataCommand } from './commands/data.js';
import { flowCommand } from './commands/flow.js';
import { historyCommand } from './commands/history.js';
import { labCommand } from './commands/lab.js';
import { replayCommand, stateCommand, verifyCommand } from './commands/log-commands.js';
import { pricesCommand } from './commands/prices.js';
import { startCommand } from './commands/start.js';

// Commands load what they need when they run: help must not wait for a web server.
const EXIT_CODES = `
Exit codes:
  0  done
  1  something differs, is damaged or failed
  2  the command line makes no sense
  3  start: the exchange stopped by itself`;

export function program(): Command {
  return new Command('glasshouse')
    .description('An open exchange you can see through.')
    .helpCommand(true)
    .enablePositionalOptions()
    .addCommand(startCommand())
    .addCommand(accountCommand())
    .addCommand(replayCommand())
    .addCommand(verifyCommand())
    .addCommand(stateCommand())
    .addCommand(historyCommand())
    .addCommand(pricesCommand())
    .addCommand(flowCommand())
    .addCommand(labCommand())
    .addCommand(dataCommand())
    .addCommand(benchCommand())
    .addHelpText('after', EXIT_CODES);
}
