// Fails on a known high or critical vulnerability in a package that ships. Where the registry does not answer such
// questions (offline, a mirror), it says so and lets pass: it is news from outside, not a property of this clone.

import { spawnSync } from 'node:child_process';
import { ROOT } from '../bootstrap/ready.mjs';

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
  cwd: ROOT,
  encoding: 'utf8',
  shell: process.platform === 'win32',
});
/** @type {{ metadata?: { vulnerabilities: Record<string, number> }, vulnerabilities?: Record<string, { severity: string }> }} */
const report = JSON.parse(stdout || '{}');
const counts = report.metadata?.vulnerabilities;

if (counts === undefined) {
  console.log('audit: the registry gave no answer; not checked');
} else {
  const grave = Object.entries(report.vulnerabilities ?? {}).filter(([, { severity }]) =>
    /^(high|critical)$/.test(severity),
  );
  for (const [name, { severity }] of grave) console.error(`audit: ${name}: ${severity}`);
  console.log(`audit: ${counts['total']} known vulnerabilities in what ships, ${grave.length} high or critical`);
  process.exitCode = grave.length === 0 ? 0 : 1;
}
