// Progress for people: one line that renews itself on a terminal, a line every few seconds in a log.
// Always on stderr: stdout belongs to the command that was asked for.

const TERMINAL = process.stderr.isTTY === true;
const INTERVAL_MS = TERMINAL ? 200 : 5_000;

/** @param {string} text */
export function announce(text) {
  process.stderr.write(`glasshouse: ${text}\n`);
}

/**
 * Shows `describe()` and the time spent until `work` settles.
 * @template T
 * @param {() => string} describe
 * @param {Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProgress(describe, work) {
  const start = Date.now();
  const seconds = () => Math.round((Date.now() - start) / 1000);
  const show = () =>
    process.stderr.write(`${TERMINAL ? '\r\x1b[K' : ''}  ${describe()}, ${seconds()} s${TERMINAL ? '' : '\n'}`);
  const timer = setInterval(show, INTERVAL_MS);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    if (TERMINAL) process.stderr.write('\r\x1b[K');
  }
}
