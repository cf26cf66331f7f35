import { judging } from '../../languages/openapi/examples.ts';
import { get, isObject, itemsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { partsOf, propertiesOf, typesOf } from '../../languages/openapi/select.ts';
import { mismatches, type SchemaAt } from '../../languages/openapi/values.ts';

/** What a text that travelled in a URL, a header or a form means by a schema. */
export interface TextReader {
  /** Whether some value of the schema is a list. */
  readonly isList: boolean;
  /** Whether some value of the schema is an object. */
  readonly isObject: boolean;
  /** The value that the text stands for: the one that fits the schema, where any does. */
  read(text: string): unknown;
  /** What reads the items of lists. */
  items(): TextReader;
  /** What reads the property of that name. */
  property(name: string): TextReader;
  /** Whether an object may have such a property. */
  has(name: string): boolean;
}

/** What reads texts by a schema, through `$ref`, `allOf`, `anyOf` and `oneOf`; any text as it is without a schema. */
export function textReader(api: OpenApi, schema: SchemaAt | undefined): TextReader {
  if (!schema || !isObject(schema.value)) return plainText;
  let readers = api.memo.get(textReader) as WeakMap<object, TextReader> | undefined;
  if (!readers) {
    readers = new WeakMap();
    api.memo.set(textReader, readers);
  }
  let reader = readers.get(schema.value);
  if (!reader) {
    reader = new SchemaReader(api, schema);
    readers.set(schema.value, reader);
  }
  return reader;
}

const plainText: TextReader = {
  isList: false,
  isObject: false,
  read: (text) => text,
  items: () => plainText,
  property: () => plainText,
  has: () => false,
};

/** Branches of branches are looked at this deep. */
const deepest = 6;

class SchemaReader implements TextReader {
  readonly #api: OpenApi;
  readonly #schema: SchemaAt;
  readonly #types: ReadonlySet<string>;
  /** The schema's parts and those of its alternatives. */
  readonly #parts: readonly SchemaAt[];
  #items: TextReader | undefined;
  readonly #properties = new Map<string, TextReader>();

  constructor(api: OpenApi, schema: SchemaAt) {
    this.#api = api;
    this.#schema = schema;
    const parts: SchemaAt[] = [];
    collect(api, schema, 0, parts);
    this.#parts = parts;
    this.#types = new Set(parts.flatMap(({ value }) => typeNames(value)));
  }

  get isList(): boolean {
    return this.#types.has('array');
  }

  get isObject(): boolean {
    return this.#types.has('object');
  }

  read(text: string): unknown {
    const readings = [...this.#readings(text)];
    if (readings.length === 1) return readings[0];
    const how = judging(this.#api, 'request');
    return readings.find((value) => mismatches(value, this.#schema, how).length === 0) ?? readings[0];
  }

  /** What a text may mean, the most definite first. */
  *#readings(text: string): Iterable<unknown> {
    const types = this.#types;
    let found = false;
    if ((types.has('integer') || types.has('number')) && isNumber(text)) {
      found = true;
      yield Number(text);
    }
    if (types.has('boolean') && (text === 'true' || text === 'false')) {
      found = true;
      yield text === 'true';
    }
    if (types.has('null') && (text === 'null' || text === '')) {
      found = true;
      yield null;
    }
    if (!found || types.has('string') || types.size === 0) yield text;
  }

  items(): TextReader {
    if (!this.#items) {
      const holder = this.#parts.find(({ value }) => isObject(get(value, 'items')));
      this.#items = holder
        ? textReader(this.#api, { value: get(holder.value, 'items'), at: holder.at.child('items') })
        : plainText;
    }
    return this.#items;
  }

  property(name: string): TextReader {
    let reader = this.#properties.get(name);
    if (!reader) {
      reader = this.#propertyReader(name);
      // Callers may send any number of names.
      if (this.#properties.size < 1000) this.#properties.set(name, reader);
    }
    return reader;
  }

  #propertyReader(name: string): TextReader {
    for (const part of this.#parts) {
      const property = propertiesOf(this.#api, part).get(name);
      if (property) return textReader(this.#api, property);
    }
    const open = this.#parts.find(({ value }) => isObject(get(value, 'additionalProperties')));
    if (!open) return plainText;
    const at = open.at.child('additionalProperties');
    return textReader(this.#api, { value: get(open.value, 'additionalProperties'), at });
  }

  has(name: string): boolean {
    return this.#parts.some((part) => propertiesOf(this.#api, part).has(name));
  }
}

function collect(api: OpenApi, schema: SchemaAt, depth: number, found: SchemaAt[]): void {
  if (found.length > 200) return;
  for (const part of partsOf(api, schema)) {
    found.push(part);
    if (depth >= deepest) continue;
    for (const key of ['anyOf', 'oneOf']) {
      for (const [i, value] of itemsOf(part.value[key]).entries()) {
        collect(api, { value, at: part.at.child(key).child(i) }, depth + 1, found);
      }
    }
  }
}

/** The types that a schema names, or that its other keywords imply. */
function typeNames(schema: unknown): string[] {
  const named = typesOf(schema);
  const nullable = get(schema, 'nullable') === true || get(schema, 'x-nullable') === true || hasNull(schema);
  if (named.length > 0) return nullable ? [...named, 'null'] : named;
  const listed = [
    ...itemsOf(get(schema, 'enum')),
    ...(get(schema, 'const') === undefined ? [] : [get(schema, 'const')]),
  ];
  const types: string[] = listed.map((value) => (value === null ? 'null' : typeof value));
  if (isObject(get(schema, 'properties'))) types.push('object');
  if (get(schema, 'items') !== undefined) types.push('array');
  return types;
}

const hasNull = (schema: unknown): boolean =>
  get(schema, 'type') === 'null' || itemsOf(get(schema, 'type')).includes('null');

const isNumber = (text: string): boolean =>
  text.length <= 330 && /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) && Number.isFinite(Number(text));
