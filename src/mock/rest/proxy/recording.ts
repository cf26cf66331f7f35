import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { Gathered } from './gathering.ts';
import { Capture, type Passed } from './har.ts';
import type { Passage } from './proxy.ts';
import type { Asked } from './upstream.ts';

/** A request that is being recorded. */
export class Recording {
  readonly #passage: Passage;
  readonly #asked: Asked;
  readonly #url: string;
  readonly #body: Capture | null;
  readonly #done: (passed: Passed) => void;
  readonly #sent = performance.now();

  constructor(passage: Passage, asked: Asked, read: Gathered | null, url: string, done: (passed: Passed) => void) {
    this.#passage = passage;
    this.#asked = asked;
    this.#url = url;
    this.#done = done;
    this.#body = read && capture(read.kind === 'whole' ? [read.bytes] : read.chunks, asked.body?.rest ?? null);
  }

  failed(reason: string): void {
    this.#done({ ...this.#common(performance.now(), performance.now()), answer: null, comment: reason });
  }

  answered(incoming: IncomingMessage): void {
    const begun = performance.now();
    const body = new Capture();
    incoming.on('data', (chunk: Buffer) => body.take(chunk));
    // Nothing flows until somebody else reads.
    incoming.pause();
    incoming.once('close', () => {
      const { statusCode = 0, statusMessage = '', httpVersion, rawHeaders: headers, complete } = incoming;
      this.#done({
        ...this.#common(begun, performance.now()),
        answer: { status: statusCode, statusText: statusMessage, httpVersion, headers, body },
        ...(!complete && { comment: 'The answer broke off.' }),
      });
    });
  }

  #common(begun: number, ended: number): Omit<Passed, 'answer' | 'comment'> {
    const { exchange, violations, start } = this.#passage;
    const { request, method } = this.#asked;
    const took = { send: this.#sent - start, wait: begun - this.#sent, receive: ended - begun };
    const { httpVersion, rawHeaders: headers } = request;
    return { at: exchange.at, method, url: this.#url, httpVersion, headers, body: this.#body, violations, took };
  }
}

function capture(read: readonly Buffer[], rest: Readable | null): Capture {
  const body = new Capture();
  for (const chunk of read) body.take(chunk);
  if (rest) {
    rest.on('data', (chunk: Buffer) => body.take(chunk));
    rest.pause();
  }
  return body;
}
