import { type MediaType, type Response, responsesOf } from '../../languages/openapi/select.ts';
import type { SchemaAt } from '../../languages/openapi/values.ts';
import type { Answer, Body, Exchange, Route } from './exchange.ts';
import { isJsonName, isXmlName, mediaTypeOf, preferred, suits } from './media-types.ts';
import { perRoute } from './per-route.ts';
import { writeForm, writeText } from './text.ts';
import { writeXml } from './xml.ts';

/**
 * What an operation declares for a status: the code itself, its range (`4XX`), or `default`.
 * @returns undefined when it says nothing of it
 */
export function responseFor(route: Route, status: number): Response | undefined {
  return responses(route)(status);
}

const responses = perRoute((route) => {
  const all = responsesOf(route.api, route.operation);
  const known = new Map<number, Response | undefined>();
  return (status: number): Response | undefined => {
    if (known.has(status)) return known.get(status);
    const range = `${Math.floor(status / 100)}XX`;
    const found =
      all.find(({ code }) => code === String(status)) ??
      all.find(({ code }) => code.toUpperCase() === range) ??
      all.find(({ code }) => code === 'default');
    known.set(status, found);
    return found;
  };
});

/**
 * The representation of a response that the caller wants (RFC 9110, section 12.5.1); JSON where it does not matter.
 * @returns undefined when the caller takes none; null when none is declared
 */
export function chosenMedia(exchange: Exchange, response: Response | undefined): MediaType | null | undefined {
  if (!response || response.media.length === 0) return null;
  const name = preferred(exchange.request.headers.accept, namesOf(response));
  return name === undefined ? undefined : response.media.find((media) => media.name === name);
}

function namesOf(response: Response): readonly string[] {
  let names = mediaNames.get(response);
  if (!names) {
    names = response.media.map(({ name }) => name);
    mediaNames.set(response, names);
  }
  return names;
}
const mediaNames = new WeakMap<Response, readonly string[]>();

/**
 * An answer with its body as bytes: a value is written in the media type that the answer names, else in the one that the caller
 * wants of those declared for the status, else (errors above all) in JSON. Gives answers that are bytes already back as they are.
 */
export function rendered(exchange: Exchange, answer: Answer): WrittenAnswer {
  const { body } = answer;
  if (body === null || !('value' in body)) return answer as WrittenAnswer;
  const response = exchange.route ? responseFor(exchange.route, answer.status) : undefined;
  const chosen = body.mediaType === undefined ? chosenMedia(exchange, response) : undefined;
  const declared = body.mediaType ?? chosen?.name ?? fallbackOf(response) ?? 'application/json';
  const mediaType = concrete(declared, body.value, exchange.request.headers.accept);
  const schema = body.schema ?? chosen?.schema ?? response?.media.find(({ name }) => name === declared)?.schema;
  return { ...answer, body: written(body.value, mediaType, schema, exchange) };
}

/** An answer whose body is bytes, or a stream of them. */
export interface WrittenAnswer extends Answer {
  readonly body: Exclude<Body, { readonly value: unknown }>;
}

/** What is sent to callers that take nothing of what there is. */
function fallbackOf(response: Response | undefined): string | undefined {
  return response && preferred(undefined, namesOf(response));
}

/** Writes a value in a media type. */
export function written(
  value: unknown,
  mediaType: string,
  schema: SchemaAt | undefined,
  exchange: Exchange,
): { bytes: Buffer | string; mediaType: string } {
  const { name } = mediaTypeOf(mediaType) ?? { name: mediaType };
  if (Buffer.isBuffer(value)) return { bytes: value, mediaType };
  if (isJsonName(name)) return { bytes: JSON.stringify(value) ?? 'null', mediaType };
  const api = exchange.route?.api ?? exchange.api ?? null;
  if (isXmlName(name) && (typeof value !== 'string' || !value.trimStart().startsWith('<'))) {
    return { bytes: writeXml(value, schema, api), mediaType: withCharset(mediaType) };
  }
  if (name === 'application/x-www-form-urlencoded') return { bytes: writeForm(value), mediaType };
  return { bytes: writeText(value, name), mediaType: name.startsWith('text/') ? withCharset(mediaType) : mediaType };
}

const withCharset = (mediaType: string): string =>
  /;\s*charset=/i.test(mediaType) ? mediaType : `${mediaType}; charset=utf-8`;

/** A media type for a range: what the caller names within it, else what suits the value. */
function concrete(declared: string, value: unknown, accept: string | undefined): string {
  if (!declared.includes('*')) return declared;
  const range = mediaTypeOf(declared)?.name ?? declared;
  const asked = (accept ?? '').split(/[,;]/, 1)[0]!.trim().toLowerCase();
  if (asked !== '' && !asked.includes('*') && mediaTypeOf(asked) && suits(range, asked) > 0) return asked;
  if (range.includes('/*+')) return range.replace('*+', '');
  if (range.startsWith('text/')) return 'text/plain';
  if (range.startsWith('image/')) return 'image/png';
  if (range.startsWith('audio/')) return 'audio/mpeg';
  if (range.startsWith('video/')) return 'video/mp4';
  if (Buffer.isBuffer(value)) return 'application/octet-stream';
  return typeof value === 'string' && range === '*/*' ? 'text/plain' : 'application/json';
}
