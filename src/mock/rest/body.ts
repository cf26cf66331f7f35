import { keyword } from '../../languages/openapi/select.ts';
import type { Context } from '../context.ts';
import { readForm } from './body-form.ts';
import { readMultipart } from './body-multipart.ts';
import { type BodyPlan, bodyPlanOf } from './body-plan.ts';
import { decodeText, readJson, readLines, Unreadable } from './body-text.ts';
import { undoCodings } from './content-codings.ts';
import type { Answer, Exchange, Stage } from './exchange.ts';
import { isJsonName, isXmlName, type MediaTypeParts, mediaTypeOf } from './media-types.ts';
import { refuse } from './refusal.ts';
import { readXml } from './xml.ts';

/**
 * Reads the body of a request: bytes first, never more than the settings allow (413, RFC 9110, section 15.5.14), packed ones
 * included; then what they say in their media type. A type that the operation does not take is refused with 415 and a list of
 * those that it does, bytes that are not what they claim to be with 400. Of operations that take no body, none is looked at.
 */
export function bodyStage({ settings }: Context): Stage {
  return {
    name: 'body',
    before(exchange) {
      const { headers } = exchange.request;
      const length = headers['content-length'];
      const isChunked = headers['transfer-encoding'] !== undefined;
      if (!isChunked && (length === undefined || length === '0')) return undefined;
      const plan = bodyPlanOf(exchange.route!);
      if (Number(length) > settings.maxBody) return tooLarge(exchange, settings.maxBody);
      return read(exchange, plan, settings.maxBody);
    },
  };
}

async function read(exchange: Exchange, plan: BodyPlan, most: number): Promise<Answer | undefined> {
  const sent = await bytesOf(exchange, most);
  if (sent === 'too large') return tooLarge(exchange, most);
  if (sent === 'aborted') return aborted(exchange);
  const unpacked = sent.length === 0 ? sent : await unpack(exchange, sent, most);
  if (!Buffer.isBuffer(unpacked)) return unpacked;
  if (unpacked.length === 0 && exchange.request.headers['content-type'] === undefined) return undefined;
  exchange.bytes = unpacked;
  const type = typeOf(exchange, plan);
  if (type === null) return unsupported(exchange, plan, exchange.request.headers['content-type'] ?? '');
  exchange.mediaType = type.name;
  if (!isTaken(exchange, plan, type.name)) return unsupported(exchange, plan, type.name);
  if (unpacked.length === 0) return undefined;
  if (plan.media.length === 0 && !plan.isWrite) return undefined;
  try {
    exchange.body = parse(unpacked, type, plan, exchange);
    return undefined;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return refuse(exchange, {
      status: error.status,
      code: error.status === 415 ? 'unsupported_media_type' : 'malformed_body',
      message: error.message,
      violations: error.status === 415 ? [] : [{ location: ['body'], code: 'malformed', message: error.message }],
    });
  }
}

/** All bytes of a body, as sent. */
function bytesOf({ request }: Exchange, most: number): Promise<Buffer | 'too large' | 'aborted'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (outcome: Buffer | 'too large' | 'aborted'): void => {
      request.off('data', take);
      request.off('end', end);
      request.off('close', abort);
      // Nobody else listens, and an error that nobody hears ends the process.
      request.on('error', () => {});
      resolve(outcome);
    };
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > most) {
        chunks.length = 0;
        settle('too large');
        return;
      }
      chunks.push(chunk);
    };
    const end = (): void => settle(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
    const abort = (): void => settle('aborted');
    request.on('data', take);
    request.on('end', end);
    request.on('close', abort);
    request.on('error', abort);
    if (request.destroyed) abort();
  });
}

/** Beyond so many bytes, reading on only to be polite is not worth it. */
const mostDrained = 100_000_000;

function tooLarge(exchange: Exchange, most: number): Answer {
  const length = Number(exchange.request.headers['content-length'] ?? Number.POSITIVE_INFINITY);
  return refuse(exchange, {
    status: 413,
    code: 'body_too_large',
    message: `The body may have ${most} bytes at most.`,
    // A caller that sends a little more than is wanted may go on with its connection: the rest is read and dropped.
    ...(length > mostDrained && { headers: { connection: 'close' } }),
  });
}

/** Nobody is there to be answered any more; this only ends the request in an orderly way. */
function aborted(exchange: Exchange): Answer {
  return refuse(exchange, { status: 400, code: 'aborted', message: 'The body ended too early.' });
}

/** Undoes the content codings of a body. */
async function unpack(exchange: Exchange, sent: Buffer, most: number): Promise<Buffer | Answer> {
  const header = exchange.request.headers['content-encoding'];
  if (header === undefined) return sent;
  const unpacked = await undoCodings(sent, header, most);
  if (Buffer.isBuffer(unpacked)) return unpacked;
  if (unpacked.problem === 'too large') return tooLarge(exchange, most);
  if (unpacked.problem === 'unknown') {
    return refuse(exchange, {
      status: 415,
      code: 'unsupported_encoding',
      message: `A body may be packed with gzip, deflate or br, not with \`${header.slice(0, 60)}\`.`,
      headers: { 'accept-encoding': 'gzip, deflate, br' },
    });
  }
  const message = `The body says that it is packed with ${unpacked.coding}, but it is not, or is broken.`;
  return refuse(exchange, {
    status: 400,
    code: 'malformed_body',
    message,
    violations: [{ location: ['body'], code: 'encoding', message }],
  });
}

/** What an operation says nothing of is taken; of Prism, it is not, but all that is JSON is where JSON is. */
function isTaken({ context }: Exchange, { media, takes, usual }: BodyPlan, name: string): boolean {
  if (context.settings.compat !== 'prism') return media.length === 0 || takes(name);
  return takes(name) || (isJsonName(name) && media.length > 0 && isJsonName(usual));
}

/** What the body says that it is; where it says nothing, what the operation takes. */
function typeOf(exchange: Exchange, plan: BodyPlan): MediaTypeParts | null {
  const sent = exchange.request.headers['content-type'];
  if (sent === undefined || sent.trim() === '')
    return mediaTypeOf(plan.usual) ?? mediaTypeOf('application/octet-stream');
  return mediaTypeOf(sent);
}

/** 415, with what would be taken (RFC 9110, section 15.5.16; `Accept-Post`: W3C LDP, `Accept-Patch`: RFC 5789). */
function unsupported(exchange: Exchange, { media }: BodyPlan, sent: string): Answer {
  const names = media.map(({ name }) => name).join(', ');
  const hint = exchange.method === 'PATCH' ? 'accept-patch' : exchange.method === 'POST' ? 'accept-post' : null;
  const wanted = media.map(({ name }) => `\`${name}\``).join(' or ');
  return refuse(exchange, {
    status: 415,
    code: 'unsupported_media_type',
    message: wanted ? `The body must be ${wanted}, not \`${sent.slice(0, 100)}\`.` : 'The operation takes no body.',
    headers: names === '' ? {} : { accept: names, ...(hint && { [hint]: names }) },
  });
}

/** @throws Unreadable */
function parse(bytes: Buffer, type: MediaTypeParts, plan: BodyPlan, exchange: Exchange): unknown {
  const { name } = type;
  const media = plan.mediaFor(name);
  const { api } = exchange.route!;
  if (isJsonName(name)) return readJson(decodeText(bytes, type));
  if (name === 'application/x-www-form-urlencoded') return readForm(decodeText(bytes, type), media, api);
  if (name.startsWith('multipart/')) return readMultipart(bytes, type, media, api);
  if (isXmlName(name)) return readXml(decodeText(bytes, type), media?.schema, api);
  if (lineTypes.has(name)) return readLines(decodeText(bytes, type));
  if (name.startsWith('text/')) return decodeText(bytes, type);
  // Bytes that a document describes as an object or a list can only be meant as JSON.
  const types = media?.schema && keyword(api, media.schema, 'type');
  if (types === 'object' || types === 'array') return readJson(decodeText(bytes, type));
  return bytes;
}

const lineTypes = new Set([
  'application/jsonl',
  'application/x-ndjson',
  'application/ndjson',
  'application/x-jsonlines',
]);
