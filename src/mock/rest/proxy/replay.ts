import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

/** A request whose body was read already, as it was before: for those who want to read it themselves. */
export function replayOf(request: IncomingMessage, bytes: Buffer): IncomingMessage {
  const { method, url, headers, rawHeaders, headersDistinct, httpVersion, socket } = request;
  const body = Readable.from(bytes.length > 0 ? [bytes] : [], { objectMode: false });
  return Object.assign(body, {
    method,
    url,
    headers,
    rawHeaders,
    headersDistinct,
    httpVersion,
    socket,
    complete: true,
    trailers: {},
  }) as unknown as IncomingMessage;
}
