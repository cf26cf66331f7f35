import type { IncomingMessage } from 'node:http';

/**
 * All bytes of a request's body, as sent; never holds more than `most`. What is too large is read on and dropped, so that the
 * refusal reaches a caller who is still sending: the time that a request may take bounds that.
 */
export function incomingBytes(request: IncomingMessage, most: number): Promise<Buffer | 'too large' | 'aborted'> {
  return new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= most) {
        chunks.push(chunk);
        return;
      }
      chunks = [];
      resolve('too large');
    });
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    request.on('close', () => resolve('aborted'));
    // An error that nobody hears ends the process.
    request.on('error', () => resolve('aborted'));
    if (request.destroyed) resolve('aborted');
  });
}
