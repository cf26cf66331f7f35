/**
 * How documents depart from the specification of their version, judged by the grammar and its conditions rather than by
 * JSON Schema: places are exact, words are plain, and it costs little.
 */
import { closest } from '../../text/closest.ts';
import type { Fix } from '../../text/fix.ts';
import type { Finding } from '../../text/problem.ts';
import { type Condition, conditions } from './conditions.ts';
import { renameKey } from './edit.ts';
import { type Form, fits, formOf, isReference, isSound, nearestAlternative } from './forms.ts';
import { grammars, type Kind, type KindName, type Shape, type Version } from './grammar.ts';
import { asString, get, isObject, itemsOf, type JsonObject, stringsOf } from './json.ts';
import {
  codeHelp,
  legacyKeywords,
  nearestKeyword,
  otherVersion,
  otherVersions,
  replacementFor,
  versionName,
} from './keywords.ts';
import type { OpenApi } from './openapi.ts';
import { parameterEntries } from './parameter-lists.ts';
import type { Pointer } from './pointer.ts';
import type { Node, Reference } from './walk.ts';
import { describe, describeValue, listFault, named, nouns, quoted, sections20, shown, wordsFor } from './wording.ts';

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
      fix: respelling(at, meant),
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
      ...(meant !== null && { fix: respelling(at, meant) }),
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

/** What was a slip has no effect yet, and has one once it is mended. */
function respelling(at: Pointer, name: string): Fix {
  return { title: `Write \`${name}\``, safe: false, edits: () => renameKey(at, name) };
}
