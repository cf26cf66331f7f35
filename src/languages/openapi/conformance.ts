/**
 * How documents depart from the specification of their version, judged by the grammar and its conditions rather than by
 * JSON Schema: places are exact, words are plain, and it costs little.
 */
import { closest } from '../../text/closest.ts';
import type { Finding } from '../../text/problem.ts';
import { type Condition, conditions } from './conditions.ts';
import { grammars, type Kind, type KindName, type Shape, type Version } from './grammar.ts';
import { asString, get, isObject, itemsOf, type JsonObject, stringsOf } from './json.ts';
import type { OpenApi } from './openapi.ts';
import { parameterEntries } from './parameter-lists.ts';
import type { Pointer } from './pointer.ts';
import type { Node, Reference } from './walk.ts';

/** Which idea of conformity a departure belongs to: one rule speaks for each. */
export type Aspect =
  | 'shape'
  | 'key'
  | 'reference'
  | 'parameter'
  | 'security-scheme'
  | 'component-name'
  | 'example'
  | 'encoding'
  | 'server-variable';

/** A departure from the specification. */
export interface Departure extends Finding {
  readonly aspect: Aspect;
}

/** Everything in which the documents of an API depart from their specification, kind by kind. */
export function departures(api: OpenApi): readonly Departure[] {
  let known = api.memo.get(departures) as readonly Departure[] | undefined;
  if (!known) {
    known = [...new Judgement(api).run()];
    api.memo.set(departures, known);
  }
  return known;
}

class Judgement {
  readonly #api: OpenApi;
  readonly #version: Version;
  /** Objects that a reference of the wrong kind leads to: they are judged as what they are. */
  readonly #misread = new Map<KindName, Set<unknown>>();
  #judgesKeywords = true;

  constructor(api: OpenApi) {
    this.#api = api;
    this.#version = api.version;
  }

  *run(): Generator<Departure> {
    this.#judgesKeywords = usesOwnDialect(this.#api);
    for (const reference of this.#api.index.references) yield* this.#reference(reference);
    for (const kind of Object.keys(this.#api.grammar) as KindName[]) yield* this.#kind(kind);
  }

  *#reference(reference: Reference): Generator<Departure> {
    const { kind, at, resolution, field } = reference;
    if (kind === null || (!this.#api.grammar[kind].referable && kind !== 'PathItem')) {
      const place = kind === null ? `\`${field}\`` : nouns[kind].phrase;
      yield {
        aspect: 'reference',
        at: at.onKey,
        message: `A \`$ref\` has no meaning in the place of ${place}.`,
        help: 'Write the thing itself here, or bundle the document before it is published.',
      };
    }
    if (kind === null || !('target' in resolution)) return;
    const actual = this.#kindOfComponent(resolution.target.at);
    if (!actual || actual === kind) return;
    const misread = this.#misread.get(kind) ?? new Set();
    this.#misread.set(kind, misread.add(resolution.target.value));
    yield {
      aspect: 'shape',
      at,
      message: `The reference leads to ${nouns[actual].phrase}, where ${nouns[kind].phrase} belongs.`,
      related: [{ message: 'it leads here', at: resolution.target.at }],
    };
  }

  /** What a component is by the section in which it stands; undefined for anything else. */
  #kindOfComponent({ path, document }: Pointer): KindName | undefined {
    if (this.#version === '2.0') return path.length === 2 ? sections20[path[0]!] : undefined;
    const isDocument = get(document.value, 'openapi') !== undefined;
    if (!isDocument || path.length !== 3 || path[0] !== 'components') return undefined;
    const shape = this.#api.grammar.Components.fields[path[1]!];
    return typeof shape === 'object' && 'map' in shape ? (shape.map as KindName) : undefined;
  }

  *#kind(kind: KindName): Generator<Departure> {
    const rule = this.#api.grammar[kind];
    const asked = (conditions[kind] ?? []).filter(({ versions }) => !versions || versions.includes(this.#version));
    const fields = new Map(Object.entries(rule.fields));
    const misread = this.#misread.get(kind);
    for (const node of this.#api.index.nodes[kind]) {
      if (misread?.has(node.value)) continue;
      if (!isSound(this.#version, rule, fields, node.value)) yield* this.#keys(kind, rule, fields, node);
      for (const condition of asked) {
        if (!condition.when || condition.when(node.value, node)) yield* this.#condition(kind, condition, node);
      }
      if (kind === 'Responses') yield* atLeastOneCode(node);
      if (kind === 'Document') yield* this.#version === '2.0' ? addressPlain(node) : versionKnown(node);
      if (this.#version === '2.0' && kind === 'Operation') yield* this.#formData(node);
      if (this.#version === '3.2' && (kind === 'Operation' || kind === 'PathItem')) yield* this.#queryStrings(node);
    }
  }

  // Keys.

  *#keys(kind: KindName, rule: Kind, fields: ReadonlyMap<string, Shape>, node: Node): Generator<Departure> {
    for (const [key, value] of Object.entries(node.value)) {
      const shape = fields.get(key);
      if (shape === undefined) {
        if (!(rule.extensions && key.startsWith('x-'))) yield* this.#entry(kind, rule, node, key);
      } else if (!fits(this.#version, shape, value, key)) yield* this.#misfits(kind, node, key, shape);
    }
    yield* this.#missing(kind, rule, node);
  }

  *#entry(kind: KindName, rule: Kind, node: Node, key: string): Generator<Departure> {
    const { entries } = rule;
    const value = node.value[key];
    const at = node.at.child(key);
    if (entries?.keys.test(key)) {
      if (!fits(this.#version, entries.shape, value, key))
        yield* this.#explain(entries.shape, value, at, aspectOf(kind), '');
    } else if (kind === 'Paths') {
      yield { aspect: 'shape', at: at.onKey, message: `The path \`${key}\` does not start with \`/\`.` };
    } else if (kind === 'Responses') {
      yield { aspect: 'shape', at: at.onKey, message: `\`${key}\` is no status code.`, help: codeHelp(key) };
    } else if (key === '$ref') {
      if (typeof value !== 'string') yield* this.#explain('string', value, at, 'shape', '');
    } else if (rule.open) {
      yield* this.#keyword(rule, key, at);
    } else {
      yield this.#unknown(kind, rule, key, at);
    }
  }

  /** Schemas of 3.1 may hold any keyword, so only near misses are reported. */
  *#keyword(rule: Kind, key: string, at: Pointer): Generator<Departure> {
    if (!this.#judgesKeywords || legacyKeywords.has(key) || key.startsWith('x-')) return;
    const meant = nearestKeyword(rule, key);
    if (meant === null) return;
    yield {
      aspect: 'key',
      at: at.onKey,
      message: `\`${key}\` is no keyword of a schema, so it has no effect.`,
      help: `Did you mean \`${meant}\`?`,
    };
  }

  #unknown(kind: KindName, rule: Kind, key: string, at: Pointer): Departure {
    const what = kind === 'Schema' ? 'no keyword of a schema' : `no field of ${nouns[kind].phrase}`;
    const meant = closest(key, Object.keys(rule.fields));
    const other = meant === null ? otherVersion(this.#version, kind, key) : undefined;
    const message = other
      ? `\`${key}\` is ${what} in ${versionName(this.#version)}; it belongs to ${versionName(other)}.`
      : `\`${key}\` is ${what}.`;
    const help = meant !== null ? `Did you mean \`${meant}\`?` : replacementFor(this.#version, kind, key);
    return {
      aspect: 'key',
      at: at.onKey,
      message,
      help: help ?? (rule.extensions ? 'Remove it, or let its name start with `x-`.' : 'Remove it.'),
    };
  }

  *#missing(kind: KindName, rule: Kind, { value, at }: Node): Generator<Departure> {
    if (isReference(value)) return;
    for (const field of rule.required) {
      if (value[field] !== undefined) continue;
      const hint = closest(
        field,
        Object.keys(value).filter((key) => !(key in rule.fields)),
      );
      yield {
        aspect: kind === 'ServerVariable' ? 'server-variable' : aspectOf(kind),
        at,
        message: `${named(kind, value['name'])} lacks \`${field}\`.`,
        ...(hint === null ? {} : { help: `Is \`${hint}\` meant to be it?` }),
      };
    }
  }

  // Conditions.

  *#condition(kind: KindName, condition: Condition, { value, at }: Node): Generator<Departure> {
    const { subject, requires, excludes, exactlyOne, anyOf, atMostOne } = condition;
    const has = (field: string) => value[field] !== undefined;
    const aspect = aspectOf(kind);
    for (const field of requires ?? []) {
      if (!has(field)) yield { aspect, at, message: `${subject} needs \`${field}\`, which is missing.` };
    }
    for (const field of excludes ?? []) {
      if (!has(field)) continue;
      yield {
        aspect: 'key',
        at: at.child(field).onKey,
        message: `${subject} has no \`${field}\`.`,
        help: 'Remove it: it has no effect.',
      };
    }
    if (exactlyOne && !exactlyOne.some(has)) {
      const typed = kind === 'Parameter' ? 'parameter' : aspect;
      yield {
        aspect: typed,
        at,
        message: `${named(kind, value['name'], subject)} has neither ${quoted(exactlyOne, 'nor')}.`,
      };
    }
    if (anyOf && !anyOf.some(has)) yield { aspect, at, message: `${subject} has none of ${quoted(anyOf, 'and')}.` };
    const rivals = (exactlyOne ?? atMostOne ?? []).filter(has);
    if (rivals.length > 1) {
      const encoding = atMostOne?.includes('encoding');
      const single = encoding ? 'encoding' : kind === 'Example' ? 'example' : aspect;
      const typed = exactlyOne && kind === 'Parameter' ? 'parameter' : single;
      const first = kind === 'Example' || encoding;
      const place = at.child(first ? rivals[0]! : rivals[1]!).onKey;
      yield {
        aspect: typed,
        at: place,
        message: `${named(kind, value['name'], subject)} has both ${quoted(rivals, 'and')}, which exclude each other.`,
      };
    }
    for (const [field, allowed] of Object.entries(condition.values ?? {})) {
      const actual = value[field];
      if (
        typeof actual !== 'string' ||
        allowed.includes(actual) ||
        !fits(this.#version, this.#api.grammar[kind].fields[field]!, actual, field)
      )
        continue;
      yield {
        aspect,
        at: at.child(field),
        message: `${subject} must have the \`${field}\` ${quoted(allowed, 'or')}, not \`${shown(actual)}\`.`,
      };
    }
    for (const [field, count] of Object.entries(condition.entries ?? {})) {
      const actual = value[field];
      if (!isObject(actual) || '$ref' in actual || Object.keys(actual).length === count) continue;
      yield {
        aspect,
        at: at.child(field),
        message: `${subject} must have exactly one media type, not ${Object.keys(actual).length}.`,
      };
    }
  }

  /** Swagger 2.0, Parameter Object, `in` and `type`: form fields need a media type of forms, and files the one that can carry them. */
  *#formData(operation: Node): Generator<Departure> {
    const fields = parameterEntries(this.#api, operation).filter(({ value }) => value['in'] === 'formData');
    if (fields.length === 0) return;
    const own = Array.isArray(operation.value['consumes']);
    const consumed = stringsOf((own ? operation.value : this.#api.root.value)['consumes']);
    const takes = (type: string) => consumed.some((name) => name.toLowerCase().startsWith(type));
    const file = fields.find(({ value }) => value['type'] === 'file');
    if (file && !takes('multipart/form-data')) {
      yield {
        aspect: 'shape',
        at: own ? operation.at.child('consumes') : operation.at,
        message: 'An operation that takes a file must consume `multipart/form-data`.',
      };
    } else if (!takes('multipart/form-data') && !takes('application/x-www-form-urlencoded')) {
      yield {
        aspect: 'shape',
        at: own ? operation.at.child('consumes') : operation.at,
        message:
          'An operation that takes form fields must consume `application/x-www-form-urlencoded` or `multipart/form-data`.',
      };
    }
  }

  /** OpenAPI 3.2, "Parameter Locations": one `querystring` at most, and none beside `query`. */
  *#queryStrings({ value, at }: Node): Generator<Departure> {
    const list = itemsOf(value['parameters']);
    const place = (item: unknown, i: number) =>
      get(this.#api.resolve({ value: item, at: at.child('parameters').child(i) })?.value, 'in');
    const places = list.map(place);
    const strings = places.flatMap((where, i) => (where === 'querystring' ? [i] : []));
    if (strings.length > 1 || (strings.length === 1 && places.includes('query'))) {
      const rival = strings.length > 1 ? 'a second one' : 'a `query` parameter';
      yield {
        aspect: 'shape',
        at: at.child('parameters').child(strings.at(-1)!),
        message: `A \`querystring\` parameter cannot stand beside ${rival}.`,
      };
    }
  }

  // Values.

  *#misfits(kind: KindName, node: Node, key: string, shape: Shape): Generator<Departure> {
    const value = node.value[key];
    const help = this.#laterHelp(kind, key, value);
    yield* this.#explain(shape, value, node.at.child(key), aspectOf(kind), help);
  }

  /** Says where and why a value does not have its form. */
  *#explain(shape: Shape, value: unknown, at: Pointer, aspect: Aspect, help: string): Generator<Departure> {
    if (typeof shape === 'object' && 'list' in shape && Array.isArray(value)) {
      let told = false;
      for (const [i, item] of value.entries()) {
        if (fits(this.#version, shape.list, item, '')) continue;
        told = true;
        yield* this.#explain(shape.list, item, at.child(i), aspect, help);
      }
      if (!told) yield { aspect, at: at.onKey, message: listFault(String(at.key), value) };
      return;
    }
    if (typeof shape === 'object' && 'map' in shape && isObject(value)) {
      for (const key of Object.keys(value)) {
        if (shape.extensions && key.startsWith('x-')) continue;
        if (shape.keys && !shape.keys.test(key)) yield this.#badName(key, at);
        if (!fits(this.#version, shape.map, value[key], key))
          yield* this.#explain(shape.map, value[key], at.child(key), aspect, help);
      }
      return;
    }
    const nearer = typeof shape === 'object' && 'either' in shape && nearestAlternative(shape.either, value);
    if (nearer) {
      yield* this.#explain(nearer, value, at, aspect, help);
      return;
    }
    const subject = typeof at.key === 'number' ? `An item of \`${at.parent?.key}\`` : `\`${at.key}\``;
    const meant = typeof value === 'string' ? closest(value, wordsFor(shape)) : null;
    const advice = meant === null ? help : `Did you mean \`${meant}\`?`;
    yield {
      aspect,
      at,
      message: `${subject} must be ${describe(shape)}, not ${describeValue(value, shape)}.`,
      ...(advice && { help: advice }),
    };
  }

  #badName(key: string, at: Pointer): Departure {
    const isComponent = at.parent?.key === 'components';
    return {
      aspect: isComponent ? 'component-name' : 'shape',
      at: at.child(key).onKey,
      message: isComponent
        ? `The name \`${key}\` of a component has characters that names must not have.`
        : `\`${key}\` is no name of a method.`,
      help: isComponent
        ? 'Use letters, digits, `.`, `-` and `_` only.'
        : 'Use the characters that HTTP allows in methods.',
    };
  }

  /** Where another version would allow the value: which one. */
  #laterHelp(kind: KindName, key: string, value: unknown): string {
    for (const version of otherVersions(this.#version)) {
      const shape = grammars[version][kind].fields[key];
      const isScalar = typeof shape === 'object' || (shape !== undefined && shape[0]! >= 'a');
      if (shape !== undefined && isScalar && fits(this.#version, shape, value, key)) {
        return `${versionName(version)} allows this; ${versionName(this.#version)} does not.`;
      }
    }
    return '';
  }
}

// What has its form.

/** Whether an object has all fields that it must have, and each with the right form: nearly all have. No generator, for speed. */
function isSound(version: Version, rule: Kind, fields: ReadonlyMap<string, Shape>, value: JsonObject): boolean {
  // `for…in` makes no list of keys, and the objects of documents inherit none.
  for (const key in value) {
    const shape = fields.get(key);
    if (shape === undefined) {
      if (rule.extensions && key.startsWith('x-')) continue;
      const { entries } = rule;
      if (!entries?.keys.test(key) || !fits(version, entries.shape, value[key], key)) return false;
    } else if (!fits(version, shape, value[key], key)) return false;
  }
  for (const field of rule.required) if (value[field] === undefined) return false;
  return true;
}

/** Whether a value has the form that its place asks for. Objects of the specification are judged as nodes of their own. */
function fits(version: Version, shape: Shape, value: unknown, key: string | number): boolean {
  if (typeof shape === 'string') return fitsName(version, shape, value);
  if ('values' in shape) return typeof value === 'string' && shape.values.includes(value);
  if ('list' in shape) {
    if (!Array.isArray(value)) return false;
    if (key !== 'enum' && (value.length < (shape.min ?? 0) || (shape.unique && hasTwice(value)))) return false;
    return shape.list === 'any' || value.every((item) => fits(version, shape.list, item, ''));
  }
  if ('either' in shape) return shape.either.some((one) => fits(version, one, value, key));
  if (!isObject(value)) return false;
  if (isReference(value)) return true;
  for (const name in value) {
    if (shape.extensions && name.startsWith('x-')) continue;
    if (shape.keys && !shape.keys.test(name)) return false;
    if (shape.map !== 'any' && !fits(version, shape.map, value[name], name)) return false;
  }
  return true;
}

function fitsName(version: Version, shape: Shape & string, value: unknown): boolean {
  switch (shape) {
    case 'any':
      return true;
    case 'string':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'number':
      return typeof value === 'number';
    case 'count':
      return Number.isInteger(value) && (value as number) >= 0;
    case 'positive':
      return typeof value === 'number' && value > 0;
    case 'url':
      return typeof value === 'string' && !/\s/.test(value);
    case 'uri':
      return typeof value === 'string' && /^[a-z][a-z\d+.-]*:\S*$/i.test(value);
    case 'email':
      return typeof value === 'string' && /^[^\s@]+@[^\s@]+$/.test(value);
    case 'regex':
      return typeof value === 'string';
    case 'Schema':
      return isObject(value) || (typeof value === 'boolean' && version !== '2.0' && version !== '3.0');
    default:
      return isObject(value);
  }
}

// What is told of documents as a whole.

function* versionKnown({ value, at }: Node): Generator<Departure> {
  const version = asString(value['openapi']);
  if (version === undefined || /^3\.[012]\.\d+(?:-.+)?$/.test(version)) return;
  yield {
    aspect: 'shape',
    at: at.child('openapi'),
    message: `\`openapi\` must be a version of OpenAPI such as \`3.1.1\`, not \`${shown(version)}\`.`,
    ...(/^3\.[012]$/.test(version) ? { help: `Write \`${version}.0\`.` } : {}),
  };
}

/** Swagger 2.0, `host` and `basePath`. */
function* addressPlain({ value, at }: Node): Generator<Departure> {
  const host = asString(value['host']);
  if (host !== undefined && !/^[^{}/ :\\]+(?::\d+)?$/.test(host)) {
    yield {
      aspect: 'shape',
      at: at.child('host'),
      message: `\`host\` must be the name of a host, with a port at most, not \`${shown(host)}\`.`,
      help: 'Put the scheme into `schemes` and the path into `basePath`.',
    };
  }
  const basePath = asString(value['basePath']);
  if (basePath !== undefined && !basePath.startsWith('/')) {
    yield { aspect: 'shape', at: at.child('basePath'), message: '`basePath` does not start with `/`.' };
  }
}

function* atLeastOneCode({ value, at }: Node): Generator<Departure> {
  if (Object.keys(value).some((key) => !key.startsWith('x-'))) return;
  yield {
    aspect: 'shape',
    at,
    message: 'The responses hold no status code.',
    help: 'Declare one at least, or `default`.',
  };
}

/** Whether schemas are written in the dialect that OpenAPI has by default. */
function usesOwnDialect(api: OpenApi): boolean {
  const dialects = api.documents.flatMap(({ value }) => [get(value, 'jsonSchemaDialect'), get(value, '$schema')]);
  return dialects.every((dialect) => typeof dialect !== 'string' || /2020-12|spec\.openapis\.org/.test(dialect));
}

/** The kinds whose departures concern security schemes. */
const aspectOf = (kind: KindName): Aspect =>
  kind === 'SecurityScheme' || kind === 'OAuthFlows' || kind === 'OAuthFlow' ? 'security-scheme' : 'shape';

const isReference = (value: JsonObject): boolean => typeof value['$ref'] === 'string';

function hasTwice(items: readonly unknown[]): boolean {
  return (
    new Set(items.map((item) => (item !== null && typeof item === 'object' ? JSON.stringify(item) : item))).size <
    items.length
  );
}

function nearestAlternative(shapes: readonly Shape[], value: unknown): Shape | undefined {
  if (Array.isArray(value)) return shapes.find((shape) => typeof shape === 'object' && 'list' in shape);
  return undefined;
}

// Keywords.

/** Keywords of other drafts and of OpenAPI 3.0: they may stand in schemas of 3.1 and mean nothing there. */
const legacyKeywords = new Set([
  'additionalItems',
  'dependencies',
  'nullable',
  'id',
  '$recursiveRef',
  '$recursiveAnchor',
  'divisibleBy',
  'extends',
  'optional',
]);

const nearMisses = new Map<string, string | null>();

/** The keyword that is at most two slips away. */
function nearestKeyword(rule: Kind, key: string): string | null {
  let known = nearMisses.get(key);
  if (known === undefined) {
    if (nearMisses.size > 1000) nearMisses.clear();
    known = key.length > 30 ? null : closest(key, Object.keys(rule.fields));
    if (known !== null && Math.abs(known.length - key.length) > 2) known = null;
    nearMisses.set(key, known);
  }
  return known;
}

const versions: readonly Version[] = ['2.0', '3.0', '3.1', '3.2'];

const versionName = (version: Version): string => (version === '2.0' ? 'Swagger 2.0' : `OpenAPI ${version}`);

/** The later versions, the nearest first, then the earlier ones. */
function otherVersions(version: Version): readonly Version[] {
  const here = versions.indexOf(version);
  return [...versions.slice(here + 1), ...versions.slice(0, here).reverse()];
}

/** The version nearest to this one that has the field. */
function otherVersion(version: Version, kind: KindName, key: string): Version | undefined {
  return otherVersions(version).find((other) => Object.hasOwn(grammars[other][kind].fields, key));
}

/** What later and earlier versions have in the place of a field that this one lacks. */
const replacements: Readonly<Record<string, string>> = {
  'Document.definitions': 'Move it to `components.schemas`.',
  'Document.securityDefinitions': 'Move it to `components.securitySchemes`.',
  'Document.parameters': 'Move it to `components.parameters`.',
  'Document.responses': 'Move it to `components.responses`.',
  'Document.host': 'Write `servers`.',
  'Document.basePath': 'Write `servers`.',
  'Document.schemes': 'Write `servers`.',
  'Document.consumes': 'Name media types in the `content` of each body.',
  'Document.produces': 'Name media types in the `content` of each body.',
  'Operation.consumes': 'Name media types in the `content` of the request body.',
  'Operation.produces': 'Name media types in the `content` of the responses.',
  'Operation.schemes': 'Write `servers`.',
  'Parameter.type': 'Move it into a `schema`.',
  'Parameter.format': 'Move it into a `schema`.',
  'Parameter.items': 'Move it into a `schema`.',
  'Parameter.enum': 'Move it into a `schema`.',
  'Parameter.default': 'Move it into a `schema`.',
  'Header.type': 'Move it into a `schema`.',
  'Header.format': 'Move it into a `schema`.',
  'Response.schema': 'Move it to `content`, below its media type.',
  'Schema.const': 'Write an `enum` with one value.',
  'Schema.examples': 'Write `example`.',
};

function replacementFor(version: Version, kind: KindName, key: string): string | undefined {
  const known = replacements[`${kind}.${key}`];
  return version === '2.0' && kind !== 'Schema' ? undefined : known;
}

function codeHelp(key: string): string {
  const upper = key.toUpperCase();
  return /^[1-5]XX$/.test(upper)
    ? `Write \`${upper}\`.`
    : 'Write a code such as `404`, a range such as `4XX`, or `default`.';
}

// Words.

const sections20: Readonly<Record<string, KindName>> = {
  definitions: 'Schema',
  parameters: 'Parameter',
  responses: 'Response',
  securityDefinitions: 'SecurityScheme',
};

/** How a kind is named where one of many is meant, and where this one is meant. */
interface Noun {
  readonly phrase: string;
  readonly this: string;
}

const nouns: Readonly<Record<KindName, Noun>> = Object.fromEntries(
  Object.entries({
    Document: 'the document',
    Info: '`info`',
    Contact: 'the contact',
    License: 'the license',
    Server: 'a server',
    ServerVariable: 'a server variable',
    Components: '`components`',
    Paths: '`paths`',
    PathItem: 'a path item',
    Operation: 'an operation',
    ExternalDocs: '`externalDocs`',
    Parameter: 'a parameter',
    Items: '`items`',
    RequestBody: 'a request body',
    MediaType: 'a media type',
    Encoding: 'an encoding',
    Responses: '`responses`',
    Response: 'a response',
    Callback: 'a callback',
    Example: 'an example',
    Link: 'a link',
    Header: 'a header',
    Tag: 'a tag',
    Schema: 'a schema',
    Discriminator: 'a discriminator',
    Xml: '`xml`',
    SecurityScheme: 'a security scheme',
    OAuthFlows: '`flows`',
    OAuthFlow: 'an OAuth flow',
    SecurityRequirement: 'a security requirement',
  } satisfies Record<KindName, string>).map(([kind, phrase]) => [
    kind,
    { phrase, this: phrase.replace(/^an? /, 'the ').replace(/^the /, 'The ') },
  ]),
) as never;

/** "The parameter `limit`". */
function named(kind: KindName, name: unknown, subject?: string): string {
  const noun = nouns[kind].this;
  if (kind === 'Parameter' || kind === 'Tag')
    return typeof name === 'string' && name ? `${noun} \`${shown(name)}\`` : noun;
  return subject ?? noun;
}

function quoted(names: readonly string[], word: string): string {
  const quotedNames = names.map((name) => `\`${name}\``);
  const last = quotedNames.pop()!;
  return quotedNames.length ? `${quotedNames.join(', ')} ${word} ${last}` : last;
}

const scalarWords: Readonly<Record<string, string>> = {
  string: 'a string',
  boolean: 'a boolean',
  number: 'a number',
  count: 'an integer of 0 or more',
  positive: 'a number above 0',
  url: 'a URL without spaces',
  uri: 'a URI with its scheme',
  email: 'an email address',
  regex: 'a regular expression',
};

/** What a place asks for, with its article. */
function describe(shape: Shape): string {
  if (typeof shape === 'string')
    return scalarWords[shape] ?? (shape === 'Schema' ? 'a schema, which is an object' : 'an object');
  if ('values' in shape) return quoted(shape.values, 'or');
  if ('list' in shape) return 'a list';
  if ('map' in shape) return 'an object';
  return shape.either.map(describe).join(' or ');
}

/** What stands there instead. A scalar of the right type is quoted: its value is what is wrong. */
function describeValue(value: unknown, shape: Shape): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string' && value === '') return 'empty';
  const isJudged = typeof shape === 'object' || ['url', 'uri', 'email', 'count', 'positive'].includes(shape);
  if (isJudged && (typeof value === 'string' || typeof value === 'number')) {
    const asksForList = typeof shape === 'object' && ('list' in shape || 'map' in shape);
    if (!asksForList) return typeof value === 'string' ? `\`${shown(value)}\`` : `the number ${value}`;
  }
  return `a ${typeof value}`;
}

function listFault(name: string, value: readonly unknown[]): string {
  return value.length === 0 ? `\`${name}\` must not be empty.` : `\`${name}\` lists the same item twice.`;
}

function wordsFor(shape: Shape): readonly string[] {
  if (typeof shape === 'string') return [];
  if ('values' in shape) return shape.values;
  return 'either' in shape ? shape.either.flatMap(wordsFor) : [];
}

/** A value as messages show it: on one line, cut short. */
function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ').replaceAll('`', "'");
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}
