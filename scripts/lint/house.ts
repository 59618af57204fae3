// Checks the house rules of the repository in the working directory: imports, workspaces, sources.

import { importViolations } from './import-violations.js';
import { readSourceFiles, sourcePaths } from './source-file.js';
import { sourceViolations } from './source-violations.js';
import { workspaceViolations } from './workspace-violations.js';

const root = process.cwd();
const paths = sourcePaths(root);
const violations = [
  ...importViolations(readSourceFiles(root)),
  ...workspaceViolations(root),
  ...sourceViolations(root, paths),
];
for (const violation of violations) console.error(violation);
console.log(`house rules: ${paths.length} files, ${violations.length} violations`);
process.exitCode = violations.length === 0 ? 0 : 1;
