import type { IncomingMessage } from 'node:http';
import { judging } from '../../../languages/openapi/examples.ts';
import type { OpenApi } from '../../../languages/openapi/openapi.ts';
import {
  effectiveTypes,
  type Header,
  keyword,
  type MediaType,
  type Response,
} from '../../../languages/openapi/select.ts';
import { mismatches } from '../../../languages/openapi/values.ts';
import { readForm } from '../body-form.ts';
import { decodeText, readJson, Unreadable } from '../body-text.ts';
import { textReader } from '../coercion.ts';
import type { Exchange, Violation } from '../exchange.ts';
import { isJsonName, isXmlName, type MediaTypeParts, mediaTypeOf, suits } from '../media-types.ts';
import { responseFor } from '../negotiation.ts';
import { violationsOf } from '../violations.ts';
import { readXml } from '../xml.ts';

/** An answer of the upstream, without its body. */
export type Head = Pick<IncomingMessage, 'statusCode' | 'headers' | 'headersDistinct'>;

/** Answers that have no body whatever the document says (RFC 9110, section 6.4.1). */
export const isBodiless = (status: number, method: string): boolean =>
  method === 'HEAD' || status < 200 || status === 204 || status === 205 || status === 304;

/** What the document says of the body of an answer, where it can be held against it; undefined where it cannot. */
export function judgedMedia(exchange: Exchange, { statusCode, headers }: Head): MediaType | undefined {
  const { route, method } = exchange;
  if (!route || isBodiless(statusCode!, method)) return undefined;
  const response = responseFor(route, statusCode!);
  const sent = mediaTypeOf(headers['content-type'] ?? '');
  const media = response && sent ? mediaFor(response, sent.name) : undefined;
  return media?.schema && canJudge(route.api, media, sent!) ? media : undefined;
}

/** What is wrong with all of an answer but its body: its status, its media type, its headers. */
export function headViolations(exchange: Exchange, head: Head): Violation[] {
  const { route, method, request } = exchange;
  if (!route) return [];
  const status = head.statusCode!;
  const isAsked = request.headers['if-none-match'] !== undefined || request.headers['if-modified-since'] !== undefined;
  if (status === 304 && isAsked) return [];
  const response = responseFor(route, status);
  if (!response) {
    const message = `The status ${status} is not declared for ${route.method} ${route.template}.`;
    return [{ location: ['status'], code: 'undeclared_status', message }];
  }
  const violations = response.headers.flatMap((header) => headerViolations(route.api, header, head));
  if (!isBodiless(status, method)) violations.push(...typeViolations(response, head));
  return violations;
}

function typeViolations(response: Response, { headers }: Head): Violation[] {
  if (response.media.length === 0) return [];
  const text = headers['content-type'];
  const isEmpty = headers['content-length'] === '0';
  const wanted = response.media.map(({ name }) => `\`${name}\``).join(' or ');
  const location = ['header', 'content-type'];
  if (text === undefined) {
    if (isEmpty) return [];
    return [{ location, code: 'required', message: `The answer must say that it is ${wanted}.` }];
  }
  const sent = mediaTypeOf(text);
  if (sent && mediaFor(response, sent.name)) return [];
  const message = `The answer must be ${wanted}, not \`${text.slice(0, 100)}\`.`;
  return [{ location, code: 'undeclared_media_type', message }];
}

function mediaFor(response: Response, sent: string): MediaType | undefined {
  let best: { readonly media: MediaType; readonly closeness: number } | undefined;
  for (const media of response.media) {
    const closeness = suits(mediaTypeOf(media.name)?.name ?? media.name.toLowerCase(), sent);
    if (closeness > (best?.closeness ?? 0)) best = { media, closeness };
  }
  return best?.media;
}

function headerViolations(api: OpenApi, { name, value, schema }: Header, head: Head): Violation[] {
  const key = name.toLowerCase();
  // OpenAPI, "Response Object": its definition is passed over.
  if (key === 'content-type') return [];
  const location = ['header', key];
  const sent = head.headersDistinct[key];
  if (sent === undefined) {
    if (value['required'] !== true) return [];
    return [{ location, code: 'required', message: `The header \`${name}\` is required.` }];
  }
  if (!schema || key === 'set-cookie' || value['content'] !== undefined) return [];
  const reader = textReader(api, schema);
  // Objects travel as lists of names and values; they are left alone.
  if (reader.isObject) return [];
  const text = sent.join(', ');
  const meant = reader.isList ? text.split(',').map((item) => reader.items().read(item.trim())) : reader.read(text);
  return violationsOf(mismatches(meant, schema, judging(api, 'response')), meant, location);
}

/** What is wrong with a body. @param bytes unpacked; empty where there was none */
export function answerBodyViolations(exchange: Exchange, head: Head, bytes: Buffer): Violation[] {
  const { route, method } = exchange;
  const response = route && responseFor(route, head.statusCode!);
  if (!response || isBodiless(head.statusCode!, method)) return [];
  if (bytes.length === 0) {
    const wantsOne = response.media.length > 0 && response.media.every(({ schema }) => schema !== undefined);
    const isText = response.media.some(({ name }) => name.startsWith('text/') || name.includes('*'));
    if (!wantsOne || isText) return [];
    return [{ location: ['body'], code: 'required', message: 'The answer has no body, and one is declared.' }];
  }
  const media = judgedMedia(exchange, head);
  if (!media) return [];
  const { api } = route;
  try {
    const value = read(bytes, mediaTypeOf(head.headers['content-type']!)!, media, api);
    return violationsOf(mismatches(value, media.schema!, judging(api, 'response')), value, ['body']);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return [{ location: ['body'], code: 'malformed', message: error.message }];
  }
}

/** @throws Unreadable */
function read(bytes: Buffer, type: MediaTypeParts, media: MediaType, api: OpenApi): unknown {
  const text = decodeText(bytes, type);
  if (isJsonName(type.name)) return readJson(text);
  if (isXmlName(type.name)) return readXml(text, media.schema, api);
  if (type.name === 'application/x-www-form-urlencoded') return readForm(text, media, api);
  return textReader(api, media.schema).read(text);
}

/** Bodies that have an end and can be read as a value. */
function canJudge(api: OpenApi, { schema }: MediaType, { name }: MediaTypeParts): boolean {
  if (isJsonName(name)) return keyword(api, schema, 'type') !== 'file' && keyword(api, schema, 'format') !== 'binary';
  if (isXmlName(name) || name === 'application/x-www-form-urlencoded') return true;
  if (!name.startsWith('text/') || name === 'text/event-stream') return false;
  // Tables and pages whose schema is an object are text in a form that schemas do not speak of.
  return effectiveTypes(api, schema).every((type) => type !== 'object' && type !== 'array');
}
