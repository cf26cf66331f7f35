import { asString, get } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { MediaType } from '../../languages/openapi/select.ts';
import { readJson } from './body-text.ts';
import { type TextReader, textReader } from './coercion.ts';
import { decodeForm, pairsOf, plant, type Tree } from './query.ts';

/**
 * A form as an object, by the schema and the `encoding` of its media type: repeated names and separated values are lists,
 * `a[b]=c` and `a[]=c` are objects and lists, properties encoded as JSON are read as such.
 */
export function readForm(text: string, media: MediaType | undefined, api: OpenApi): unknown {
  const reader = textReader(api, media?.schema);
  const tree: Tree = new Map();
  for (const [name, values] of pairsOf(text).byName) plant(tree, keysOf(name, reader), values);
  const encoding = get(media?.value, 'encoding');
  return objectOf([...tree].map(([name, part]) => [name, readPart(part, reader.property(name), get(encoding, name))]));
}

/** `a[b][]` is the way a, b, and a list; a name that is declared like that is one name. */
function keysOf(name: string, reader: TextReader): readonly string[] {
  if (reader.has(name)) return [name];
  const found = /^([^[\]]+)((?:\[[^[\]]*\])+)$/.exec(name);
  if (!found) return [name];
  const keys = found[2]!.slice(1, -1).split('][').slice(0, mostKeys);
  if (keys.at(-1) === '') keys.pop();
  return [found[1]!, ...keys];
}

const mostKeys = 10;

function readPart(part: Tree | readonly string[], reader: TextReader, encoding: unknown): unknown {
  if (part instanceof Map) return readTree(part, reader);
  const texts = part.map(decodeForm);
  const contentType = asString(get(encoding, 'contentType'));
  if (contentType !== undefined && /json/i.test(contentType)) {
    const values = texts.map((text) => jsonOr(text));
    return reader.isList && !(values.length === 1 && Array.isArray(values[0])) ? values : values[0];
  }
  if (reader.isList) return readList(part, reader, encoding);
  if (reader.isObject && texts.length === 1) {
    const value = jsonOr(texts[0]!);
    if (value !== null && typeof value === 'object') return value;
  }
  // Without a schema, a name that stands twice is a list all the same.
  return texts.length === 1 ? reader.read(texts[0]!) : texts.map((text) => reader.read(text));
}

/** A list comes as repeated names or, not exploded, as one value with separators (OpenAPI, "Style Values"). */
function readList(part: readonly string[], reader: TextReader, encoding: unknown): unknown {
  const style = asString(get(encoding, 'style')) ?? 'form';
  const isExploded = get(encoding, 'explode') ?? style === 'form';
  const separator = separators[style] ?? /,/;
  const items = part.length === 1 && !isExploded ? part[0]!.split(separator) : part;
  if (part.length === 1) {
    const value = jsonOr(decodeForm(part[0]!));
    if (Array.isArray(value)) return value;
  }
  const item = reader.items();
  return items.map((text) => item.read(decodeForm(text)));
}

const separators: Readonly<Record<string, RegExp>> = {
  spaceDelimited: /\+|%20| /,
  pipeDelimited: /\||%7C/i,
};

function jsonOr(text: string): unknown {
  if (!/^\s*[[{"\d-]/.test(text) && !/^(?:true|false|null)$/.test(text)) return text;
  try {
    return readJson(text);
  } catch {
    return text;
  }
}

/** What names with brackets have grown into: a list where the schema has one or the keys are numbers from 0. */
export function readTree(tree: Tree, reader: TextReader): unknown {
  const entries = [...tree];
  const isNumbered = entries.every(([key], i) => key === String(i));
  const isList = reader.isList ? !reader.isObject || isNumbered : !reader.isObject && isNumbered;
  const read = (part: Tree | readonly string[], inner: TextReader): unknown =>
    part instanceof Map ? readTree(part, inner) : readPart(part, inner, undefined);
  if (isList) {
    const item = reader.items();
    return entries.flatMap(([key, part]) =>
      key === '' && !(part instanceof Map) ? part.map((text) => item.read(decodeForm(text))) : [read(part, item)],
    );
  }
  return objectOf(entries.map(([key, part]) => [key, read(part, reader.property(key))]));
}

/** An object of which callers chose the names. */
export function objectOf(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  return Object.fromEntries(entries);
}
