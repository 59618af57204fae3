import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import type { CpuSeconds } from './messages.js';

const TICKS_PER_SECOND = 100;
/** Fields of /proc/PID/task/TID/stat after the name in brackets: user and system time are the 12th and 13th. */
const USER_FIELD = 11;

/** CPU of this process. Where /proc does not tell the main thread's own (outside Linux) it counts as everything. */
export function cpuSeconds(): CpuSeconds {
  const { user, system } = process.cpuUsage();
  const all = (user + system) / 1e6;
  try {
    const stat = readFileSync(`/proc/self/task/${process.pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(fields[USER_FIELD]) + Number(fields[USER_FIELD + 1]);
    return { main: ticks / TICKS_PER_SECOND, all };
  } catch {
    return { main: all, all };
  }
}

/** Seconds that the machine's cores have spent on anything. */
export function machineCpuSeconds(): number {
  const busyMs = cpus().reduce((sum, { times }) => sum + times.user + times.sys + times.nice + times.irq, 0);
  return busyMs / 1000;
}
