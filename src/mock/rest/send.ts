import type { ServerResponse } from 'node:http';
import type { Answer, Exchange } from './exchange.ts';
import { rendered } from './negotiation.ts';

/**
 * Writes an answer. Bodies are left out where there must be none: of HEAD, 204, 205 and 304 (RFC 9110, section 6.4.1). Nothing
 * happens when the caller has gone or a stage has broken the connection off.
 */
export function send(exchange: Exchange, unwritten: Answer): void {
  const { response, method, id } = exchange;
  if (response.headersSent || response.destroyed || response.socket?.destroyed) return;
  const answer = rendered(exchange, unwritten);
  const { status, headers, body } = answer;
  response.statusCode = status;
  response.setHeader('x-request-id', id);
  for (const name in headers) response.setHeader(name, sane(headers[name]!));
  if (body === null || bodiless.has(status)) {
    // A HEAD answered by a stage without a body says nothing of its length; what has none by its status neither.
    if (!bodiless.has(status) && method !== 'HEAD') response.setHeader('content-length', 0);
    finish(exchange);
    return;
  }
  response.setHeader('content-type', body.mediaType);
  if ('stream' in body) {
    stream(exchange, body.stream);
    return;
  }
  const { bytes } = body;
  response.setHeader('content-length', typeof bytes === 'string' ? Buffer.byteLength(bytes) : bytes.length);
  finish(exchange, method === 'HEAD' ? undefined : bytes);
}

const bodiless = new Set([204, 205, 304]);

/** Header values may come from examples and samples: what HTTP does not allow in them is left out. */
function sane(value: string | readonly string[] | undefined): string | string[] {
  return typeof value === 'object' ? value.map(clean) : clean(value ?? '');
}

const forbidden = /[^\t\x20-\x7e\x80-\xff]/;
const clean = (value: string): string =>
  forbidden.test(value) ? value.replace(new RegExp(forbidden, 'g'), '') : value;

/** Ends a response. Where the caller still sends a body that nobody wants, the end waits a little, so that the answer is read. */
function finish({ request, response }: Exchange, bytes?: Buffer | string): void {
  if (request.complete || response.getHeader('connection') !== 'close') {
    response.end(bytes);
    return;
  }
  if (bytes === undefined) response.flushHeaders();
  else response.write(bytes);
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, lingering);
  request.once('close', end);
  request.once('end', end);
  request.resume();
}

/** Milliseconds that a refused upload is read on before the connection is closed: closing at once would lose the answer on its way. */
const lingering = 1000;

function stream(
  { method, response }: Exchange,
  write: (out: ServerResponse, signal: AbortSignal) => Promise<void>,
): void {
  if (method === 'HEAD') {
    response.end();
    return;
  }
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  response.flushHeaders();
  write(response, gone.signal).then(
    () => response.end(),
    () => response.destroy(),
  );
}
