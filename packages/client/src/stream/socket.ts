// One WebSocket with a pulse: a connection whose other end has gone silent is closed, not waited for.
import { WebSocket } from 'ws';

export type SocketHandlers = {
  readonly onOpen: () => void;
  readonly onText: (text: string) => void;
  /** Once, whatever the reason. */
  readonly onClosed: (reason: string) => void;
};

export type Socket = { readonly send: (text: string) => void; readonly close: () => void };

const HANDSHAKE_TIMEOUT_MS = 10_000;

function startPulse(socket: WebSocket, everyMs: number): NodeJS.Timeout {
  let answered = true;
  socket.on('pong', () => {
    answered = true;
  });
  const beat = (): void => {
    if (!answered) {
      socket.terminate();
      return;
    }
    answered = false;
    socket.ping();
  };
  return setInterval(beat, everyMs).unref();
}

export function openSocket(url: string, pulseMs: number, handlers: SocketHandlers): Socket {
  const socket = new WebSocket(url, { handshakeTimeout: HANDSHAKE_TIMEOUT_MS });
  let problem = '';
  let pulse: NodeJS.Timeout | undefined;
  socket.on('open', () => {
    pulse = startPulse(socket, pulseMs);
    handlers.onOpen();
  });
  socket.on('message', (bytes, isBinary) => {
    if (!isBinary) handlers.onText(String(bytes));
  });
  socket.on('error', (error) => {
    problem = error.message;
  });
  socket.on('close', (code, reason) => {
    clearInterval(pulse);
    handlers.onClosed(problem === '' ? `closed with ${code} ${String(reason)}`.trim() : problem);
  });
  return {
    send: (text) => socket.send(text),
    close: () => (socket.readyState === WebSocket.CONNECTING ? socket.terminate() : socket.close(1000)),
  };
}
