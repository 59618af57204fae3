import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { ensureBuilt } from '../bootstrap/build.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const STOPS_ON_REQUEST = `
import { writeFileSync } from 'node:fs';
const say = (name) => writeFileSync(name, process.argv.slice(2).join(' '));
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => setTimeout(() => { say(signal); process.exit(7); }, 50));
}
setInterval(() => {}, 1000);
say('started');
`;
let clone: string;

/** A clone with nothing to install, whose command line is the program above. */
beforeAll(async () => {
  clone = realpathSync(mkdtempSync(join(tmpdir(), 'glasshouse-signals-')));
  for (const path of ['scripts/bootstrap', 'scripts/start.mjs', 'scripts/glasshouse.mjs']) {
    cpSync(join(ROOT, path), join(clone, path), { recursive: true });
  }
  chmodSync(join(clone, 'scripts/glasshouse.mjs'), 0o755);
  const { engines, scripts, bin } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  writeFileSync(
    join(clone, 'package.json'),
    JSON.stringify({ name: 'glasshouse', version: '1.0.0', type: 'module', engines, scripts, bin }),
  );
  const lock = JSON.stringify({ name: 'glasshouse', lockfileVersion: 3, packages: {} });
  mkdirSync(join(clone, 'node_modules/typescript/bin'), { recursive: true });
  for (const path of ['package-lock.json', 'node_modules/.package-lock.json']) writeFileSync(join(clone, path), lock);
  writeFileSync(join(clone, 'node_modules/typescript/bin/tsc'), '');
  writeFileSync(join(clone, 'tsconfig.json'), JSON.stringify({ references: [] }));
  mkdirSync(join(clone, 'apps/cli/dist'), { recursive: true });
  writeFileSync(join(clone, 'apps/cli/dist/main.js'), STOPS_ON_REQUEST);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await ensureBuilt(clone);
  vi.restoreAllMocks();
});
afterAll(() => rmSync(clone, { recursive: true }));

const appears = (file: string) =>
  vi.waitFor(() => expect(existsSync(join(clone, file))).toBe(true), { timeout: 30_000, interval: 20 });

test.each([
  ['npm start', 'npm', ['start', '--', '--port', '0'], 'SIGTERM', 'start --port 0'],
  ['npm start', 'npm', ['start'], 'SIGINT', 'start'],
  ['the bare program', process.execPath, ['scripts/glasshouse.mjs', 'state'], 'SIGTERM', 'state'],
] as const)(
  '%s passes its arguments in, a signal on and the exit code out',
  async (_, command, args, signal, received) => {
    const child = spawn(command, args, { cwd: clone, stdio: 'ignore' });
    const exit = once(child, 'exit');
    await appears('started');
    child.kill(signal);
    expect(await exit).toEqual([7, null]);
    expect(readFileSync(join(clone, signal), 'utf8')).toBe(received);
    for (const file of ['started', signal]) rmSync(join(clone, file));
  },
);

test('what npx started stops in good order when npx is told to stop', async () => {
  const child = spawn('npx', ['glasshouse', 'start'], { cwd: clone, stdio: 'ignore' });
  await appears('started');
  child.kill('SIGTERM');
  await appears('SIGTERM');
});
