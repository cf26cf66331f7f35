import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError, type GraphQLFormattedError } from 'graphql/index.js';
import { createHandler, type Handler, type Request, type RequestParams } from 'graphql-http';
import type { Context } from '../context.ts';
import { incomingBytes } from '../incoming.ts';
import { isObject } from '../json.ts';
import { type CodingProblem, undoCodings } from '../rest/content-codings.ts';
import type { Refusal } from '../rest/exchange.ts';
import { type Admission, type Entrant, extensionCode, type Knock } from './admission.ts';
import { explained, type Operations } from './operations.ts';
import type { Streams } from './streams.ts';

/** GraphQL over HTTP (https://graphql.github.io/graphql-over-http/draft/) and, for those who accept them, event streams. */
export class Http {
  readonly #context: Context;
  readonly #operations: Operations;
  readonly #admission: Admission;
  readonly #answer: Handler<IncomingMessage, Asked>;
  #streams: Promise<Streams> | undefined;

  constructor(context: Context, operations: Operations, admission: Admission) {
    this.#context = context;
    this.#admission = admission;
    this.#operations = operations;
    this.#answer = createHandler<IncomingMessage, Asked>({
      parseRequestParams: (request) => readParams(request),
      onSubscribe: ({ context: { entrant } }, params) => {
        const prepared = operations.prepare(params, entrant);
        if (!('errors' in prepared)) return prepared.args as never;
        // What is asked for is said as resolvers say it: the operation was executed, and came to nothing.
        return entrant.forced ? { data: null, errors: prepared.errors } : prepared.errors;
      },
      formatError: (error) =>
        error instanceof GraphQLError
          ? explained(error)
          : new GraphQLError(error.message, { extensions: { code: 'BAD_REQUEST' } }),
    });
  }

  async handle(request: IncomingMessage, response: ServerResponse, isStream: boolean): Promise<void> {
    this.#greet(request, response);
    this.#context.traffic.name(response, isStream ? '/graphql/stream' : '/graphql');
    const { method = 'GET', headers } = request;
    const accept = headers.accept ?? '';
    if (method === 'OPTIONS') {
      end(response, 204, null);
      return;
    }
    if (method === 'GET' && accept.includes('text/html') && !isStream && !/[?&]query=/.test(request.url ?? '')) {
      response.setHeader('location', '/__apiarch/#graphql');
      end(response, 302, null);
      return;
    }
    const entry = this.#admission.enter(knockOf(request, response));
    const entered = entry instanceof Promise ? await entry : entry;
    if (entered === 'gone') return;
    for (const [name, value] of Object.entries(entered.headers)) response.setHeader(name, value);
    if ('refusal' in entered) {
      refuse(response, entered.refusal);
      return;
    }
    const { entrant } = entered;
    const body = await this.#bodyOf(request, response);
    if (body === null) return;
    if (isStream || accepts(accept, 'text/event-stream')) {
      await (await this.#startStreams()).handle(request, response, body, isStream, entrant);
      return;
    }
    const [text, init] = await this.#answer({
      method,
      url: request.url ?? '/',
      headers,
      body: () => body,
      raw: request,
      context: { body, entrant },
    });
    for (const [name, value] of Object.entries(init.headers ?? {})) response.setHeader(name, value);
    if (text === null && init.status >= 400) {
      refuse(response, { status: init.status, code: 'bad_request', message: sentenceOn(init.status, request) });
      return;
    }
    if (text !== null && !response.hasHeader('content-type'))
      response.setHeader('content-type', 'application/json; charset=utf-8');
    end(response, init.status, text);
  }

  close(): void {
    void this.#streams?.then((streams) => streams.close());
  }

  #startStreams(): Promise<Streams> {
    this.#streams ??= import('./streams.ts').then(({ Streams }) => new Streams(this.#operations));
    return this.#streams;
  }

  /** What every answer says: which request it is to, and that pages of other origins may read it. */
  #greet({ method, headers }: IncomingMessage, response: ServerResponse): void {
    const id = headers['x-request-id'];
    response.setHeader('x-request-id', typeof id === 'string' && /^[\x21-\x7e]{1,128}$/.test(id) ? id : randomUUID());
    if (method === 'OPTIONS') response.setHeader('allow', 'GET, POST, OPTIONS');
    if (!this.#context.settings.cors) return;
    const { origin } = headers;
    response.setHeader('access-control-allow-origin', origin ?? '*');
    if (origin === undefined) response.setHeader('access-control-expose-headers', '*');
    else {
      response.setHeader('access-control-allow-credentials', 'true');
      response.setHeader('access-control-expose-headers', 'x-request-id, date, allow');
      response.setHeader('vary', 'Origin');
    }
    if (method !== 'OPTIONS') return;
    response.setHeader('access-control-allow-methods', 'GET, POST, PUT, DELETE, OPTIONS');
    response.setHeader('access-control-max-age', '600');
    const wanted = headers['access-control-request-headers'];
    if (wanted !== undefined) response.setHeader('access-control-allow-headers', wanted);
  }

  /** The text of the body, unpacked; null when the request is already answered, or its caller gone. */
  async #bodyOf(request: IncomingMessage, response: ServerResponse): Promise<string | null> {
    const { maxBody } = this.#context.settings;
    const bytes = await bytesOf(request, maxBody);
    if (bytes === 'aborted') {
      response.destroy();
      return null;
    }
    const coding = request.headers['content-encoding'];
    const unpacked =
      coding === undefined || bytes.length === 0 || bytes === 'too large'
        ? bytes
        : await undoCodings(bytes, coding, maxBody);
    if (Buffer.isBuffer(unpacked)) return unpacked.toString('utf8');
    refuse(response, unpacked === 'too large' ? tooLarge(maxBody) : codingRefusal(unpacked, maxBody));
    return null;
  }
}

/** What requests bring along. */
interface Asked {
  readonly body: string;
  readonly entrant: Entrant;
}

function knockOf(request: IncomingMessage, response: ServerResponse): Knock {
  const { headers, socket, url = '' } = request;
  const start = url.indexOf('?');
  return {
    header: (name) => {
      const value = headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    },
    query: start < 0 ? '' : url.slice(start + 1),
    socket,
    waiting: response,
  };
}

/** What is wrong with requests that are refused without a word. */
function sentenceOn(status: number, { method, headers }: IncomingMessage): string {
  if (status === 405) return `GraphQL is asked by GET and POST, not by ${method}.`;
  if (status === 406) return 'Answers are application/graphql-response+json, application/json or text/event-stream.';
  if (status !== 415) return 'The request is none of GraphQL over HTTP.';
  return headers['content-type']?.startsWith('multipart/')
    ? 'Files are not taken: send JSON, with text where an upload stands.'
    : 'The body must be application/json.';
}

/** The bytes of a body. Broken-off bodies have nobody to answer to. */
async function bytesOf(request: IncomingMessage, most: number): Promise<Buffer | 'too large' | 'aborted'> {
  if (Number(request.headers['content-length'] ?? 0) > most) return 'too large';
  return incomingBytes(request, most);
}

function tooLarge(most: number): Refusal {
  const message = `The body is larger than ${most} bytes.`;
  return { status: 413, code: 'body_too_large', message };
}

function codingRefusal({ problem, coding }: CodingProblem, most: number): Refusal {
  if (problem === 'too large') return tooLarge(most);
  if (problem === 'broken') {
    const message = `The body says that it is packed with ${coding.slice(0, 40)}, but it is not, or is broken.`;
    return { status: 400, code: 'bad_request', message };
  }
  return {
    status: 415,
    code: 'bad_request',
    message: `A body may be packed with gzip, deflate or br, not with \`${coding.slice(0, 40)}\`.`,
    headers: { 'accept-encoding': 'gzip, deflate, br' },
  };
}

/** Whether an `Accept` header names a media type and does not rank it below others that we give. */
function accepts(accept: string, mediaType: string): boolean {
  if (!accept.includes(mediaType)) return false;
  const quality = (pattern: RegExp): number => {
    const found = accept.split(',').find((one) => pattern.test(one));
    if (found === undefined) return 0;
    return Number(/;\s*q=([\d.]+)/.exec(found)?.[1] ?? 1);
  };
  return quality(/text\/event-stream/) >= quality(/application\/(?:graphql-response\+)?json/);
}

/**
 * Clearer words for what clients try that GraphQL over HTTP does not have: several operations at once, and operations by hash.
 * @returns nothing where the request is read as usual
 */
function readParams({ method, context: { body } }: Request<IncomingMessage, Asked>): RequestParams | undefined {
  if (method !== 'POST') return undefined;
  if (body === '') throw new Error('The body is empty, and should be JSON with a `query`.');
  if (/^\s*\[/.test(body))
    throw new Error('Several operations in one request are not taken: send an object with one `query`.');
  if (!body.includes('persistedQuery')) return undefined;
  let read: unknown;
  try {
    read = JSON.parse(body);
  } catch {
    return undefined;
  }
  const asked = isObject(read) && isObject(read['extensions']) && isObject(read['extensions']['persistedQuery']);
  // What clients of persisted queries wait for: then they send the text.
  if (asked && isObject(read) && typeof read['query'] !== 'string') {
    throw new GraphQLError('PersistedQueryNotFound', { extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } });
  }
  return undefined;
}

/** Answers with errors as GraphQL has them. */
export function refuse(response: ServerResponse, refusal: Refusal): void {
  const error: GraphQLFormattedError = { message: refusal.message, extensions: { code: extensionCode(refusal) } };
  for (const [name, value] of Object.entries(refusal.headers ?? {})) response.setHeader(name, value);
  response.setHeader('content-type', 'application/json; charset=utf-8');
  end(response, refusal.status, JSON.stringify({ errors: [error] }));
}

function end(response: ServerResponse, status: number, text: string | null): void {
  response.statusCode = status;
  if (text === null) {
    if (status !== 204) response.setHeader('content-length', 0);
    response.end();
    return;
  }
  response.setHeader('content-length', Buffer.byteLength(text));
  response.end(text);
}
