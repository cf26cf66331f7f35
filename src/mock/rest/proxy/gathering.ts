import type { Readable } from 'node:stream';

/** What was read of a body: all of it; or a part, after which it goes on in the stream; or what came before it broke off. */
export type Gathered =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  | { readonly kind: 'part'; readonly chunks: readonly Buffer[]; readonly because: string }
  | { readonly kind: 'broken'; readonly chunks: readonly Buffer[] };

/**
 * Reads a body as far as it can be held: up to `most` bytes, and as long as it keeps coming.
 * @param patience milliseconds without a byte after which it is left to go on by itself: some JSON never ends
 */
export function gather(stream: Readable, most: number, patience: number): Promise<Gathered> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (outcome: Gathered): void => {
      clearTimeout(timer);
      stream.off('data', take);
      stream.off('end', end);
      stream.off('close', breakOff);
      resolve(outcome);
    };
    const leave = (because: string): void => {
      stream.pause();
      settle({ kind: 'part', chunks, because });
    };
    const take = (chunk: Buffer): void => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > most) leave(`it has more than ${most} bytes`);
      else timer.refresh();
    };
    const end = (): void => settle({ kind: 'whole', bytes: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks) });
    const breakOff = (): void => settle({ kind: 'broken', chunks });
    const timer = setTimeout(() => leave(`it had not ended after ${patience} ms without a byte`), patience);
    stream.on('data', take);
    stream.on('end', end);
    stream.on('close', breakOff);
    // Heard here and for as long as the stream lives: an error that nobody hears ends the process.
    stream.on('error', breakOff);
    if (stream.destroyed) breakOff();
    else stream.resume();
  });
}
