// `lab`: crashes played through the real core, and the published table of auto-deleveraging with our policies in it.
import { Command, InvalidArgumentError } from 'commander';
import type { LabArguments } from '../lab/run.js';

function seed(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number of at most nine digits.');
}

const HELP = `
Recorded data is not shipped: --data names a folder that has it.

Examples:
  $ glasshouse lab waves --data ./recordings`;

export function labCommand(): Command {
  return new Command('lab')
    .summary('crashes played through the real core, and what its designs make of them')
    .description('Plays a scenario, or `waves`: the auto-deleveraging of 10 October 2025 under four policies.')
    .argument('<scenario>', 'what to play')
    .option('--data <dir>', 'folder with recorded data')
    .option('--seed <number>', 'of everything that is drawn', seed, 1)
    .option('--json', 'print the result as JSON')
    .action(async (scenario: string, given: LabArguments) => {
      const { runLab } = await import('../lab/run.js');
      await runLab(scenario, given);
    })
    .addHelpText('after', HELP);
}
