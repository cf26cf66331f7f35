import { randomBytes } from 'node:crypto';
import * as http from 'node:http';
import * as https from 'node:https';
import type { Readable } from 'node:stream';
import { endToEnd, firstOf, type HeaderLines, valuesOf } from './header-lines.ts';

/** Why the upstream gave no answer. The message is a sentence for the caller. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly status: 502 | 504;

  constructor(status: 502 | 504, message: string) {
    super(message);
    this.status = status;
  }
}

/** A request for the upstream. */
export interface Asked {
  readonly request: http.IncomingMessage;
  /** In upper case. */
  readonly method: string;
  /** The path as sent, `*` included. */
  readonly path: string;
  /** The query with `?`, as sent; empty where there is none. */
  readonly query: string;
  /** What was read of the body, and the stream that it goes on in; null: the request has no body. */
  readonly body: { readonly chunks: readonly Buffer[]; readonly rest: Readable | null } | null;
  /** Told of 1xx answers (RFC 9110, section 15.2). */
  readonly onInterim?: (interim: http.InformationEvent) => void;
  /** When the caller has gone. */
  readonly signal: AbortSignal;
}

/** Idle connections are given up before servers do so themselves: what is sent on one that was just closed is lost. */
const idleTime = 1_500;
const mostSockets = 1_000;
const maxHeaderSize = 65_536;

/** The server that requests are passed on to. */
export class Upstream {
  /** `http://localhost:3000`. */
  readonly origin: string;
  /** The path of its address without a slash at its end: `/api`, or empty. */
  readonly basePath: string;
  readonly #url: URL;
  readonly #agent: http.Agent;
  readonly #timeout: number;
  /** What we are called in `Via`; a request that has it already has gone round in a circle. */
  readonly #pseudonym = `apiarch-${randomBytes(4).toString('hex')}`;

  /** @param timeout milliseconds within which an answer must have begun */
  constructor(url: string, timeout: number) {
    this.#url = new URL(url);
    this.origin = this.#url.origin;
    this.basePath = this.#url.pathname.replace(/\/+$/, '');
    const { Agent } = this.#url.protocol === 'https:' ? https : http;
    this.#agent = new Agent({ keepAlive: true, timeout: idleTime, maxSockets: mostSockets, scheduling: 'lifo' });
    this.#timeout = timeout;
  }

  /** The address that a request is passed on to. */
  urlOf({ path, query }: Pick<Asked, 'path' | 'query'>): string {
    return this.origin + this.#target(path, query);
  }

  /** Where a request goes that was sent round in a circle. */
  isOwn(request: http.IncomingMessage): boolean {
    return valuesOf(request.rawHeaders, 'via').some((value) => value.includes(this.#pseudonym));
  }

  /**
   * Asks. The answer's body is not read yet.
   * @throws NoAnswer when none comes, or none that is HTTP
   */
  async ask(asked: Asked): Promise<http.IncomingMessage> {
    if (asked.signal.aborted) throw new NoAnswer(502, 'The caller has gone.');
    const headers = this.headersFor(asked);
    try {
      return await this.#once(asked, headers);
    } catch (error) {
      if (!(error instanceof StaleConnection)) throw error;
      return await this.#once(asked, headers);
    }
  }

  /** The header lines that the upstream gets: the caller's, for the next station, and where they come from. */
  headersFor({ request, method, body }: Asked): HeaderLines {
    const lines = endToEnd(request.rawHeaders, rewritten);
    const sent = (name: string) => firstOf(request.rawHeaders, name);
    const { host } = this.#url;
    const before = valuesOf(request.rawHeaders, 'x-forwarded-for');
    const caller = request.socket.remoteAddress ?? 'unknown';
    const via = [...valuesOf(request.rawHeaders, 'via'), `${request.httpVersion} ${this.#pseudonym}`];
    const user = this.#url.username;
    return [
      ...['Host', host],
      ...lines,
      ...['X-Forwarded-For', [...before, caller].join(', ')],
      ...['X-Forwarded-Host', sent('x-forwarded-host') ?? sent('host') ?? host],
      ...['X-Forwarded-Proto', sent('x-forwarded-proto') ?? 'http'],
      ...['Via', via.join(', ')],
      ...(user !== '' && sent('authorization') === undefined ? ['Authorization', basic(this.#url)] : []),
      ...framing(sent('content-length'), body, method),
      ...['Connection', 'keep-alive'],
    ];
  }

  /** Lets go of the connections; those in use end with what they are used for. */
  close(): void {
    const agent = this.#agent as http.Agent & { keepAlive: boolean };
    agent.keepAlive = false;
    for (const sockets of Object.values(agent.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
  }

  #target(path: string, query: string): string {
    return path === '*' ? '*' : `${this.basePath}${path.startsWith('/') ? path : `/${path}`}${query}`;
  }

  #once(asked: Asked, headers: HeaderLines): Promise<http.IncomingMessage> {
    const { method, path, query, body, signal, onInterim } = asked;
    const { protocol, hostname, port } = this.#url;
    const { request: open } = protocol === 'https:' ? https : http;
    return new Promise((resolve, reject) => {
      const outgoing = begun(open, {
        ...{ agent: this.#agent, method, path: this.#target(path, query), maxHeaderSize, signal },
        ...{ protocol, port, hostname: hostname.replace(/^\[|\]$/g, '') },
        // Written as they are, in their order: Node takes names and values in turn.
        headers: headers as unknown as http.OutgoingHttpHeaders,
      });
      const timer = setTimeout(() => {
        reject(new NoAnswer(504, `The upstream ${this.origin} did not answer within ${this.#timeout / 1000} s.`));
        outgoing.destroy();
      }, this.#timeout);
      outgoing.once('response', (incoming) => {
        clearTimeout(timer);
        resolve(incoming);
      });
      if (onInterim) outgoing.on('information', onInterim);
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        clearTimeout(timer);
        const isStale = outgoing.reusedSocket && error.code === 'ECONNRESET' && mayRepeat(asked);
        reject(isStale ? new StaleConnection() : this.#reasonOf(error));
      });
      write(outgoing, body, () => timer.refresh());
    });
  }

  #reasonOf({ code = '', message }: NodeJS.ErrnoException): NoAnswer {
    const where = `The upstream ${this.origin}`;
    if (code === 'ECONNREFUSED') return new NoAnswer(502, `${where} takes no connections.`);
    if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return new NoAnswer(502, `${where} has no address.`);
    if (code === 'ETIMEDOUT') return new NoAnswer(504, `${where} cannot be reached in time.`);
    if (code.startsWith('HPE_'))
      return new NoAnswer(502, `${where} answered with something that is no HTTP: ${message}.`);
    if (/CERT|SSL|TLS|SIGNATURE|ISSUER/.test(code)) return new NoAnswer(502, `${where} is not trusted: ${message}.`);
    return new NoAnswer(502, `${where} broke off: ${message}.`);
  }
}

/** @throws NoAnswer when Node finds something in a request that it does not send */
function begun(open: typeof http.request, options: http.RequestOptions): http.ClientRequest {
  try {
    return open(options);
  } catch (error) {
    throw new NoAnswer(502, `The request cannot be passed on: ${(error as Error).message}.`);
  }
}

/** A kept connection that the upstream had given up before it saw the request. */
class StaleConnection extends Error {}

/** Whether a request may be sent twice (RFC 9110, section 9.2.2). */
const mayRepeat = ({ method, body }: Asked): boolean =>
  ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'].includes(method) && (body?.rest ?? null) === null;

/** What is written anew. `Expect` was answered already when the body began to be read; fields behind a request's body are dropped. */
const rewritten = new Set([
  ...['host', 'content-length', 'expect', 'via', 'trailer'],
  ...['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'],
]);

/** How the upstream is to find the end of the body: as the caller said, where it said so (RFC 9112, section 6). */
function framing(length: string | undefined, body: Asked['body'], method: string): string[] {
  if (length !== undefined) return ['Content-Length', length];
  if (body !== null) return ['Transfer-Encoding', 'chunked'];
  return ['POST', 'PUT', 'PATCH'].includes(method) ? ['Content-Length', '0'] : [];
}

function basic({ username, password }: URL): string {
  const text = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(text).toString('base64')}`;
}

/** @param progress told whenever something was sent */
function write(outgoing: http.ClientRequest, body: Asked['body'], progress: () => void): void {
  for (const chunk of body?.chunks ?? []) outgoing.write(chunk);
  const rest = body?.rest;
  if (!rest) {
    outgoing.end();
    return;
  }
  rest.on('data', progress);
  // By hand: `pipeline` would break the caller's connection off when the upstream fails, and nobody could be told.
  rest.pipe(outgoing);
  rest.once('close', () => {
    if (!rest.readableEnded) outgoing.destroy();
  });
  outgoing.once('close', () => {
    rest.off('data', progress);
    rest.unpipe(outgoing);
    rest.resume();
  });
}
