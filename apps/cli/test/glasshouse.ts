// The command line as a user has it: the built program in a process of its own.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const runFile = promisify(execFile);

export type Outcome = { readonly code: number; readonly stdout: string; readonly stderr: string };

export async function glasshouse(...words: string[]): Promise<Outcome> {
  try {
    return { code: 0, ...(await runFile(process.execPath, [MAIN, ...words])) };
  } catch (failure) {
    return failure as Outcome;
  }
}
