import { undoCodings } from '../content-codings.ts';
import type { Violation } from '../exchange.ts';
import { mediaTypeOf } from '../media-types.ts';
import { endToEnd, firstOf, type HeaderLines, pairsOf, valuesOf } from './header-lines.ts';
import type { Secrets } from './secrets.ts';

/** One entry of a HAR 1.2 archive. */
export type HarEntry = Readonly<Record<string, unknown>>;

/** The bytes of a body that goes by, as far as they are recorded. */
export class Capture {
  /** Bytes of a body that are recorded. */
  static readonly most = 1_000_000;
  readonly #chunks: Buffer[] = [];
  #kept = 0;
  /** How many bytes went by. */
  size = 0;

  take(chunk: Buffer): void {
    this.size += chunk.length;
    const room = Capture.most - this.#kept;
    if (room <= 0) return;
    const part = chunk.length > room ? chunk.subarray(0, room) : chunk;
    this.#chunks.push(part);
    this.#kept += part.length;
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  get isCut(): boolean {
    return this.size > this.#kept;
  }
}

/** One request that was passed on, and what came of it. */
export interface Passed {
  /** When it came, in milliseconds since 1970. */
  readonly at: number;
  readonly method: string;
  /** The address at the upstream. */
  readonly url: string;
  readonly httpVersion: string;
  readonly headers: HeaderLines;
  readonly body: Capture | null;
  /** Null where the upstream gave none. */
  readonly answer: {
    readonly status: number;
    readonly statusText: string;
    readonly httpVersion: string;
    readonly headers: HeaderLines;
    readonly body: Capture;
  } | null;
  readonly violations: readonly Violation[];
  /** Milliseconds until the request was read, until the answer began, and until it was through. */
  readonly took: { readonly send: number; readonly wait: number; readonly receive: number };
  /** What else is to be said. */
  readonly comment?: string;
}

/** An entry of an archive, without secrets. */
export async function entryOf(passed: Passed, secrets: Secrets): Promise<HarEntry> {
  const { at, took, violations, comment } = passed;
  return {
    startedDateTime: new Date(at).toISOString(),
    time: rounded(took.send + took.wait + took.receive),
    request: await requestOf(passed, secrets),
    response: await responseOf(passed, secrets),
    cache: {},
    timings: { send: rounded(took.send), wait: rounded(took.wait), receive: rounded(took.receive) },
    ...(violations.length > 0 && { _violations: violations.slice(0, 100) }),
    ...(comment !== undefined && { comment }),
  };
}

const rounded = (milliseconds: number): number => Math.round(Math.max(0, milliseconds) * 1000) / 1000;

async function requestOf({ method, url, httpVersion, headers, body }: Passed, secrets: Secrets): Promise<object> {
  const shown = secrets.inUrl(url);
  const query = new URLSearchParams(shown.split('?').slice(1).join('?'));
  return {
    method,
    url: shown,
    httpVersion: `HTTP/${httpVersion}`,
    cookies: cookiesOf(valuesOf(headers, 'cookie'), secrets),
    headers: headersOf(headers, secrets),
    queryString: [...query].map(([name, value]) => ({ name, value })),
    ...(body && body.size > 0 && { postData: postDataOf(await contentOf(headers, body, secrets)) }),
    headersSize: -1,
    bodySize: body?.size ?? 0,
  };
}

/** HAR has no encoding for what is sent; devtools know `_encoding`. */
function postDataOf({ mimeType, text, encoding, comment }: Content): object {
  return { mimeType, text, ...(encoding && { _encoding: encoding }), ...(comment && { comment }) };
}

async function responseOf({ answer }: Passed, secrets: Secrets): Promise<object> {
  if (!answer) {
    const content = { size: 0, mimeType: 'x-unknown' };
    const nothing = { cookies: [], headers: [], content, redirectURL: '', headersSize: -1, bodySize: -1 };
    return { status: 0, statusText: '', httpVersion: 'HTTP/1.1', ...nothing };
  }
  const { status, statusText, httpVersion, headers, body } = answer;
  return {
    status,
    statusText,
    httpVersion: `HTTP/${httpVersion}`,
    cookies: cookiesOf(
      valuesOf(headers, 'set-cookie').map((line) => line.split(';', 1)[0]!),
      secrets,
    ),
    headers: headersOf(headers, secrets),
    content: await contentOf(headers, body, secrets),
    redirectURL: secrets.inUrl(firstOf(headers, 'location') ?? ''),
    headersSize: -1,
    bodySize: body.size,
  };
}

function headersOf(lines: HeaderLines, secrets: Secrets): object[] {
  return pairsOf(endToEnd(lines)).map(([name, value]) => ({ name, value: secrets.inHeader(name, value) }));
}

function cookiesOf(lines: readonly string[], secrets: Secrets): object[] {
  return lines
    .flatMap((line) => line.split(';'))
    .filter((pair) => pair.includes('='))
    .map((pair) => ({ name: pair.slice(0, pair.indexOf('=')).trim(), value: secrets.mask }));
}

interface Content {
  readonly size: number;
  readonly mimeType: string;
  readonly text: string;
  readonly encoding?: 'base64';
  readonly compression?: number;
  readonly comment?: string;
}

/** A body as HAR has it: unpacked, as text where it is one, cut where it is long. */
async function contentOf(headers: HeaderLines, body: Capture, secrets: Secrets): Promise<Content> {
  const mimeType = firstOf(headers, 'content-type') ?? 'x-unknown';
  const coding = firstOf(headers, 'content-encoding');
  const raw = body.bytes;
  const unpacked = coding === undefined || body.isCut ? raw : await undoCodings(raw, coding, 4 * Capture.most);
  const isPacked = coding !== undefined && (body.isCut || !Buffer.isBuffer(unpacked));
  const bytes = Buffer.isBuffer(unpacked) ? unpacked : raw;
  const comment = body.isCut
    ? `Only the first ${Capture.most} bytes are recorded.`
    : isPacked
      ? `As sent, packed with ${coding}.`
      : undefined;
  const text = isPacked ? null : textOf(bytes, mimeType, body.isCut);
  return {
    size: bytes.length,
    mimeType,
    ...(text === null
      ? { text: bytes.toString('base64'), encoding: 'base64' as const }
      : { text: secrets.inBody(text, mediaTypeOf(mimeType)?.name ?? '') }),
    ...(coding !== undefined && !isPacked && { compression: bytes.length - body.size }),
    ...(comment !== undefined && { comment }),
  };
}

/** The text that bytes are in UTF-8; null where they are none. */
function textOf(bytes: Buffer, mimeType: string, isCut: boolean): string | null {
  const name = mediaTypeOf(mimeType)?.name ?? '';
  if (/^(?:image|audio|video|font)\/(?!svg)/.test(name)) return null;
  try {
    // What was cut may end in the middle of a character.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut });
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}
