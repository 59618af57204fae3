// `lab`: crashes played through the real core, and the published table of auto-deleveraging with our policies in it.
import { Command, InvalidArgumentError } from 'commander';
import type { LabArguments } from '../lab/run.js';

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number of at most nine digits.');
}

const added = (name: string, before: readonly string[] = []): readonly string[] => [...before, name];

const HELP = `
Without a scenario it lists those that ship. A scenario is a file: copy one, change it, and give its path.
Recorded prices are not shipped: 'glasshouse data get SCENARIO' downloads them, --data names their folder.

Examples:
  $ glasshouse lab
  $ glasshouse lab synthetic-crash
  $ glasshouse lab tariff-crash --data ./recordings --design 'as designed'
  $ glasshouse lab waves --data ./recordings`;

export function labCommand(): Command {
  return new Command('lab')
    .summary('crashes played through the real core, and what its designs make of them')
    .description(
      'Plays a scenario under each of its designs, prints what came of it and writes a report as one HTML page.',
    )
    .argument('[scenario]', 'a scenario that ships, the path of one, or `waves`')
    .option('--data <dir>', 'folder with recorded prices')
    .option('--seed <number>', "of everything that is drawn (default: the scenario's own)", wholeNumber)
    .option('--design <name>', 'only this design; may be given again', added)
    .option('--accounts <number>', 'size of the population', wholeNumber)
    .option('--out <file>', 'where the report goes (default: lab-report-SCENARIO.html)')
    .option('--json', 'print the tables as JSON')
    .action(async (scenario: string | undefined, given: LabArguments) => {
      const { runLab } = await import('../lab/run.js');
      runLab(scenario, given);
    })
    .addHelpText('after', HELP);
}
