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
    // Of a file that could not be read at all, nobody knows what it lacks.
    known = api.root.at.document.value === undefined ? [] : new Judgement(api).run();
    api.memo.set(departures, known);
  }
  return known;
}

class Judgement {
  readonly #api: OpenApi;
  readonly #version: Version;
  /** Objects that a reference of the wrong kind leads to: they are judged as what they are. */
  readonly #misread = new Map<KindName, Set<unknown>>();
  /** A list rather than generators in generators, which took twice as long. */
  readonly #found: Departure[] = [];
  #judgesKeywords = true;

  constructor(api: OpenApi) {
    this.#api = api;
    this.#version = api.version;
  }

  run(): readonly Departure[] {
    this.#judgesKeywords = usesOwnDialect(this.#api);
    for (const reference of this.#api.index.references) this.#reference(reference);
    for (const kind of Object.keys(this.#api.grammar) as KindName[]) this.#kind(kind);
    return this.#found;
  }

  #reference(reference: Reference): void {
    const { kind, at, resolution, field } = reference;
    if (kind === null || (!this.#api.grammar[kind].referable && kind !== 'PathItem')) {
      const place = kind === null ? `\`${field}\`` : nouns[kind].phrase;
      this.#found.push({
        aspect: 'reference',
        at: at.onKey,
        message: `A \`$ref\` has no meaning in the place of ${place}.`,
        help: 'Write the thing itself here, or bundle the document before it is published.',
      });
    }
    if (kind === null || !('target' in resolution)) return;
    const actual = this.#kindOfComponent(resolution.target.at);
    if (!actual || actual === kind) return;
    const misread = this.#misread.get(kind) ?? new Set();
    this.#misread.set(kind, misread.add(resolution.target.value));
    this.#found.push({
      aspect: 'shape',
      at,
      message: `The reference leads to ${nouns[actual].phrase}, where ${nouns[kind].phrase} belongs.`,
      related: [{ message: 'it leads here', at: resolution.target.at }],
    });
  }

  /** What a component is by the section in which it stands; undefined for anything else. */
  #kindOfComponent({ document, parent: section }: Pointer): KindName | undefined {
    if (!section?.parent) return undefined;
    if (this.#version === '2.0') return section.parent.parent ? undefined : sections20[section.key];
    const isComponent = section.parent.key === 'components' && section.parent.parent?.parent === null;
    if (!isComponent || get(document.value, 'openapi') === undefined) return undefined;
    const shape = this.#api.grammar.Components.fields[section.key];
    return typeof shape === 'object' && 'map' in shape ? (shape.map as KindName) : undefined;
  }

  #kind(kind: KindName): void {
    const rule = this.#api.grammar[kind];
    const asked = (conditions[kind] ?? []).filter(({ versions }) => !versions || versions.includes(this.#version));
    const fields = Object.entries(rule.fields);
    const forms = new Map(fields.map(([key, shape]) => [key, formOf(this.#version, shape, key)]));
    const entry = rule.entries && formOf(this.#version, rule.entries.shape);
    const misread = this.#misread.get(kind);
    for (const node of this.#api.index.nodes[kind]) {
      if (misread?.has(node.value)) continue;
      if (!isSound(rule, forms, entry, node.value)) this.#keys(kind, rule, forms, node);
      for (const condition of asked) {
        if (!condition.when || condition.when(node.value, node)) this.#condition(kind, condition, node);
      }
      if (kind === 'Responses' && !hasCode(node.value)) this.#found.push(noCode(node));
      if (kind === 'Document') this.#found.push(...(this.#version === '2.0' ? addressPlain(node) : versionKnown(node)));
      if (this.#version === '2.0' && kind === 'Operation') this.#formData(node);
      if (this.#version === '3.2' && (kind === 'Operation' || kind === 'PathItem')) this.#queryStrings(node);
    }
  }

  // Keys.

  #keys(kind: KindName, rule: Kind, forms: ReadonlyMap<string, Form>, node: Node): void {
    for (const [key, value] of Object.entries(node.value)) {
      const form = forms.get(key);
      if (form === undefined) {
        if (!(rule.extensions && key.startsWith('x-'))) this.#entry(kind, rule, node, key);
      } else if (!form(value)) this.#misfits(kind, node, key, rule.fields[key]!);
    }
    this.#missing(kind, rule, node);
  }

  #entry(kind: KindName, rule: Kind, node: Node, key: string): void {
    const { entries } = rule;
    const value = node.value[key];
    const at = node.at.child(key);
    if (entries?.keys.test(key)) {
      if (!fits(this.#version, entries.shape, value, key)) this.#explain(entries.shape, value, at, aspectOf(kind), '');
    } else if (kind === 'Paths') {
      this.#found.push({ aspect: 'shape', at: at.onKey, message: `The path \`${key}\` does not start with \`/\`.` });
    } else if (kind === 'Responses') {
      this.#found.push({
        aspect: 'shape',
        at: at.onKey,
        message: `\`${key}\` is no status code.`,
        help: codeHelp(key),
      });
    } else if (key === '$ref') {
      if (typeof value !== 'string') this.#explain('string', value, at, 'shape', '');
    } else if (rule.open) {
      this.#keyword(rule, key, at);
    } else {
      this.#found.push(this.#unknown(kind, rule, key, at));
    }
  }

  /** Schemas of 3.1 may hold any keyword, so only near misses are reported. */
  #keyword(rule: Kind, key: string, at: Pointer): void {
    if (!this.#judgesKeywords || legacyKeywords.has(key) || key.startsWith('x-')) return;
    const meant = nearestKeyword(rule, key);
    if (meant === null) return;
    this.#found.push({
      aspect: 'key',
      at: at.onKey,
      message: `\`${key}\` is no keyword of a schema, so it has no effect.`,
      help: `Did you mean \`${meant}\`?`,
    });
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

  #missing(kind: KindName, rule: Kind, { value, at }: Node): void {
    if (isReference(value)) return;
    for (const field of rule.required) {
      if (value[field] !== undefined) continue;
      const hint = closest(
        field,
        Object.keys(value).filter((key) => !(key in rule.fields)),
      );
      this.#found.push({
        aspect: kind === 'ServerVariable' ? 'server-variable' : aspectOf(kind),
        at,
        message: `${named(kind, value['name'])} lacks \`${field}\`.`,
        ...(hint === null ? {} : { help: `Is \`${hint}\` meant to be it?` }),
      });
    }
  }

  // Conditions.

  #condition(kind: KindName, condition: Condition, { value, at }: Node): void {
    const { subject, requires, excludes, exactlyOne, anyOf, atMostOne } = condition;
    const has = (field: string) => value[field] !== undefined;
    const aspect = aspectOf(kind);
    for (const field of requires ?? []) {
      if (!has(field)) this.#found.push({ aspect, at, message: `${subject} needs \`${field}\`, which is missing.` });
    }
    for (const field of excludes ?? []) {
      if (!has(field)) continue;
      this.#found.push({
        aspect: 'key',
        at: at.child(field).onKey,
        message: `${subject} has no \`${field}\`.`,
        help: 'Remove it: it has no effect.',
      });
    }
    if (exactlyOne && !exactlyOne.some(has)) {
      const typed = kind === 'Parameter' ? 'parameter' : aspect;
      this.#found.push({
        aspect: typed,
        at,
        message: `${named(kind, value['name'], subject)} has neither ${quoted(exactlyOne, 'nor')}.`,
      });
    }
    if (anyOf && !anyOf.some(has))
      this.#found.push({ aspect, at, message: `${subject} has none of ${quoted(anyOf, 'and')}.` });
    const rivals = (exactlyOne ?? atMostOne ?? []).filter(has);
    if (rivals.length > 1) {
      const encoding = atMostOne?.includes('encoding');
      const single = encoding ? 'encoding' : kind === 'Example' ? 'example' : aspect;
      const typed = exactlyOne && kind === 'Parameter' ? 'parameter' : single;
      const first = kind === 'Example' || encoding;
      const place = at.child(first ? rivals[0]! : rivals[1]!).onKey;
      this.#found.push({
        aspect: typed,
        at: place,
        message: `${named(kind, value['name'], subject)} has both ${quoted(rivals, 'and')}, which exclude each other.`,
      });
    }
    for (const [field, allowed] of Object.entries(condition.values ?? {})) {
      const actual = value[field];
      if (
        typeof actual !== 'string' ||
        allowed.includes(actual) ||
        !fits(this.#version, this.#api.grammar[kind].fields[field]!, actual, field)
      )
        continue;
      this.#found.push({
        aspect,
        at: at.child(field),
        message: `${subject} must have the \`${field}\` ${quoted(allowed, 'or')}, not \`${shown(actual)}\`.`,
      });
    }
    for (const [field, count] of Object.entries(condition.entries ?? {})) {
      const actual = value[field];
      if (!isObject(actual) || '$ref' in actual || Object.keys(actual).length === count) continue;
      this.#found.push({
        aspect,
        at: at.child(field),
        message: `${subject} must have exactly one media type, not ${Object.keys(actual).length}.`,
      });
    }
  }

  /** Swagger 2.0, Parameter Object, `in` and `type`: form fields need a media type of forms, and files the one that can carry them. */
  #formData(operation: Node): void {
    const fields = parameterEntries(this.#api, operation).filter(({ value }) => value['in'] === 'formData');
    if (fields.length === 0) return;
    const own = Array.isArray(operation.value['consumes']);
    const consumed = stringsOf((own ? operation.value : this.#api.root.value)['consumes']);
    const takes = (type: string) => consumed.some((name) => name.toLowerCase().startsWith(type));
    const file = fields.find(({ value }) => value['type'] === 'file');
    if (file && !takes('multipart/form-data')) {
      this.#found.push({
        aspect: 'shape',
        at: own ? operation.at.child('consumes') : operation.at,
        message: 'An operation that takes a file must consume `multipart/form-data`.',
      });
    } else if (!takes('multipart/form-data') && !takes('application/x-www-form-urlencoded')) {
      this.#found.push({
        aspect: 'shape',
        at: own ? operation.at.child('consumes') : operation.at,
        message:
          'An operation that takes form fields must consume `application/x-www-form-urlencoded` or `multipart/form-data`.',
      });
    }
  }

  /** OpenAPI 3.2, "Parameter Locations": one `querystring` at most, and none beside `query`. */
  #queryStrings({ value, at }: Node): void {
    const list = itemsOf(value['parameters']);
    const place = (item: unknown, i: number) =>
      get(this.#api.resolve({ value: item, at: at.child('parameters').child(i) })?.value, 'in');
    const places = list.map(place);
    const strings = places.flatMap((where, i) => (where === 'querystring' ? [i] : []));
    if (strings.length > 1 || (strings.length === 1 && places.includes('query'))) {
      const rival = strings.length > 1 ? 'a second one' : 'a `query` parameter';
      this.#found.push({
        aspect: 'shape',
        at: at.child('parameters').child(strings.at(-1)!),
        message: `A \`querystring\` parameter cannot stand beside ${rival}.`,
      });
    }
  }

  // Values.

  #misfits(kind: KindName, node: Node, key: string, shape: Shape): void {
    const value = node.value[key];
    const help = this.#laterHelp(kind, key, value);
    this.#explain(shape, value, node.at.child(key), aspectOf(kind), help);
  }

  /** Says where and why a value does not have its form. */
  #explain(shape: Shape, value: unknown, at: Pointer, aspect: Aspect, help: string): void {
    if (typeof shape === 'object' && 'list' in shape && Array.isArray(value)) {
      let told = false;
      for (const [i, item] of value.entries()) {
        if (fits(this.#version, shape.list, item, '')) continue;
        told = true;
        this.#explain(shape.list, item, at.child(i), aspect, help);
      }
      if (!told) this.#found.push({ aspect, at: at.onKey, message: listFault(String(at.key), value) });
      return;
    }
    if (typeof shape === 'object' && 'map' in shape && isObject(value)) {
      for (const key of Object.keys(value)) {
        if (shape.extensions && key.startsWith('x-')) continue;
        if (shape.keys && !shape.keys.test(key)) this.#found.push(this.#badName(key, at));
        if (!fits(this.#version, shape.map, value[key], key))
          this.#explain(shape.map, value[key], at.child(key), aspect, help);
      }
      return;
    }
    const nearer = typeof shape === 'object' && 'either' in shape && nearestAlternative(shape.either, value);
    if (nearer) {
      this.#explain(nearer, value, at, aspect, help);
      return;
    }
    const subject = typeof at.key === 'number' ? `An item of \`${at.parent?.key}\`` : `\`${at.key}\``;
    const meant = typeof value === 'string' ? closest(value, wordsFor(shape)) : null;
    const advice = meant === null ? help : `Did you mean \`${meant}\`?`;
    this.#found.push({
      aspect,
      at,
      message: `${subject} must be ${describe(shape)}, not ${describeValue(value, shape)}.`,
      ...(advice && { help: advice }),
    });
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

/** Whether a value has the form that its place asks for. Objects of the specification are judged as nodes of their own. */
type Form = (value: unknown) => boolean;

/** Whether an object has all fields that it must have, and each with the right form: nearly all have. */
function isSound(rule: Kind, forms: ReadonlyMap<string, Form>, entry: Form | undefined, value: JsonObject): boolean {
  // `for…in` makes no list of keys, and the objects of documents inherit none.
  for (const key in value) {
    const form = forms.get(key);
    if (form === undefined) {
      if (rule.extensions && key.startsWith('x-')) continue;
      if (!entry || !rule.entries!.keys.test(key) || !entry(value[key])) return false;
    } else if (!form(value[key])) return false;
  }
  for (const field of rule.required) if (value[field] === undefined) return false;
  return true;
}

/** Makes of a shape a function that tests it: each is made once and asked hundreds of thousands of times. */
function formOf(version: Version, shape: Shape, key = ''): Form {
  if (typeof shape === 'string') return namedForm(version, shape);
  if ('values' in shape) return (value) => typeof value === 'string' && shape.values.includes(value);
  if ('list' in shape) {
    const item = shape.list === 'any' ? null : formOf(version, shape.list);
    const { min = 0, unique } = key === 'enum' ? {} : shape;
    return (value) =>
      Array.isArray(value) && value.length >= min && !(unique && hasTwice(value)) && (!item || value.every(item));
  }
  if ('either' in shape) {
    const forms = shape.either.map((one) => formOf(version, one, key));
    return (value) => forms.some((form) => form(value));
  }
  const { keys, extensions } = shape;
  const form = shape.map === 'any' ? null : formOf(version, shape.map);
  return (value) => {
    if (!isObject(value)) return false;
    if (isReference(value)) return true;
    for (const name in value) {
      if (extensions && name.startsWith('x-')) continue;
      if (keys && !keys.test(name)) return false;
      if (form && !form(value[name])) return false;
    }
    return true;
  };
}

function namedForm(version: Version, shape: Shape & string): Form {
  switch (shape) {
    case 'any':
      return () => true;
    case 'string':
    case 'regex':
      return (value) => typeof value === 'string';
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'number':
      return (value) => typeof value === 'number';
    case 'count':
      return (value) => Number.isInteger(value) && (value as number) >= 0;
    case 'positive':
      return (value) => typeof value === 'number' && value > 0;
    case 'url':
      return (value) => typeof value === 'string' && !/\s/.test(value);
    case 'uri':
      return (value) => typeof value === 'string' && /^[a-z][a-z\d+.-]*:\S*$/i.test(value);
    case 'email':
      return (value) => typeof value === 'string' && /^[^\s@]+@[^\s@]+$/.test(value);
    case 'Schema':
      if (version === '2.0' || version === '3.0') return isObject;
      return (value) => isObject(value) || typeof value === 'boolean';
    default:
      return isObject;
  }
}

/** Tests one value: for what is asked seldom. */
function fits(version: Version, shape: Shape, value: unknown, key: string): boolean {
  return formOf(version, shape, key)(value);
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

function hasCode(responses: JsonObject): boolean {
  for (const key in responses) if (!key.startsWith('x-')) return true;
  return false;
}

const noCode = ({ at }: Node): Departure => ({
  aspect: 'shape',
  at,
  message: 'The responses hold no status code.',
  help: 'Declare one at least, or `default`.',
});

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
