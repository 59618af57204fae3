// Liveness: this process answers. Readiness: the exchange behind it answers too.
import type { FastifyInstance } from 'fastify';
import type { ExchangePort } from '../ports.js';

const READY_TIMEOUT_MS = 2_000;

async function answersInTime(port: ExchangePort): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), READY_TIMEOUT_MS);
  });
  const answer = port.read(() => true).catch(() => false);
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

export function addHealth(app: FastifyInstance, port: ExchangePort, isClosing: () => boolean): void {
  app.get('/healthz', (_request, reply) => reply.send({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const ready = !isClosing() && (await answersInTime(port));
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'unavailable' });
  });
}
