/** The records and the lists of records that operations take and give. */
import { isPageName } from '../../conventions/openapi/collections.ts';
import { get, itemsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { At } from '../../languages/openapi/references.ts';
import {
  bodyOf,
  effectiveTypes,
  isJson,
  type MediaType,
  type Operation,
  type Property,
  partsOf,
  propertiesOf,
  successesOf,
} from '../../languages/openapi/select.ts';
import { split } from '../../words/split.ts';
import { areAlike, coreOf, nounOf } from './draft.ts';

/** What a schema says of one kind of thing. */
export interface RecordSchema {
  /** Without `$ref` on top. */
  readonly schema: At;
  /** The name that the document gives to the schema, without what only says which view of a thing it is; empty without a name. */
  readonly core: string;
  /** Through `$ref`, `allOf` and alternatives. */
  readonly properties: ReadonlyMap<string, Property>;
  /** The names of the properties as words joined by spaces. */
  readonly fields: ReadonlySet<string>;
  /** What may stand in its place, where it says `oneOf` or `anyOf`. */
  readonly alternatives: readonly RecordSchema[];
}

/** One body: a record or a list of them, and the properties of envelopes that lead to it, the outermost first. */
export interface Content {
  readonly kind: 'record' | 'list';
  readonly record: RecordSchema;
  readonly inside: readonly string[];
}

/** What an operation answers with at the first of its successes that has a body of JSON; null for all that is no record. */
export function givenBy(api: OpenApi, operation: Operation, noun: string, isItem: boolean): Content | null {
  for (const { media } of successesOf(api, operation)) {
    const content = contentIn(api, media, noun, isItem);
    if (content) return content;
  }
  return null;
}

/** What an operation takes. */
export function takenBy(api: OpenApi, operation: Operation, noun: string): Content | null {
  return contentIn(api, bodyOf(api, operation)?.media ?? [], noun, true);
}

/** Whether an operation streams events (WHATWG HTML, server-sent events; also lines of JSON). */
export function streamsEvents(api: OpenApi, operation: Operation): boolean {
  return successesOf(api, operation).some(({ media }) => media.some(({ name }) => /^text\/event-stream\b/i.test(name)));
}

function contentIn(api: OpenApi, media: readonly MediaType[], noun: string, isItem: boolean): Content | null {
  const chosen =
    media.find(({ name }) => isJson(name)) ??
    media.find(({ name }) => /^(?:\*\/\*|application\/\*)/.test(name)) ??
    media.find(({ name }) => /form/i.test(name));
  const body = chosen?.schema && resolved(api, chosen.schema);
  return body ? contentOf(api, body, noun, isItem) : null;
}

function contentOf(api: OpenApi, body: At, noun: string, isItem: boolean): Content | null {
  const bare = itemsIn(api, body);
  if (bare) return listOf(api, bare, []);
  const whole = recordOf(api, body);
  if (!whole) return null;
  const list = listInside(api, whole, noun, isItem);
  if (list) return list;
  const inside = recordInside(api, whole, noun);
  return inside ?? { kind: 'record', record: whole, inside: [] };
}

function listOf(api: OpenApi, items: At, inside: readonly string[]): Content | null {
  const record = recordOf(api, items);
  return record ? { kind: 'list', record, inside } : null;
}

/** Names under which envelopes hold lists, the commonest first. */
const listNames =
  'data items results values records entries elements content list value nodes resources objects rows hits docs result'.split(
    ' ',
  );

function listInside(api: OpenApi, whole: RecordSchema, noun: string, isItem: boolean): Content | null {
  const { properties } = whole;
  if (hasId(whole)) return null;
  const lists = [...properties.values()].flatMap((property) => {
    const items = itemsIn(api, property);
    return items ? [{ name: property.name, items }] : [];
  });
  if (lists.length === 0) return listDeeper(api, whole, noun, isItem);
  const others = [...properties.keys()].filter((name) => !lists.some((list) => list.name === name));
  const isPage = others.every(isBesides);
  const named = lists.find(({ name }) => areAlike(nounOf(name), noun));
  const usual = listNames.map((name) => lists.find((list) => list.name === name)).find(Boolean);
  const only = lists.length === 1 && isPage ? lists[0] : undefined;
  // What addresses one record answers with a list only where nothing else is in the answer.
  const own = others.filter((name) => !isBesides(name)).length;
  const telling = named && own <= 4 ? named : undefined;
  const likely = isPage || others.length <= 2 ? (usual ?? only) : undefined;
  const list = isItem ? (isPage ? (usual ?? only) : undefined) : (telling ?? likely);
  return list ? listOf(api, list.items, [list.name]) : null;
}

/** A list in an envelope within the envelope: `_embedded: { orders: [] }` of HAL, `data: { items: [], total: 7 }`. */
function listDeeper(api: OpenApi, whole: RecordSchema, noun: string, isItem: boolean): Content | null {
  const names = [...whole.properties.keys()];
  const holder = names.find((name) => /^_?embedded$/i.test(name)) ?? names.find((name) => holders.test(name));
  if (holder === undefined || !names.every((name) => name === holder || isBesides(name))) return null;
  const inner = recordOf(api, whole.properties.get(holder)!);
  // No deeper than this: what holds itself has no end.
  const isFlat = inner && [...inner.properties.values()].some((property) => itemsIn(api, property));
  const list = isFlat ? listInside(api, inner, noun, isItem) : null;
  return list && { ...list, inside: [holder, ...list.inside] };
}

const holders = /^(?:data|results?|response|payload|body|content)$/i;

function recordInside(api: OpenApi, whole: RecordSchema, noun: string): Content | null {
  if (hasId(whole)) return null;
  const others = [...whole.properties.keys()].filter((name) => !isBesides(name));
  for (const property of whole.properties.values()) {
    const name = split(property.name).join(' ');
    const isNamed = name === noun || (name !== '' && noun.endsWith(` ${name}`)) || areAlike(name, noun);
    const isUsual = name === 'data' || name === 'result' || name === 'item' || name === 'response';
    const isOnly = others.length === 1 && others[0] === property.name;
    if (!((isNamed || isUsual) && others.length <= 3) && !(isOnly && whole.properties.size <= 4)) continue;
    const inner = resolved(api, property);
    const record = inner && recordOf(api, inner);
    if (record && record.properties.size > 0) return recordDeeper(api, record, noun, property.name);
  }
  return null;
}

/** A record in an envelope, or in one within it that holds nothing else: `data: { order: {} }`. */
function recordDeeper(api: OpenApi, record: RecordSchema, noun: string, name: string): Content {
  const [only, ...others] = record.properties.values();
  const isNamed = others.length === 0 && only && areAlike(split(only.name).join(' '), noun);
  const inner = isNamed ? recordOf(api, only) : null;
  return inner && hasId(inner)
    ? { kind: 'record', record: inner, inside: [name, only!.name] }
    : { kind: 'record', record, inside: [name] };
}

/** Names of what stands beside a record or a list in an envelope. */
function isBesides(name: string): boolean {
  return (
    isPageName(name) ||
    /^(?:ok|success|status|status_?code|code|message|msg|errors?|warnings?|included|jsonapi|object|kind|etag|request_?id|timestamp|took|page_?size|per_?page|current_?page|last_?page|(?:first|next|prev(?:ious)?|last|start|end|self)(?:_?(?:page|uri|url|id|link|href|page_?(?:uri|url)))+|uri|url|_embedded|next_?marker|order|sort|incomplete_results|has_next|has_previous|is_last|more|num_?pages|total.*|.*_count|first_id|last_id)$/i.test(
      name,
    )
  );
}

function hasId({ properties }: RecordSchema): boolean {
  return [...properties.keys()].some((name) => /^(?:_?id|uuid|guid|gid|sid)$/i.test(name));
}

/** The schema of a list's items, where a schema says `array`. */
export function itemsIn(api: OpenApi, schema: At): At | null {
  if (!effectiveTypes(api, schema).includes('array')) return null;
  for (const part of partsOf(api, schema)) {
    const { value } = part;
    if (value['items'] === undefined) continue;
    return resolved(api, { value: value['items'], at: part.at.child('items') }) ?? null;
  }
  return null;
}

/** What stands behind `$ref`s and behind an `allOf` of one. */
function resolved(api: OpenApi, schema: At): At | undefined {
  let here = api.resolve(schema);
  for (let steps = 0; here && steps < 20; steps++) {
    const { value, at } = here;
    if (value === null || typeof value !== 'object') return undefined;
    const all = itemsOf((value as Record<string, unknown>)['allOf']);
    const isWrapper = all.length === 1 && Object.keys(value).every((key) => wrapping.has(key));
    if (!isWrapper) return here;
    here = api.resolve({ value: all[0], at: at.child('allOf').child(0) });
  }
  return here;
}

const wrapping = new Set(['allOf', 'description', 'title', 'nullable', 'readOnly', 'type', 'example', 'deprecated']);

/** A schema as that of a record; null for scalars, lists, maps and what says nothing. */
export function recordOf(api: OpenApi, schema: At): RecordSchema | null {
  const known = (api.memo.get(recordOf) as Map<unknown, RecordSchema | null> | undefined) ?? new Map();
  api.memo.set(recordOf, known);
  let record = known.get(schema.value);
  if (record === undefined) {
    known.set(schema.value, null);
    record = readRecord(api, schema);
    known.set(schema.value, record);
  }
  return record;
}

function readRecord(api: OpenApi, schema: At): RecordSchema | null {
  const target = resolved(api, schema);
  if (!target) return null;
  const types = effectiveTypes(api, target);
  if (types.length > 0 && !types.includes('object')) return null;
  const own = propertiesOf(api, target);
  const alternatives = alternativesOf(api, target);
  if (own.size === 0 && alternatives.length === 0) return null;
  // A file, or the list of a folder's: only the former is a record.
  if (own.size === 0 && alternatives.length < branchCount(api, target)) return alternatives[0]!;
  const properties = new Map(own);
  for (const { properties: more } of alternatives) {
    for (const [name, property] of more) if (!properties.has(name)) properties.set(name, property);
  }
  return {
    schema: target,
    core: coreOf(schemaName(target)),
    properties,
    fields: new Set([...properties.keys()].map((name) => split(name).join(' '))),
    alternatives,
  };
}

function alternativesOf(api: OpenApi, schema: At): RecordSchema[] {
  return partsOf(api, schema).flatMap(({ value, at }) =>
    ['oneOf', 'anyOf'].flatMap((keyword) =>
      itemsOf(value[keyword]).flatMap(
        (branch, i) => recordOf(api, { value: branch, at: at.child(keyword).child(i) }) ?? [],
      ),
    ),
  );
}

/** How many alternatives a schema has besides `null`. */
function branchCount(api: OpenApi, schema: At): number {
  const branches = partsOf(api, schema).flatMap(({ value, at }) =>
    ['oneOf', 'anyOf'].flatMap((keyword) =>
      itemsOf(value[keyword]).map((branch, i) => api.resolve({ value: branch, at: at.child(keyword).child(i) })),
    ),
  );
  return branches.filter((branch) => branch && get(branch.value, 'type') !== 'null').length;
}

/** What the document calls a schema: its key among the components, or its file. */
export function schemaName({ at }: At): string {
  const { parent, key } = at;
  if (!parent) return (at.document.source.path.split('/').at(-1) ?? '').replace(/\.[^.]*$/, '');
  return parent.key === 'schemas' || parent.key === 'definitions' ? String(key) : '';
}
