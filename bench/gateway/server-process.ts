// Answers the bench's questions about the server process that it runs in.
import { Session } from 'node:inspector';
import { hotSpotsOf } from '../profile.js';
import { cpuSeconds } from './cpu.js';
import type { ServerReply, ServerRequest } from './messages.js';

function reply(message: ServerReply): void {
  process.send?.(message);
}

/** Reports `url` and serves questions until told to stop. */
export function answerBench(url: string, close: () => Promise<void>): void {
  const session = new Session();
  session.connect();
  process.on('message', (request: ServerRequest) => {
    if (request === 'cpu') reply({ kind: 'cpu', cpu: cpuSeconds() });
    if (request === 'memory') reply({ kind: 'memory', residentBytes: process.memoryUsage.rss() });
    if (request === 'startProfile') {
      session.post('Profiler.enable');
      session.post('Profiler.start');
    }
    if (request === 'stopProfile') {
      session.post('Profiler.stop', (error, stopped) => {
        if (error === null) reply({ kind: 'profile', hotSpots: hotSpotsOf(stopped.profile) });
      });
    }
    if (request === 'stop') void close().then(() => process.exit(0));
  });
  reply({ kind: 'listening', url });
}
