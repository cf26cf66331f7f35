import { judging } from '../../languages/openapi/examples.ts';
import { asString, isObject, keysOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { isJson, type Parameter, parametersOf } from '../../languages/openapi/select.ts';
import { mismatches } from '../../languages/openapi/values.ts';
import { readForm, readTree } from './body-form.ts';
import { type TextReader, textReader } from './coercion.ts';
import type { Exchange, Route, Violation } from './exchange.ts';
import { decodeSegment } from './path-pattern.ts';
import { perRoute } from './per-route.ts';
import { bracketKeys, decodeForm, type Pairs, pairsOf, plant, type Tree } from './query.ts';
import { violationsOf } from './violations.ts';

/** The parameters of a request, and what is wrong with them. */
export interface ReadParameters {
  readonly parameters: Exchange['parameters'];
  readonly violations: readonly Violation[];
}

/**
 * Reads the parameters that the operation declares, in all styles of OpenAPI 3.x and all collection formats of 2.0, each as the
 * type that its schema asks for, and holds them against their schemas. What is not declared is passed over; the headers `Accept`,
 * `Content-Type` and `Authorization` are no parameters (OpenAPI, "Fixed Fields" of the Parameter Object).
 */
export function readParameters(exchange: Exchange): ReadParameters {
  const all = declaredParameters(exchange.route!);
  if (all.length === 0) return nothing;
  const violations: Violation[] = [];
  const found: Record<Place, Record<string, unknown>> = { path: {}, query: {}, header: {}, cookie: {} };
  const sent: Sent = new SentValues(exchange);
  for (const parameter of all) {
    const value = parameter.read(sent);
    const { name, place } = parameter;
    if (value === missing) {
      if (parameter.required) {
        violations.push({ location: [place, name], code: 'required', message: `\`${name}\` is required.` });
      }
    } else if (value instanceof Flaw) {
      violations.push({ location: [place, name], code: value.code, message: value.message });
    } else {
      define(found[place], name, value);
      if (value === '' && parameter.mayBeEmpty) continue;
      violations.push(...parameter.judge(value));
    }
  }
  return { parameters: found, violations };
}

const nothing: ReadParameters = {
  parameters: Object.freeze({ path: {}, query: {}, header: {}, cookie: {} }),
  violations: [],
};

/** Documents may call a parameter anything, `__proto__` included. */
function define(values: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') Object.defineProperty(values, name, { value, enumerable: true });
  else values[name] = value;
}

type Place = keyof Exchange['parameters'];

/** Where values come from; each is taken apart when it is first asked for. */
interface Sent {
  readonly exchange: Exchange;
  readonly query: Pairs;
  readonly cookies: ReadonlyMap<string, readonly string[]>;
}

class SentValues implements Sent {
  readonly exchange: Exchange;
  #query: Pairs | undefined;
  #cookies: ReadonlyMap<string, readonly string[]> | undefined;

  constructor(exchange: Exchange) {
    this.exchange = exchange;
  }

  get query(): Pairs {
    this.#query ??= pairsOf(this.exchange.query);
    return this.#query;
  }

  get cookies(): ReadonlyMap<string, readonly string[]> {
    this.#cookies ??= cookiesOf(this.exchange.request.headers.cookie ?? '');
    return this.#cookies;
  }
}

/** RFC 6265, section 4.2. */
function cookiesOf(header: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const pair of header.split(';')) {
    const mark = pair.indexOf('=');
    if (mark < 0) continue;
    const name = pair.slice(0, mark).trim();
    const value = pair
      .slice(mark + 1)
      .trim()
      .replace(/^"(.*)"$/, '$1');
    const values = found.get(name);
    if (values) values.push(value);
    else found.set(name, [value]);
  }
  return found;
}

const missing = Symbol('missing');

/** A text that cannot be read at all. */
class Flaw {
  readonly code: string;
  readonly message: string;

  constructor(code: string, message: string) {
    this.code = code;
    this.message = message;
  }
}

/** A parameter made ready for reading. */
interface Declared {
  readonly name: string;
  readonly place: Place;
  readonly required: boolean;
  readonly mayBeEmpty: boolean;
  read(sent: Sent): unknown;
  judge(value: unknown): readonly Violation[];
}

const declaredParameters = perRoute(({ api, operation }: Route): readonly Declared[] =>
  parametersOf(api, operation).flatMap((parameter) => {
    const place = parameter.in === 'querystring' ? 'query' : parameter.in;
    if (place !== 'path' && place !== 'query' && place !== 'header' && place !== 'cookie') return [];
    if (place === 'header' && /^(?:accept|content-type|authorization)$/i.test(parameter.name)) return [];
    const how = judging(api, 'request');
    const { name, schema } = parameter;
    return [
      {
        name,
        place,
        // A path without the parameter would not have been found; some documents name one that the template has not.
        required: parameter.required && place !== 'path',
        mayBeEmpty: parameter.value['allowEmptyValue'] === true,
        read: reading(api, parameter, place),
        judge: (value: unknown) => (schema ? violationsOf(mismatches(value, schema, how), value, [place, name]) : []),
      },
    ];
  }),
);

function reading(api: OpenApi, parameter: Parameter, place: Place): (sent: Sent) => unknown {
  const { name, value, schema } = parameter;
  const reader = textReader(api, schema);
  if (parameter.in === 'querystring') return wholeQuery(api, parameter);
  const raw = rawReader(name, place);
  const content = keysOf(value['content'])[0];
  if (content !== undefined) {
    return (sent) => {
      const texts = raw(sent);
      return texts === undefined
        ? missing
        : readContent(place === 'query' ? decodeForm(texts[0]!) : texts[0]!, content, reader, name);
    };
  }
  const style = styleOf(api, parameter, place);
  if (place === 'query') return queryReading(name, style, reader);
  const isSeveral = reader.isList || reader.isObject;
  if (place === 'cookie' && style.explode && isSeveral) return explodedCookies(name, style, reader);
  if (place === 'path' && style.name === 'simple' && isSeveral) return pathReading(name, style, reader);
  const decode = place === 'cookie' ? decodeForm : (text: string) => text;
  return (sent) => {
    const texts = raw(sent);
    if (texts === undefined) return missing;
    if (style.isMulti && texts.length > 1) return texts.map((text) => reader.items().read(decode(text)));
    return readStyled(texts[0]!, style, reader, name, decode);
  };
}

/** Lists and objects whose parts are cookies of their own (`id=1; id=2`), or stand in one as in a query (`id=1&id=2`). */
function explodedCookies(name: string, style: Style, reader: TextReader): (sent: Sent) => unknown {
  const read = queryReading(name, { ...style, name: 'form' }, reader);
  return ({ exchange, cookies }) => {
    const { cookie = '' } = exchange.request.headers;
    return read({ exchange, cookies, query: pairsOf(cookie.replace(/;\s*/g, '&')) });
  };
}

/** Lists and objects in the path: taken apart before they are decoded. */
function pathReading(name: string, style: Style, reader: TextReader): (sent: Sent) => unknown {
  return ({ exchange: { pathParameters, encodedPathParameters: encoded } }) => {
    if (encoded && Object.hasOwn(encoded, name)) return readStyled(encoded[name]!, style, reader, name, decodePart);
    return Object.hasOwn(pathParameters, name)
      ? readStyled(pathParameters[name]!, style, reader, name, (text) => text)
      : missing;
  };
}

const decodePart = (text: string): string => decodeSegment(text) ?? text;

/** What was sent for a name, undecoded in queries and cookies; undefined where nothing was. */
function rawReader(name: string, place: Place): (sent: Sent) => readonly string[] | undefined {
  if (place === 'query') return ({ query }) => query.byName.get(name);
  if (place === 'cookie') return ({ cookies }) => cookies.get(name);
  if (place === 'path') {
    return ({ exchange: { pathParameters } }) =>
      Object.hasOwn(pathParameters, name) ? [pathParameters[name]!] : undefined;
  }
  const key = name.toLowerCase();
  return ({ exchange }) => {
    const sent = exchange.request.headers[key];
    return sent === undefined ? undefined : [String(sent)];
  };
}

/** Parameters with `content` travel in a media type, nearly always JSON. */
function readContent(text: string, mediaType: string, reader: TextReader, name: string): unknown {
  if (!isJson(mediaType)) return reader.read(text);
  try {
    return JSON.parse(text);
  } catch {
    return new Flaw('malformed', `\`${name}\` must be JSON.`);
  }
}

/** OpenAPI 3.2: the whole query is one value. */
function wholeQuery(api: OpenApi, { name, value, schema }: Parameter): (sent: Sent) => unknown {
  const content = keysOf(value['content'])[0] ?? '';
  const media = { name: content, value: value, at: schema?.at, schema } as Parameters<typeof readForm>[1];
  return ({ exchange: { query } }) => {
    if (query === '') return missing;
    if (isJson(content)) return readContent(decodeForm(query), content, textReader(api, schema), name);
    return readForm(query, media, api);
  };
}

/** How a value is laid out as text. */
interface Style {
  readonly name: string;
  readonly explode: boolean;
  /** Between items; a comma where the style has none. */
  readonly separator: string;
  /** Whether items come as repeated names (`multi` of 2.0, exploded forms). */
  readonly isMulti: boolean;
}

function styleOf(api: OpenApi, { value, schema }: Parameter, place: Place): Style {
  if (api.version === '2.0') {
    const format = asString(value['collectionFormat']) ?? 'csv';
    const separator = separators20[format] ?? ',';
    const isMulti = format === 'multi';
    return { name: place === 'query' ? 'form' : 'simple', explode: isMulti, separator, isMulti };
  }
  const usual = place === 'query' || place === 'cookie' ? 'form' : 'simple';
  const name = asString(value['style']) ?? usual;
  const declared = value['explode'];
  const explode = typeof declared === 'boolean' ? declared : name === 'form' || name === 'cookie';
  const separator =
    name === 'spaceDelimited' ? ' ' : name === 'pipeDelimited' ? '|' : name === 'label' && explode ? '.' : ',';
  const isList = textReader(api, schema).isList;
  return { name, explode, separator, isMulti: explode && isList };
}

const separators20: Readonly<Record<string, string>> = { csv: ',', ssv: ' ', tsv: '\t', pipes: '|' };

/** Reads a parameter of the query, where objects may be spread over many names. */
function queryReading(name: string, style: Style, reader: TextReader): (sent: Sent) => unknown {
  return ({ query }) => {
    const own = query.byName.get(name);
    if (own === undefined) return spread(name, style, reader, query);
    if (reader.isList && (style.isMulti || own.length > 1)) {
      // A list with one name and separators is understood as well: half of all clients write it.
      const isJoined = own.length === 1 && /,|%2C/i.test(own[0]!) && style.explode && !reader.items().isObject;
      return (isJoined ? splitAt(own[0]!, ',') : own)
        .filter((text, _, all) => text !== '' || all.length > 1)
        .map((text) => reader.items().read(decodeForm(text)));
    }
    // The last one counts, as most servers have it.
    return readStyled(own.at(-1)!, style, reader, name, decodeForm);
  };
}

/** Objects and lists in other names than the parameter's: `filter[a]=1`, `ids[]=1`, `a=1&b=2`. */
function spread(name: string, style: Style, reader: TextReader, { byName }: Pairs): unknown {
  const tree: Tree = new Map();
  for (const [other, values] of byName) {
    const keys = other.startsWith(name) ? bracketKeys(other, name) : null;
    if (keys) plant(tree, keys.at(-1) === '' && keys.length > 1 ? keys.slice(0, -1) : keys, values);
  }
  if (tree.size > 0) return readTree(tree, reader);
  if (style.name !== 'form' || !style.explode || !reader.isObject) return missing;
  const entries = [...byName].filter(([key]) => reader.has(key));
  if (entries.length === 0) return missing;
  return Object.fromEntries(
    entries.map(([key, values]) => [key, reader.property(key).read(decodeForm(values.at(-1)!))]),
  );
}

/** Reads a value that stands in one text (OpenAPI, "Style Values"). Separators count undecoded. */
function readStyled(
  text: string,
  style: Style,
  reader: TextReader,
  name: string,
  decode: (text: string) => string,
): unknown {
  const bare = withoutPrefix(text, style, name);
  if (reader.isList && !(reader.isObject && bare.trimStart().startsWith('{')))
    return readList(bare, style, reader, decode);
  if (reader.isObject) return readObject(bare, style, reader, decode);
  return reader.read(decode(bare));
}

/** `.5` of label, `;id=5` of matrix. */
function withoutPrefix(text: string, { name: style }: Style, name: string): string {
  if (style === 'label') return text.replace(/^\./, '');
  if (style !== 'matrix') return text;
  const own = `;${name}=`;
  return text.startsWith(own) ? text.slice(own.length) : text.replace(/^;/, '');
}

function readList(text: string, style: Style, reader: TextReader, decode: (text: string) => string): unknown {
  if (text === '') return [];
  const decoded = decode(text);
  if (decoded.startsWith('[')) {
    const value = jsonOf(decoded);
    if (Array.isArray(value)) return value;
  }
  const items = style.name === 'matrix' && style.explode ? text.split(/;[^=;]*=/) : splitAt(text, style.separator);
  return items.map((item) => reader.items().read(decode(item.trim())));
}

/** Splits at a separator; at spaces and pipes also where they are percent-encoded, since they cannot be sent otherwise. */
function splitAt(text: string, separator: string): string[] {
  if (separator === ' ') return text.split(/\+|%20| /);
  if (separator === '|') return text.split(/\||%7C/i);
  if (separator === '\t') return text.split(/\t|%09/);
  const parts = text.split(separator);
  // Many clients encode commas although they mean to separate.
  return separator === ',' && parts.length === 1 ? text.split(/%2C/i) : parts;
}

function readObject(text: string, style: Style, reader: TextReader, decode: (text: string) => string): unknown {
  const decoded = decode(text);
  if (decoded.trimStart().startsWith('{')) {
    const value = jsonOf(decoded);
    if (isObject(value)) return value;
  }
  const separator = style.name === 'matrix' && style.explode ? ';' : style.separator;
  const parts = splitAt(text, separator);
  const entries: [string, string][] = [];
  if (style.explode) {
    for (const part of parts) {
      const mark = part.indexOf('=');
      // Neither `a=1,b=2` nor anything else that could be an object.
      if (mark < 0) return reader.read(decoded);
      entries.push([decode(part.slice(0, mark)), part.slice(mark + 1)]);
    }
  } else {
    if (parts.length % 2 !== 0) return reader.read(decoded);
    for (let i = 0; i < parts.length; i += 2) entries.push([decode(parts[i]!), parts[i + 1]!]);
  }
  return Object.fromEntries(entries.map(([key, value]) => [key, reader.property(key).read(decode(value))]));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
