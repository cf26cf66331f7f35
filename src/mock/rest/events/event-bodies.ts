import { judging } from '../../../languages/openapi/examples.ts';
import { get, isObject, type JsonObject } from '../../../languages/openapi/json.ts';
import type { OpenApi } from '../../../languages/openapi/openapi.ts';
import type { At } from '../../../languages/openapi/references.ts';
import {
  bodyOf,
  isJson,
  type MediaType,
  type Operation,
  type Parameter,
  parametersOf,
  propertiesOf,
} from '../../../languages/openapi/select.ts';
import { mismatches } from '../../../languages/openapi/values.ts';
import { split } from '../../../words/split.ts';
import { Random } from '../../random.ts';
import { completeValue, sampleSchema } from '../../sample/sample.ts';

/** What happened, as a body is to tell it. */
export interface Happening {
  /** `order.shipped`, as the document names it. */
  readonly event: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Tells it from others; the same for the same. */
  readonly id: string;
  /** What the thing is called that it happened to, in lower-case words; null: nobody knows. */
  readonly thing: string | null;
  readonly thingId: string | null;
  /** What is known of it: the record, or the answer that caused it. */
  readonly record: JsonObject;
  readonly seed: number;
}

/** A body as text, with its media type. */
export interface Written {
  readonly mediaType: string;
  readonly text: string;
}

/**
 * The body of an operation that the mock calls: what its schema declares, filled with what happened; all else from its example, or
 * made up. Without a declared body, an envelope with `id`, `type`, `timestamp` and `data`.
 */
export function eventBody(api: OpenApi | null, operation: Operation | null, happening: Happening): Written {
  const declared = api && operation ? bodyOf(api, operation) : undefined;
  const media = declared && (declared.media.find(({ name }) => isJson(name)) ?? declared.media[0]);
  const schema = media?.schema;
  if (!api || !media || !schema || !isJson(media.name))
    return { mediaType: 'application/json', text: envelope(happening) };
  const random = new Random('event', happening.seed, happening.id);
  const called = happening.thing ? happening.thing.split(' ') : [];
  const base = exampleOf(api, media, schema);
  const known = filled(api, schema, base, happening, 0);
  const value = completeValue(schema, known, { api, direction: 'request', random, examples: true, called });
  return { mediaType: media.name, text: JSON.stringify(value) };
}

function envelope({ event, at, id, record }: Happening): string {
  return JSON.stringify({ id, type: event, timestamp: new Date(at).toISOString(), data: record });
}

/** The example that a body begins with, where it fits: of the media type, else none, since schemas' examples are seen when they are completed. */
function exampleOf(api: OpenApi, media: MediaType, schema: At): JsonObject {
  const named = get(media.value, 'examples');
  const first = isObject(named) ? api.resolve({ value: Object.values(named)[0], at: media.at })?.value : undefined;
  const example = get(media.value, 'example') ?? get(first, 'value');
  if (!isObject(example)) return {};
  const [wrong] = mismatches(example, schema, judging(api, 'request'));
  return wrong ? {} : example;
}

/** Objects of this depth are looked into. */
const deepest = 4;

/** An object with what happened in the properties that ask for it. */
function filled(api: OpenApi, schema: At, base: JsonObject, happening: Happening, depth: number): JsonObject {
  const resolved = api.resolve(schema) ?? schema;
  const properties = propertiesOf(api, resolved);
  if (properties.size === 0) return depth > 0 ? happening.record : base;
  const found: Record<string, unknown> = { ...base };
  const shared = [...properties.keys()].filter((name) => Object.hasOwn(happening.record, name));
  const isRecord = depth > 0 || shared.length > 2;
  for (const [name, property] of properties) {
    const value = valueFor(name, property, { api, base, happening, depth, isRecord });
    if (value === undefined) continue;
    const fits = mismatches(value, property, judging(api, 'request')).length === 0;
    if (fits || isObject(value)) found[name] = value;
  }
  return found;
}

interface Filling {
  readonly api: OpenApi;
  readonly base: JsonObject;
  readonly happening: Happening;
  readonly depth: number;
  /** Whether the object is the thing itself rather than an envelope around it. */
  readonly isRecord: boolean;
}

/** What a property is to hold; undefined: nothing in particular. */
function valueFor(name: string, property: At, filling: Filling): unknown {
  const { api, base, happening, depth, isRecord } = filling;
  const { record, thing, thingId, event, at, id } = happening;
  const words = split(name).join(' ').toLowerCase();
  if (!isRecord && eventNames.has(words)) return event;
  if (!isRecord && timeNames.has(words)) return timeAs(api, property, at);
  if (!isRecord && (words === 'id' || words === 'event id' || words === 'message id' || words === 'delivery id'))
    return id;
  if (thing && thingId !== null && words === `${thing} id`) return typed(api, property, thingId);
  if (words === 'id' && thingId !== null && !Object.hasOwn(record, name)) return typed(api, property, thingId);
  if (!isRecord && depth < deepest && (holderNames.has(words) || words === thing)) {
    const inner = base[name];
    return filled(api, property, isObject(inner) ? inner : {}, happening, depth + 1);
  }
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

const eventNames: ReadonlySet<string> = new Set([
  'type',
  'event',
  'event type',
  'event name',
  'topic',
  'trigger',
  'action',
]);
const timeNames: ReadonlySet<string> = new Set([
  ...['timestamp', 'time', 'created', 'created at', 'occurred at', 'sent at', 'date', 'event time', 'triggered at'],
]);
const holderNames: ReadonlySet<string> = new Set(['data', 'object', 'payload', 'resource', 'record', 'entity', 'body']);

/** A moment as a schema has it: a number of seconds, or text. */
function timeAs(api: OpenApi, property: At, at: number): unknown {
  const type = get(api.resolve(property)?.value, 'type');
  return type === 'integer' || type === 'number' ? Math.floor(at / 1000) : new Date(at).toISOString();
}

function typed(api: OpenApi, property: At, id: string): unknown {
  const type = get(api.resolve(property)?.value, 'type');
  return (type === 'integer' || type === 'number') && /^-?\d{1,15}$/.test(id) ? Number(id) : id;
}

/** The header parameters that an operation asks the mock for, besides those that every message has. */
export function eventHeaders(api: OpenApi, operation: Operation, happening: Happening): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const parameter of parametersOf(api, operation)) {
    const name = parameter.name.toLowerCase();
    if (parameter.in !== 'header' || own.has(name) || !/^[\w!#$%&'*+.^`|~-]+$/.test(name)) continue;
    const value = headerValue(api, parameter, happening);
    if (value !== undefined) headers[name] = value.replace(/[^\x20-\x7e]+/g, ' ');
  }
  return headers;
}

const own: ReadonlySet<string> = new Set([
  ...[
    'content-type',
    'content-length',
    'accept',
    'authorization',
    'user-agent',
    'host',
    'connection',
    'transfer-encoding',
  ],
  ...['x-signature', 'x-timestamp', 'x-event', 'x-message-id', 'expect', 'upgrade', 'keep-alive', 'te', 'trailer'],
]);

function headerValue(api: OpenApi, parameter: Parameter, happening: Happening): string | undefined {
  const words = split(parameter.name).map((word) => word.toLowerCase());
  if (words.includes('event') || words.includes('topic')) return happening.event;
  if (words.includes('delivery') || words.at(-1) === 'id') return happening.id;
  const shown = parameter.value['example'] ?? get(parameter.schema?.value, 'example');
  if (typeof shown === 'string' || typeof shown === 'number') return String(shown);
  if (!parameter.required || !parameter.schema) return undefined;
  const random = new Random('event header', happening.seed, parameter.name);
  const called = words;
  const value = sampleSchema(parameter.schema, { api, direction: 'request', random, examples: true, called });
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}
