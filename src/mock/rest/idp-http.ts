import type { IncomingMessage, ServerResponse } from 'node:http';
import { incomingBytes } from '../incoming.ts';
import type { JsonObject } from '../json.ts';
import { authorizationOf, basicCredentials } from './credentials.ts';

/** A refusal of the provider for tests, as RFC 6749, section 5.2, writes it. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
  /** `invalid_request`, `invalid_client`, `invalid_grant` … */
  readonly code: string;
  readonly status: number;

  /** @param description one sentence for whoever writes the client */
  constructor(code: string, description: string, status = 400) {
    super(description);
    this.code = code;
    this.status = status;
  }
}

/** Bytes of a form; more is refused. */
const longestForm = 65_536;

/**
 * Reads the body of a request as a form.
 * @throws OAuthError when it is none, too long, or says anything twice (RFC 6749, section 3.2)
 */
export async function formOf(request: IncomingMessage): Promise<ReadonlyMap<string, string>> {
  const type = (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  const text = await textOf(request);
  if (text !== '' && type !== 'application/x-www-form-urlencoded') {
    throw new OAuthError('invalid_request', 'The body is to be of the type application/x-www-form-urlencoded.');
  }
  return parametersIn(text);
}

/**
 * Reads the body of a request as a JSON object.
 * @throws OAuthError when it is none, or too long
 */
export async function jsonOf(request: IncomingMessage): Promise<JsonObject> {
  const text = await textOf(request);
  try {
    const value: unknown = JSON.parse(text);
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as JsonObject;
  } catch {
    // Said below.
  }
  throw new OAuthError('invalid_client_metadata', 'The body is to be a JSON object.');
}

/** The parameters of a query or a form. @throws OAuthError when one comes twice */
export function parametersIn(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (found.has(name)) throw new OAuthError('invalid_request', `The parameter ${inText(name)} is given twice.`);
    // RFC 6749, section 3.1: a parameter without a value is as good as none.
    if (value !== '') found.set(name, value);
  }
  return found;
}

/** Something that a caller sent as a part of a sentence: short, in one line, and plain ASCII as error descriptions are (RFC 6749, section 5.2). */
export function inText(text: string): string {
  return text
    .slice(0, 80)
    .replace(/[^\x20-\x7e]+/g, ' ')
    .replace(/["\\]/g, "'");
}

async function textOf(request: IncomingMessage): Promise<string> {
  const bytes = await incomingBytes(request, longestForm);
  if (bytes === 'too large') throw new OAuthError('invalid_request', 'The body is too long.', 413);
  if (bytes === 'aborted') throw new OAuthError('invalid_request', 'The body ended too early.');
  return bytes.toString('utf8');
}

/** Who a client says it is. */
export interface ClientCredentials {
  readonly id: string;
  /** Null: it is public, and shows none. */
  readonly secret: string | null;
}

/**
 * How a client shows who it is: by `Basic` credentials or in the form, not both (RFC 6749, section 2.3.1).
 * @throws OAuthError when it does neither, or both
 */
export function clientOf(request: IncomingMessage, form: ReadonlyMap<string, string>): ClientCredentials {
  const given = authorizationOf(request.headers.authorization);
  const id = form.get('client_id');
  const secret = form.get('client_secret') ?? null;
  if (given?.scheme !== 'basic') {
    if (id === undefined) throw new OAuthError('invalid_client', 'The client does not say who it is.', 401);
    return { id, secret };
  }
  if (secret !== null) throw new OAuthError('invalid_request', 'The client shows its secret twice.');
  const credentials = basicCredentials(given);
  const user = credentials && formDecoded(credentials.user);
  if (!credentials || !user) throw new OAuthError('invalid_client', 'The Basic credentials cannot be read.', 401);
  if (id !== undefined && id !== user) throw new OAuthError('invalid_request', 'The client names itself twice.');
  return { id: user, secret: formDecoded(credentials.password) };
}

/** RFC 6749, section 2.3.1: the id and the secret are encoded as forms are, before Base64. */
function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** Answers with JSON that nobody keeps (RFC 6749, section 5.1). */
export function answerJson(response: ServerResponse, status: number, value: object, headers: HeaderMap = {}): void {
  const body = JSON.stringify(value);
  answer(response, status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers }, body);
}

/** Answers with a page that runs no scripts and stands in no frame. */
export function answerPage(response: ServerResponse, status: number, html: string): void {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  };
  answer(response, status, headers, html);
}

/** Sends the browser elsewhere by GET: 303, as RFC 9700, section 4.12, asks. */
export function redirect(response: ServerResponse, url: string): void {
  answer(response, 303, { location: url, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }, '');
}

type HeaderMap = Readonly<Record<string, string>>;

function answer(response: ServerResponse, status: number, headers: HeaderMap, body: string): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
