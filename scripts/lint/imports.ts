// Checks the import rules of the repository in the working directory.

import { importViolations } from './import-violations.js';
import { readSourceFiles } from './source-file.js';

const files = readSourceFiles(process.cwd());
const violations = importViolations(files);
for (const violation of violations) console.error(violation);
console.log(`imports: ${files.length} files, ${violations.length} violations`);
process.exitCode = violations.length === 0 ? 0 : 1;
