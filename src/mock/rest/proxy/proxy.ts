import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { OpenApi } from '../../../languages/openapi/openapi.ts';
import { responsesOf } from '../../../languages/openapi/select.ts';
import type { Context } from '../../context.ts';
import { undoCodings } from '../content-codings.ts';
import { corsStage } from '../cors.ts';
import type { Answer, Exchange, Headers, Violation } from '../exchange.ts';
import { refuse } from '../refusal.ts';
import { exchangeOf, type RestHandler, restHandler } from '../rest.ts';
import { send } from '../send.ts';
import { troubleStage } from '../trouble.ts';
import { summary } from '../validation.ts';
import { answerBodyViolations, headViolations, isBodiless, judgedMedia } from './answer-check.ts';
import { type Gathered, gather } from './gathering.ts';
import { entryOf } from './har.ts';
import { endToEnd } from './header-lines.ts';
import { locationAt } from './locations.ts';
import { finish, passInterim } from './passing-back.ts';
import { Recording } from './recording.ts';
import { replayOf } from './replay.ts';
import { type Departure, requestCheck } from './request-check.ts';
import { type Secrets, secretsOf } from './secrets.ts';
import { headerOf, linesOf, prismHeaderOf, within } from './telling.ts';
import { type Asked, NoAnswer, Upstream } from './upstream.ts';

/** Milliseconds that the body of a request may pause before it is passed on unchecked. */
const callersPatience = 30_000;
/** The same of an answer, which its caller waits for: there is JSON that never ends. */
const upstreamsPatience = 2_000;

/**
 * Passes everything on to the server that the settings name, and holds requests and answers against the OpenAPI documents.
 * What departs from them is told in the log and in the header `X-Apiarch-Violations`, and passed on all the same; with
 * `settings.strict` the mock refuses it: requests as it would itself, answers with 502. Bytes and header lines stay as they are.
 *
 * What the upstream has not built yet (501) is answered by the mock. Bodies that are no values, do not end, or have more bytes than
 * `settings.maxBody` go through as they come; where they could have been checked, `X-Apiarch-Unchecked` says why they were not.
 */
export function proxyHandler(context: Context): Omit<RestHandler, 'refuse'> {
  const proxy = new PassingOn(context);
  return {
    handle: (request, response) => proxy.pass(request, response).then(() => true),
    close: () => proxy.close(),
  };
}

/** Refuses a connection that wants another protocol. */
export function refuseUpgrade(request: IncomingMessage, socket: Duplex): void {
  const protocol = (request.headers.upgrade ?? '').replace(/[^\w ./-]/g, '').slice(0, 50);
  const message = `The proxy passes on HTTP alone, not ${protocol || 'other protocols'}; connect to the upstream itself.`;
  const body = JSON.stringify({ error: { code: 'upgrade_not_supported', message } });
  const head = ['HTTP/1.1 501 Not Implemented', 'Content-Type: application/json', `Content-Length: ${body.length}`];
  socket.on('error', () => {});
  socket.end(`${[...head, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`);
}

/** One request as far as it has come. */
export interface Passage {
  readonly exchange: ReturnType<typeof exchangeOf>;
  readonly violations: Violation[];
  /** Why something was not checked. */
  readonly unchecked: string[];
  readonly start: number;
  readonly gone: AbortSignal;
}

class PassingOn {
  readonly #context: Context;
  readonly #upstream: Upstream;
  readonly #check: ReturnType<typeof requestCheck>;
  readonly #trouble: ReturnType<typeof troubleStage>;
  readonly #cors: ReturnType<typeof corsStage>;
  readonly #secrets: Secrets;
  #mock: RestHandler | undefined;

  constructor(context: Context) {
    const { settings, apis } = context;
    this.#context = context;
    this.#upstream = new Upstream(settings.proxy!, settings.proxyTimeout);
    this.#check = requestCheck(context);
    this.#trouble = troubleStage(context);
    this.#cors = corsStage(context);
    this.#secrets = secretsOf(apis.filter((api): api is OpenApi => api.language === 'openapi'));
  }

  async close(): Promise<void> {
    this.#upstream.close();
    await Promise.all([this.#trouble.close?.(), this.#mock?.close()]);
  }

  async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = exchangeOf(this.#context, request, response);
    const gone = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) gone.abort();
    });
    const passage = { exchange, violations: [], unchecked: [], start: performance.now(), gone: gone.signal };
    const stop = await this.#stopped(passage);
    if (stop) {
      this.#answer(passage, stop);
      return;
    }
    const body = await this.#read(passage, request);
    if (body === 'broken') return;
    const refused = await this.#checkContent(passage, body);
    if (refused) this.#answer(passage, refused);
    else await this.#passOn(passage, request, body);
  }

  /** What is answered before the body is read, if anything: what is not to be passed on, and trouble that was asked for. */
  async #stopped(passage: Passage): Promise<Answer | undefined> {
    const { exchange } = passage;
    const routing = this.#check.route(exchange);
    if (exchange.route) this.#context.traffic.name(exchange.response, exchange.route.template);
    if (this.#upstream.isOwn(exchange.request)) {
      const message = `${this.#upstream.origin} leads back to this proxy.`;
      return refuse(exchange, { status: 508, code: 'loop_detected', message });
    }
    const trouble = await this.#trouble.before?.(exchange);
    if (trouble) return trouble;
    return this.#judged(passage, routing) ?? this.#judged(passage, this.#check.security(exchange));
  }

  /** Notes a departure. @returns what it is answered with, if it may not pass */
  #judged({ violations }: Passage, departure: Departure | null): Answer | undefined {
    if (!departure) return undefined;
    violations.push(...within('request', departure.violations));
    return this.#context.settings.strict ? departure.answer : undefined;
  }

  /** Reads the body as far as it is looked at; null where there is none. */
  async #read({ exchange, unchecked }: Passage, request: IncomingMessage): Promise<Gathered | null | 'broken'> {
    const { 'content-length': length, 'transfer-encoding': coding } = request.headers;
    if (coding === undefined && Number(length ?? 0) === 0) return null;
    const { maxBody } = this.#context.settings;
    if (!this.#check.judgesBody(exchange)) return { kind: 'part', chunks: [], because: '' };
    if (Number(length) > maxBody) {
      unchecked.push(`The body of the request was not checked: it has more than ${maxBody} bytes.`);
      return { kind: 'part', chunks: [], because: '' };
    }
    const gathered = await gather(request, maxBody, callersPatience);
    if (gathered.kind === 'part') unchecked.push(`The body of the request was not checked: ${gathered.because}.`);
    return gathered.kind === 'broken' ? 'broken' : gathered;
  }

  async #checkContent(passage: Passage, body: Gathered | null): Promise<Answer | undefined> {
    const { exchange, unchecked } = passage;
    if (!exchange.route) return undefined;
    const isRead = body?.kind !== 'part';
    if (body?.kind === 'whole') exchange.request = replayOf(exchange.request, body.bytes);
    const content = await this.#check.content(exchange, isRead);
    if (content.unchecked !== null) unchecked.push(`The body of the request was not checked: ${content.unchecked}`);
    return this.#judged(passage, content.departure);
  }

  async #passOn(passage: Passage, request: IncomingMessage, body: Gathered | null): Promise<void> {
    const { exchange, gone } = passage;
    const asked: Asked = {
      ...{ request, method: exchange.method, path: exchange.path, body: outgoing(body, request), signal: gone },
      query: queryOf(request, exchange.query),
      onInterim: (interim) => passInterim(exchange.response, request, interim),
    };
    const record = this.#recording(passage, asked, body);
    let incoming: IncomingMessage;
    try {
      incoming = await this.#upstream.ask(asked);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      record?.failed(error.message);
      if (!gone.aborted) this.#noAnswer(passage, error);
      return;
    }
    record?.answered(incoming);
    if (incoming.statusCode === 501 && body?.kind !== 'part' && isUnbuilt(exchange)) {
      incoming.resume();
      await this.#answerInstead(passage, body);
      return;
    }
    await this.#passBack(passage, incoming);
  }

  /** Lets the mock answer what the upstream cannot yet. */
  async #answerInstead(passage: Passage, body: Gathered | null): Promise<void> {
    const { request, response } = passage.exchange;
    const { settings } = this.#context;
    const quiet = { auth: 'off', latency: null, chaos: {}, rateLimit: null } as const;
    this.#mock ??= restHandler({ ...this.#context, settings: { ...settings, ...quiet } });
    this.#tell(passage);
    for (const [name, value] of Object.entries(this.#notes(passage))) response.setHeader(name, value);
    response.setHeader('x-apiarch-mocked', 'true');
    await this.#mock.handle(replayOf(request, body?.kind === 'whole' ? body.bytes : Buffer.alloc(0)), response);
  }

  async #passBack(passage: Passage, incoming: IncomingMessage): Promise<void> {
    const { exchange, violations, unchecked, gone } = passage;
    const found = headViolations(exchange, incoming);
    const body = await this.#readAnswer(passage, incoming);
    if (gone.aborted) {
      incoming.destroy();
      return;
    }
    if (body.kind === 'broken') {
      this.#noAnswer(passage, new NoAnswer(502, `The upstream ${this.#upstream.origin} broke off in its answer.`));
      return;
    }
    if (body.kind === 'whole') {
      const bytes = await unpacked(body.bytes, incoming);
      if (Buffer.isBuffer(bytes)) found.push(...answerBodyViolations(exchange, incoming, bytes));
      else if ('unchecked' in bytes) unchecked.push(bytes.unchecked);
      else found.push(bytes.violation);
    }
    violations.push(...within('response', found));
    if (this.#isRefused(incoming, found)) {
      incoming.resume();
      this.#answer(passage, this.#refusedAnswer(exchange, incoming, within('response', found)));
      return;
    }
    this.#tell(passage, incoming.statusCode!);
    await this.#write(passage, incoming, body);
  }

  /** Reads the body of an answer where it can be held against the document; else leaves all of it to flow. */
  async #readAnswer({ exchange, unchecked }: Passage, incoming: IncomingMessage): Promise<Gathered> {
    const { maxBody } = this.#context.settings;
    const length = incoming.headers['content-length'];
    const isEmpty = length === '0' && !isBodiless(incoming.statusCode!, exchange.method);
    if (!isEmpty && !judgedMedia(exchange, incoming)) return { kind: 'part', chunks: [], because: '' };
    if (Number(length ?? 0) > maxBody) {
      unchecked.push(`The body of the answer was not checked: it has more than ${maxBody} bytes.`);
      return { kind: 'part', chunks: [], because: '' };
    }
    const body = await gather(incoming, maxBody, upstreamsPatience);
    if (body.kind === 'part') unchecked.push(`The body of the answer was not checked: ${body.because}.`);
    return body;
  }

  /** Prism takes errors that no document has for a warning. */
  #isRefused({ statusCode }: IncomingMessage, found: readonly Violation[]): boolean {
    const { strict, compat } = this.#context.settings;
    if (!strict) return false;
    const isError = statusCode! >= 400;
    return found.some(({ code }) => !(compat === 'prism' && isError && code === 'undeclared_status'));
  }

  #refusedAnswer(exchange: Exchange, { statusCode }: IncomingMessage, violations: readonly Violation[]): Answer {
    const isPrism = this.#context.settings.compat === 'prism';
    return refuse(exchange, {
      status: isPrism ? 500 : 502,
      code: isPrism ? 'violations' : 'invalid_answer',
      message: `The upstream's answer (${statusCode}) is not what the document says. ${summary(violations)}`,
      violations,
    });
  }

  #noAnswer(passage: Passage, { status, message }: NoAnswer): void {
    this.#context.log(`proxy: ${passage.exchange.method} ${passage.exchange.path}: ${message}`);
    const code = status === 504 ? 'upstream_timeout' : 'upstream_unavailable';
    this.#answer(passage, refuse(passage.exchange, { status, code, message }));
  }

  /** Answers in the upstream's place. */
  #answer(passage: Passage, answer: Answer): void {
    const { exchange } = passage;
    this.#tell(passage, answer.status);
    const noted = { ...answer, headers: { ...answer.headers, ...this.#notes(passage) } };
    send(exchange, this.#cors.after ? (this.#cors.after(exchange, noted) as Answer) : noted);
  }

  /** Gives the upstream's answer to the caller, its lines and bytes as they came. */
  async #write(passage: Passage, incoming: IncomingMessage, body: Gathered): Promise<void> {
    const { exchange } = passage;
    const { response } = exchange;
    const lines = [...this.#linesBack(exchange, incoming), ...Object.entries(this.#notes(passage)).flat()];
    try {
      response.sendDate = false;
      response.writeHead(incoming.statusCode!, incoming.statusMessage, lines);
    } catch (error) {
      incoming.destroy();
      this.#noAnswer(passage, new NoAnswer(502, `The answer cannot be passed on: ${(error as Error).message}.`));
      return;
    }
    if (body.kind === 'whole') {
      if (body.bytes.length > 0) response.write(body.bytes);
      finish(response, incoming);
      return;
    }
    // The head goes at once. `flushHeaders` would write what is not ASCII in UTF-8; bytes, even none, leave it as it came.
    response.write(noBytes);
    if (body.kind === 'part') for (const chunk of body.chunks) response.write(chunk);
    try {
      await pipeline(incoming, response, { end: false });
      finish(response, incoming);
    } catch {
      // Either side has gone: what is incomplete must not look as if it were whole.
      response.destroy();
    }
  }

  #linesBack(exchange: Exchange, { rawHeaders, headers, statusCode }: IncomingMessage): string[] {
    // Fields can stand behind a body in chunks alone (RFC 9112, section 7.1.2).
    const isChunked = headers['transfer-encoding'] !== undefined && exchange.request.httpVersion === '1.1';
    const mayTrail = isChunked && !isBodiless(statusCode!, exchange.method);
    const lines = endToEnd(rawHeaders, mayTrail ? undefined : trailer);
    for (let i = 0; i < lines.length; i += 2) {
      if (/^(?:content-)?location$/i.test(lines[i]!))
        lines[i + 1] = locationAt(lines[i + 1]!, this.#upstream, exchange);
    }
    return lines;
  }

  /** What callers are told in headers. */
  #notes({ violations, unchecked }: Pick<Passage, 'violations' | 'unchecked'>): Headers & Record<string, string> {
    const headers: Record<string, string> = {};
    if (violations.length > 0) {
      headers['x-apiarch-violations'] = headerOf(violations);
      if (this.#context.settings.compat === 'prism') headers['sl-violations'] = prismHeaderOf(violations);
    }
    if (unchecked.length > 0) headers['x-apiarch-unchecked'] = unchecked.join(' ').replace(/[^\x20-\x7e]/g, '?');
    return headers;
  }

  /** Tells whoever watches. */
  #tell({ exchange, violations, unchecked }: Passage, status?: number): void {
    const { log, traffic } = this.#context;
    const what = [exchange.method, this.#secrets.inUrl(exchange.path), ...(status === undefined ? [] : [status])].join(
      ' ',
    );
    for (const line of linesOf(what, violations)) log(line);
    for (const reason of unchecked) log(`unchecked ${what}: ${reason}`);
    if (violations.length > 0) traffic.blame(exchange.response, violations.length);
  }

  /** Follows a request that is to be recorded; undefined where nothing is. */
  #recording(passage: Passage, asked: Asked, read: Gathered | null): Recording | undefined {
    const { recorder } = this.#context;
    if (!recorder) return undefined;
    const url = this.#upstream.urlOf(asked);
    return new Recording(passage, asked, read, url, (passed) => recorder.add(entryOf(passed, this.#secrets)));
  }
}

/** The query as sent, with its mark: `/orders?` differs from `/orders`. */
function queryOf({ url = '' }: IncomingMessage, query: string): string {
  return query !== '' || url.includes('?') ? `?${query}` : '';
}

function outgoing(body: Gathered | null, request: IncomingMessage): Asked['body'] {
  if (!body) return null;
  return body.kind === 'whole' ? { chunks: [body.bytes], rest: null } : { chunks: body.chunks, rest: request };
}

/** Whether 501 says that an operation is not there yet: not where the document has 501 for it. */
function isUnbuilt({ route }: Exchange): boolean {
  return route !== null && !responsesOf(route.api, route.operation).some(({ code }) => code === '501');
}

/** The bytes of an answer without its content codings. */
async function unpacked(
  bytes: Buffer,
  { headers }: IncomingMessage,
): Promise<Buffer | { readonly violation: Violation } | { readonly unchecked: string }> {
  const coding = headers['content-encoding'];
  if (coding === undefined || bytes.length === 0) return bytes;
  const result = await undoCodings(bytes, coding, mostUnpacked);
  if (Buffer.isBuffer(result)) return result;
  if (result.problem === 'broken') {
    const message = `The body says that it is packed with ${result.coding}, but it is not, or is broken.`;
    return { violation: { location: ['body'], code: 'encoding', message } };
  }
  const because =
    result.problem === 'unknown' ? 'it is packed in a way that is not known here' : 'it is too large unpacked';
  return { unchecked: `The body of the answer was not checked: ${because}.` };
}

const noBytes = Buffer.alloc(0);
const trailer: ReadonlySet<string> = new Set(['trailer']);

/** Bytes that an answer may have when unpacked, to be checked. */
const mostUnpacked = 50_000_000;
