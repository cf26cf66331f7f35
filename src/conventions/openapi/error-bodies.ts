/** What an API answers when something went wrong, and how its bodies tell it. */

import { type Answer, answers } from '../../languages/openapi/answers.ts';
import { entriesOf, get, isObject, itemsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { At } from '../../languages/openapi/references.ts';
import {
  codesOf,
  effectiveTypes,
  isError,
  isJson,
  isSuccess,
  keyword,
  type MediaType,
  type Property,
  partsOf,
  propertiesOf,
} from '../../languages/openapi/select.ts';
import { split } from '../../words/split.ts';

/**
 * The answers with a 4xx or 5xx code, and the `default` beside a success: alone, a `default` stands for everything.
 */
export function errorAnswers(api: OpenApi): readonly Answer[] {
  let known = api.memo.get(errorAnswers) as readonly Answer[] | undefined;
  if (!known) {
    known = answers(api).filter(
      ({ codes, operations }) =>
        [...codes].some(isError) ||
        (codes.has('default') && operations.some((operation) => codesOf(api, operation).some(isSuccess))),
    );
    api.memo.set(errorAnswers, known);
  }
  return known;
}

/** A schema of JSON bodies that tell errors, where it is defined. */
export interface ErrorBody {
  /** Resolved. Of a body that is one of several: that one. */
  readonly schema: At;
  readonly media: MediaType;
  /** The answers with such a body, at least one. */
  readonly answers: readonly Answer[];
  readonly shape: ErrorShape;
}

/** Where a body tells what went wrong. */
export interface ErrorShape {
  /**
   * `problem`: RFC 9457. `envelope`: within `error`, or another property. `list`: within the items of `errors`, or of
   * the body. `flat`: in the body itself. `text`: the body is a string. `unknown`: it says neither code nor message.
   */
  readonly style: 'problem' | 'envelope' | 'list' | 'flat' | 'text' | 'unknown';
  /** The way to code and message: `error`, `errors[]`, empty for the body itself. */
  readonly path: string;
  /** What programs tell errors by. */
  readonly code: Property | undefined;
  /** What people read. */
  readonly message: Property | undefined;
  /** The ways to everything that people may read, as `error.message`. */
  readonly messages: ReadonlySet<string>;
  /** The properties beside code and message, those included, by name. */
  readonly fields: ReadonlyMap<string, Property>;
  /** The properties of the body. */
  readonly body: ReadonlyMap<string, Property>;
}

/** The distinct schemas of JSON bodies of errors, in the order in which they are first met. Empty schemas (`{}`) are left out. */
export function errorBodies(api: OpenApi): readonly ErrorBody[] {
  let known = api.memo.get(errorBodies) as readonly ErrorBody[] | undefined;
  if (!known) {
    known = collectBodies(api);
    api.memo.set(errorBodies, known);
  }
  return known;
}

function collectBodies(api: OpenApi): readonly ErrorBody[] {
  const found = new Map<object, ErrorBody & { readonly answers: Answer[] }>();
  for (const answer of errorAnswers(api)) {
    const media = answer.response.media.find(({ name }) => isJson(name));
    if (!media?.schema) continue;
    for (const { schema, properties } of alternatives(api, media.schema)) {
      const body = found.get(schema.value as object);
      if (body) {
        if (body.answers.at(-1) !== answer) body.answers.push(answer);
        continue;
      }
      const shape = shapeOf(api, schema, properties, /problem\+json/i.test(media.name));
      found.set(schema.value as object, { schema, media, answers: [answer], shape });
    }
  }
  return [...found.values()];
}

interface Alternative {
  readonly schema: At;
  readonly properties: ReadonlyMap<string, Property>;
}

/** The schemas that a value may fit, one after the other: the members of `oneOf` and `anyOf`, two levels deep. */
function alternatives(api: OpenApi, schema: At, inherited?: ReadonlyMap<string, Property>, depth = 0): Alternative[] {
  const resolved = api.resolve(schema);
  if (!resolved || !isObject(resolved.value) || Object.keys(resolved.value).length === 0) return [];
  const own = propertiesOf(api, resolved);
  const properties = inherited ? new Map([...inherited, ...own]) : own;
  const branches = partsOf(api, resolved).flatMap(({ value, at }) =>
    ['oneOf', 'anyOf'].flatMap((name) =>
      itemsOf(value[name]).map((branch, i) => ({ value: branch, at: at.child(name).child(i) })),
    ),
  );
  const told = branches.filter(({ value }) => get(value, 'type') !== 'null' && !onlyRequires(value));
  if (told.length === 0 || depth === 2) return [{ schema: resolved, properties }];
  return told.flatMap((branch) => alternatives(api, branch, properties, depth + 1));
}

/** `anyOf: [{ required: [a] }, { required: [b] }]` tells no other shape. */
function onlyRequires(schema: unknown): boolean {
  const keys = entriesOf(schema).map(([key]) => key);
  return keys.length > 0 && keys.every((key) => key === 'required');
}

function shapeOf(api: OpenApi, schema: At, body: ReadonlyMap<string, Property>, isProblem: boolean): ErrorShape {
  const types = effectiveTypes(api, schema);
  const nowhere = { path: '', code: undefined, message: undefined, messages: new Set<string>(), fields: body, body };
  if (body.size === 0 && types.length === 1 && types[0] === 'string') return { ...nowhere, style: 'text' };
  const all = candidates(api, schema, body).map((candidate) => ({ ...candidate, ...tellers(api, candidate.fields) }));
  const found = all.reduce<(typeof all)[number] | undefined>(
    (best, next) => (!best || weight(next) > weight(best) ? next : best),
    undefined,
  );
  if (!found || weight(found) === 0) return { ...nowhere, style: 'unknown' };
  const { path, fields } = found;
  // What the one place lacks, another may have: a message in the body, a code in each of its `errors`.
  const code =
    found.code ?? all.map((other) => other.code).find((other) => other && split(other.name).at(-1) === 'code');
  const message = found.message ?? all.map((other) => other.message).find((other) => other !== undefined);
  const messages = new Set(all.flatMap((candidate) => candidate.texts.map((name) => joined(candidate.path, name))));
  if (path === '' && (isProblem || looksLikeProblem(fields))) {
    const detail = fields.get('detail') ?? fields.get('title');
    return {
      style: 'problem',
      path,
      code: fields.get('type') ?? code,
      message: detail ?? message,
      messages,
      fields,
      body,
    };
  }
  const style = path.endsWith('[]') ? 'list' : path === '' ? 'flat' : 'envelope';
  return { style, path, code, message, messages, fields, body };
}

const joined = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

/** RFC 9457: a title beside what else a problem has. */
function looksLikeProblem(fields: ReadonlyMap<string, Property>): boolean {
  return fields.has('title') && fields.has('type') && (fields.has('status') || fields.has('detail'));
}

/** A message alone tells more than a code alone. */
function weight({ code, message }: { code: unknown; message: unknown }): number {
  return (message ? 2 : 0) + (code ? 1 : 0);
}

interface Candidate {
  readonly path: string;
  readonly fields: ReadonlyMap<string, Property>;
}

/** The objects of a body in which code and message may stand, the likeliest first. */
function candidates(api: OpenApi, schema: At, body: ReadonlyMap<string, Property>): Candidate[] {
  const items = itemsIn(api, schema);
  const found: Candidate[] = [
    ...['error', 'Error', 'errors', 'Errors', 'fault'].flatMap((name) => within(api, body.get(name))),
    { path: '', fields: body },
    ...(items ? [{ path: '[]', fields: propertiesOf(api, items) }] : []),
  ];
  const others = [...body.values()].filter(({ name }) => !/^(?:errors?|fault|details?|links?|_links)$/i.test(name));
  return [...found, ...others.flatMap((property) => within(api, property))];
}

/** What a property holds: an object, or an array of objects. */
function within(api: OpenApi, property: Property | undefined): Candidate[] {
  if (!property) return [];
  const fields = propertiesOf(api, property);
  if (fields.size > 0) return [{ path: property.name, fields }];
  const items = itemsIn(api, property);
  const ofItem = items && propertiesOf(api, items);
  return ofItem && ofItem.size > 0 ? [{ path: `${property.name}[]`, fields: ofItem }] : [];
}

function itemsIn(api: OpenApi, schema: At): At | undefined {
  const holder = partsOf(api, schema).find(({ value }) => isObject(value['items']));
  return holder && { value: holder.value['items'], at: holder.at.child('items') };
}

/** Code and message among the properties of an object. */
function tellers(api: OpenApi, fields: ReadonlyMap<string, Property>) {
  const all = [...fields.values()];
  const message = first(all, [
    (words) => words.length === 1 && messageNames.has(words[0]!),
    (words) => words.length > 1 && messageNames.has(words.at(-1)!),
    ([word], property) => word === 'error' && isText(api, property),
  ]);
  const code = first(
    all.filter((property) => property !== message),
    [
      (words) => words.length === 1 && (words[0] === 'code' || words[0] === 'errcode'),
      (words) => words.at(-1) === 'code' && !words.includes('status') && !words.includes('http'),
      ([word, second], property) => word === 'error' && second === undefined && isScalar(api, property),
      (words) => words.length <= 2 && codes.has(words.at(-1)!),
      ([word], property) => word === 'status' && effectiveTypes(api, property).includes('string'),
    ],
  );
  const texts = all
    .filter(
      (property) =>
        property === message || (property.name === 'error' && isScalar(api, property)) || isMessageName(property.name),
    )
    .map(({ name }) => name);
  return { code, message, texts };
}

function isMessageName(name: string): boolean {
  const words = split(name);
  return words[0] !== undefined && messageNames.has(words.at(-1)!);
}

/** A text of any wording: one of a list is a code. */
function isText(api: OpenApi, property: Property): boolean {
  return effectiveTypes(api, property).includes('string') && keyword(api, property, 'enum') === undefined;
}

const messageNames = new Set('message messages msg detail description title text'.split(' '));
const codes = new Set('type reason name key slug id kind errno num'.split(' '));

/** A name, number or text; where no type is given, one of a list. */
function isScalar(api: OpenApi, property: Property): boolean {
  const types = effectiveTypes(api, property);
  if (types.length === 0) return keyword(api, property, 'enum') !== undefined;
  return !types.includes('object') && !types.includes('array');
}

/** The property that the earliest of the tests accepts. */
function first(
  properties: readonly Property[],
  tests: readonly ((words: readonly string[], property: Property) => boolean)[],
): Property | undefined {
  const named = properties.map((property) => ({ property, words: split(property.name) }));
  for (const test of tests) {
    const found = named.find(({ property, words }) => test(words, property));
    if (found) return found.property;
  }
  return undefined;
}

/** Whether a schema leaves open what its values hold: an object without properties, or anything. */
export function isOpen(api: OpenApi, schema: At): boolean {
  const types = effectiveTypes(api, schema);
  if (types.length > 0 && !types.includes('object')) return false;
  if (propertiesOf(api, schema).size > 0 || keyword(api, schema, 'patternProperties') !== undefined) return false;
  return keyword(api, schema, 'additionalProperties') !== false;
}

/** Whether a standard prescribes the shape: OAuth 2.0 (RFC 6749, section 5.2), SCIM (RFC 7644, section 3.12). */
export function isPrescribed({ body }: ErrorShape): boolean {
  return (body.has('error') && body.has('error_description')) || body.has('scimType');
}

/** Whether a body is `google.rpc.Status`, whose codes are those of gRPC. */
export function isRpcStatus({ style, body }: ErrorShape): boolean {
  return style === 'flat' && ['code', 'message', 'details'].every((name) => body.has(name)) && body.size <= 4;
}
