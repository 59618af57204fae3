import { Command } from 'commander';
import { flowCommand } from './commands/flow.js';

export function program(): Command {
  return new Command('glasshouse')
    .description('An open exchange you can see through.')
    .helpCommand(true)
    .showHelpAfterError('(glasshouse help shows what there is)')
    .addCommand(flowCommand())
    .addHelpText(
      'after',
      '\nExit codes:\n  0  done\n  1  something differs, is damaged or failed\n  2  the command line makes no sense',
    );
}
