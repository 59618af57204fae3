import { CommanderError } from 'commander';
import { EXIT } from './exit-codes.js';
import { program } from './program.js';

/** Runs one command line and returns its exit code. What is wrong is said in one line on stderr. */
export async function run(argv: readonly string[]): Promise<number> {
  const command = program();
  for (const each of [command, ...command.commands, ...command.commands.flatMap(({ commands }) => commands)])
    each.exitOverride();
  try {
    await command.parseAsync([...argv]);
    return Number(process.exitCode ?? EXIT.done);
  } catch (problem) {
    if (problem instanceof CommanderError) return problem.exitCode === 0 ? EXIT.done : EXIT.usage;
    console.error(`glasshouse: ${problem instanceof Error ? problem.message : String(problem)}`);
    return EXIT.failed;
  }
}
