import type { IncomingMessage, ServerResponse } from 'node:http';
import { pairsOf } from './header-lines.ts';

/** Passes on `102 Processing` and `103 Early Hints`; 100 was said when the body was asked for. */
export function passInterim(
  response: ServerResponse,
  { httpVersionMinor }: IncomingMessage,
  { statusCode, headers }: { readonly statusCode: number; readonly headers: IncomingMessage['headers'] },
): void {
  if (httpVersionMinor === 0 || response.headersSent || response.destroyed) return;
  if (statusCode === 102) response.writeProcessing();
  const { link } = headers;
  if (statusCode !== 103 || link === undefined) return;
  try {
    response.writeEarlyHints({ link: link as string });
  } catch {
    // Node refuses links that it finds malformed; hints may be lost.
  }
}

/** Ends an answer as the upstream did, with the fields that came behind the body. */
export function finish(response: ServerResponse, { rawTrailers }: IncomingMessage): void {
  if (rawTrailers.length > 0 && response.chunkedEncoding) {
    response.addTrailers(pairsOf(rawTrailers));
  }
  response.end();
}
