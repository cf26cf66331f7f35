import type { ServerResponse } from 'node:http';
import { unasked, varying } from './cors.ts';
import type { Answer, Exchange, Headers } from './exchange.ts';
import { rendered } from './negotiation.ts';

/**
 * Writes an answer. Bodies are left out where there must be none: of HEAD, 204, 205 and 304 (RFC 9110, section 6.4.1). Nothing
 * happens when the caller has gone or a stage has broken the connection off.
 */
export function send(exchange: Exchange, unwritten: Answer): void {
  const { response, method } = exchange;
  if (response.headersSent || response.destroyed || response.socket?.destroyed) return;
  const answer = rendered(exchange, unwritten);
  const { status, body } = answer;
  const lines = linesOf(exchange, answer);
  // What has no body by its status says nothing of its length; neither does HEAD, where a stage has answered without one.
  if (body === null && !bodiless.has(status) && method !== 'HEAD') lines.push('content-length', '0');
  const isWritten = body !== null && !bodiless.has(status);
  const bytes = isWritten && 'bytes' in body ? body.bytes : undefined;
  if (isWritten) lines.push('content-type', body.mediaType);
  if (bytes !== undefined) lines.push('content-length', String(Buffer.byteLength(bytes)));
  // In one go, and as a list: headers that are set one by one are kept by name, which nobody needs.
  response.writeHead(status, lines);
  if (isWritten && 'stream' in body) stream(exchange, body.stream);
  else finish(exchange, answer.headers, method === 'HEAD' ? undefined : bytes);
}

/** The header as names and values in turn. */
function linesOf(exchange: Exchange, { headers }: Answer): (string | string[])[] {
  const { id, method } = exchange;
  const lines: (string | string[])[] = ['x-request-id', id, 'x-content-type-options', 'nosniff', ...unasked(exchange)];
  // Without a word on it, browsers would show again what they have got a while ago (RFC 9111, section 4.2.2).
  const isRead = method === 'GET' || method === 'HEAD';
  if (isRead && headers['cache-control'] === undefined) lines.push('cache-control', 'no-cache');
  for (const name in headers) if (name !== 'vary') lines.push(name, sane(headers[name]));
  const { vary } = headers;
  if (exchange.context.settings.cors && exchange.request.headers.origin === undefined)
    lines.push('vary', varying(vary));
  else if (vary !== undefined) lines.push('vary', sane(vary));
  return lines;
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
function finish({ request, response }: Exchange, headers: Headers, bytes?: Buffer | string): void {
  if (request.complete || headers['connection'] !== 'close') {
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
