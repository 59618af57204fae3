// `data`: recorded prices of a scenario, from the public archives of the venues that made them.
import { Command } from 'commander';
import type { DataArguments } from '../lab/data.js';

const DEFAULT_FOLDER = './recordings';

export function dataCommand(): Command {
  const get = new Command('get')
    .summary('download the recorded prices that a scenario plays')
    .description(
      'Downloads what a scenario names from the public archives of venues, and checks it against their checksums.\nWhat is there already is not fetched again; what was interrupted goes on.',
    )
    .argument('<scenario>', 'a scenario that ships, or the path of one')
    .option('--data <dir>', 'folder to put it in', DEFAULT_FOLDER)
    .option('--base-url <url>', 'of the archive, when it is mirrored elsewhere')
    .action(async (scenario: string, given: DataArguments) => {
      const { getData } = await import('../lab/data.js');
      await getData(scenario, given);
    })
    .addHelpText(
      'after',
      "\nExamples:\n  $ glasshouse data get yen-carry\n  $ glasshouse lab yen-carry --data ./recordings --design 'as designed'",
    );
  return new Command('data').summary('recorded prices for the laboratory').addCommand(get);
}
