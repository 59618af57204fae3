#!/usr/bin/env node
// `npx glasshouse COMMAND` in a clone: installs and builds what is missing, then runs the command.

import { becomeCommandLine } from './bootstrap/command-line.mjs';

await becomeCommandLine(process.argv.slice(2));
