import type { IncomingMessage, ServerResponse } from 'node:http';
import { createHandler, type Request, type Response } from 'graphql-sse';
import type { Entrant } from './admission.ts';
import { refuse } from './http.ts';
import { explained, type Operations } from './operations.ts';

type StreamRequest = Request<IncomingMessage, Asked>;
interface Asked {
  readonly isStream: boolean;
  readonly entrant: Entrant;
  /** How many messages wait for the client. */
  waiting: number;
  cutOff(): void;
}

/** The most messages that wait for a client that does not read. */
const mostWaiting = 10_000;
/** How many streams may be reserved and not opened; of more, the oldest is given up. */
const mostReserved = 100;

/**
 * GraphQL over server-sent events (https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md): a connection for each
 * operation, and at an address of its own one for all.
 */
export class Streams {
  readonly #answer: (request: StreamRequest) => Promise<Response>;
  /** Streams by token, from their reservation until they end. */
  readonly #tokens = new Map<string, Asked | null>();
  readonly #open = new Set<ServerResponse>();

  constructor(operations: Operations) {
    this.#answer = createHandler<IncomingMessage, Asked, undefined>({
      authenticate: (request) => (request.context.isStream ? (tokenOf(request.raw) ?? crypto.randomUUID()) : null),
      onSubscribe: (request, params) => {
        const prepared = operations.prepare(params, request.context.entrant);
        if (!('errors' in prepared)) return prepared.args as never;
        // The library knows results by their data; `onNext` takes it away again.
        return { data: null, errors: prepared.errors };
      },
      // `prepare` has done it.
      validate: () => [],
      onNext: (_, request, result) => {
        const token = tokenOf(request.raw);
        const stream = (token && this.#tokens.get(token)) || request.context;
        stream.waiting++;
        if (stream.waiting > mostWaiting) stream.cutOff();
        if (!result.errors) return undefined;
        const errors = result.errors.map(explained);
        return errors.some(({ path }) => path) ? { ...result, errors } : { errors };
      },
    });
  }

  /** @param isStream whether it came to the address of the single connection mode */
  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    text: string,
    isStream: boolean,
    entrant: Entrant,
  ): Promise<void> {
    const asked: Asked = { isStream, entrant, waiting: 0, cutOff: () => response.destroy() };
    const isEvents = (request.headers.accept ?? '').includes('text/event-stream');
    const token = isStream ? tokenOf(request) : undefined;
    // Without a reservation there is nothing to listen to; the library would take it for an operation.
    if (isEvents && token !== undefined && this.#tokens.has(token)) this.#tokens.set(token, asked);
    const [body, init] = await this.#answer({
      method: request.method ?? 'GET',
      url: request.url ?? '/',
      headers: { get: (name) => (name === 'accept' && isEvents ? 'text/event-stream' : headerOf(request, name)) },
      body: () => text,
      raw: request,
      context: asked,
    });
    for (const [name, value] of Object.entries(init.headers ?? {})) response.setHeader(name, value);
    if (init.status === 201 && typeof body === 'string') await this.#reserve(body);
    response.statusCode = init.status;
    if (body === null || typeof body === 'string') {
      if (body === null && init.status >= 400)
        refuse(response, { status: init.status, code: 'bad_request', message: init.statusText });
      else response.end(body ?? undefined);
      return;
    }
    await this.#send(body, response, asked);
    if (token !== undefined) this.#tokens.delete(token);
  }

  close(): void {
    for (const response of this.#open) response.destroy();
  }

  async #send(messages: AsyncGenerator<string>, response: ServerResponse, asked: Asked): Promise<void> {
    this.#open.add(response);
    const stop = (): void => void messages.return(undefined);
    response.once('close', stop);
    try {
      response.flushHeaders();
      if (response.destroyed) stop();
      for await (const message of messages) {
        asked.waiting = Math.max(0, asked.waiting - 1);
        if (response.destroyed) break;
        if (!response.write(message)) await drained(response);
      }
    } finally {
      this.#open.delete(response);
      response.off('close', stop);
      stop();
      response.end();
    }
  }

  /** Remembers a reserved stream; when there are too many that nobody came for, the oldest is given up. */
  async #reserve(token: string): Promise<void> {
    this.#tokens.set(token, null);
    const waiting = [...this.#tokens].filter(([, asked]) => asked === null);
    if (waiting.length <= mostReserved) return;
    const [oldest] = waiting[0]!;
    this.#tokens.delete(oldest);
    const [body] = await this.#answer({
      method: 'GET',
      url: `/?token=${encodeURIComponent(oldest)}`,
      headers: { get: (name) => (name === 'accept' ? 'text/event-stream' : name === tokenHeader ? oldest : undefined) },
      body: null,
      raw: { headers: { [tokenHeader]: oldest } } as unknown as IncomingMessage,
      context: { isStream: true, entrant: { caller: null, forced: null }, waiting: 0, cutOff: () => {} },
    });
    if (body !== null && typeof body !== 'string') await body.return(undefined);
  }
}

const tokenHeader = 'x-graphql-event-stream-token';

/** The token that a client of the single connection mode sends along. */
function tokenOf(request: IncomingMessage): string | undefined {
  const header = headerOf(request, tokenHeader);
  if (header) return header;
  const query = request.url?.split('?')[1];
  return (query && new URLSearchParams(query).get('token')) || undefined;
}

function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    response.once('drain', resolve);
    response.once('close', resolve);
  });
}
