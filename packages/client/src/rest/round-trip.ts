// One request and its whole answer over node:http. Not fetch: under Node 20 it opens a new connection for every DELETE with a body.
import { Agent, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps, Agent as SecureAgent } from 'node:https';

export type HttpRequest = {
  /** Name of the operation, for errors. */
  readonly operation: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly timeoutMs: number;
};

export type HttpAnswer = {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly text: string;
};

/** Shorter than any server keeps an idle connection, so that a request does not meet its end. */
const IDLE_MS = 30_000;
const agentOptions = { keepAlive: true, timeout: IDLE_MS };
const agent = new Agent(agentOptions);
const secureAgent = new SecureAgent(agentOptions);

async function textOf(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += String(chunk);
  return text;
}

function respond({ method, url, headers, body, timeoutMs }: HttpRequest): Promise<IncomingMessage> {
  const secure = url.startsWith('https:');
  const length: Record<string, number> = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  const options = {
    method,
    agent: secure ? secureAgent : agent,
    headers: { ...headers, ...length },
    signal: AbortSignal.timeout(timeoutMs),
  };
  return new Promise((resolve, reject) => {
    const sent = secure ? requestHttps(url, options, resolve) : requestHttp(url, options, resolve);
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Rejects when no whole answer came back in time. */
export async function roundTrip(request: HttpRequest): Promise<HttpAnswer> {
  const response = await respond(request);
  const { statusCode = 0, headers } = response;
  return { status: statusCode, retryAfter: headers['retry-after'], text: await textOf(response) };
}
