// The ceiling: node:http with nothing behind it. Reads the order, parses it, answers as many bytes as the exchange would.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerBench } from './server-process.js';

const ANSWER_BYTES = 420;

function answer(request: IncomingMessage, response: ServerResponse): void {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (part: string) => {
    body += part;
  });
  request.on('end', () => {
    const text = JSON.stringify({ ...JSON.parse(body), padding: '' });
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': ANSWER_BYTES });
    response.end(text.padEnd(ANSWER_BYTES));
  });
}

const server = createServer(answer);
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  answerBench(`http://127.0.0.1:${port}`, async () => {
    server.closeAllConnections();
    server.close();
  });
});
