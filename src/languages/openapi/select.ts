/**
 * What rules loop over: typed lists of the things an API consists of, alike for all versions of OpenAPI, each worked out
 * once per API. `at` is where a thing is defined, and `used` where an operation refers to it.
 */
import { asString, entriesOf, get, isObject, itemsOf, type JsonObject, keysOf, stringsOf } from './json.ts';
import type { OpenApi } from './openapi.ts';
import type { Pointer } from './pointer.ts';
import type { At } from './references.ts';
import type { Node, Operation, PathEntry, Reference } from './walk.ts';

export type { Node, Operation, PathEntry, Reference };

/** A parameter as an operation takes it. */
export interface Parameter extends At<JsonObject> {
  readonly name: string;
  /** `path`, `query`, `header`, `cookie` or `querystring`. */
  readonly in: string;
  readonly required: boolean;
  /** Its schema: of 3.x the `schema`, or that of its `content`; of 2.0 the parameter itself. Not resolved. */
  readonly schema: At | undefined;
  /** Where the operation or its path item lists it. */
  readonly used: Pointer;
}

/** A representation of a body: a media type and the schema that belongs to it. */
export interface MediaType {
  /** As written, with its parameters: `application/json; charset=utf-8`. */
  readonly name: string;
  readonly at: Pointer;
  /** The Media Type Object; of 2.0 the body parameter or the response. */
  readonly value: JsonObject;
  /** Not resolved. */
  readonly schema: At | undefined;
}

/** The body that an operation takes. */
export interface RequestBody extends At<JsonObject> {
  readonly required: boolean;
  readonly media: readonly MediaType[];
  readonly used: Pointer;
}

/** One of the answers of an operation. */
export interface Response extends At<JsonObject> {
  /** A status code, a range as `4XX`, or `default`. */
  readonly code: string;
  readonly media: readonly MediaType[];
  readonly headers: readonly Header[];
  readonly used: Pointer;
}

/** A response header. */
export interface Header extends At<JsonObject> {
  readonly name: string;
  readonly schema: At | undefined;
}

/** A property where its schema defines it. */
export interface Property extends At {
  readonly name: string;
  /** Whether the schema that defines it requires it. */
  readonly required: boolean;
  /** The schema that defines it. */
  readonly owner: At<JsonObject>;
}

/** A security scheme by the name that requirements use. */
export interface SecurityScheme extends At<JsonObject> {
  readonly name: string;
}

/** One of the alternatives that let a caller in: all of its schemes at once. No scheme: anybody. */
export interface SecurityRequirement {
  readonly at: Pointer;
  readonly schemes: readonly { readonly name: string; readonly scopes: readonly string[]; readonly at: Pointer }[];
}

/** What secures an operation. */
export interface Security {
  readonly requirements: readonly SecurityRequirement[];
  /** Whether the operation says it itself rather than the document for all. */
  readonly own: boolean;
  /** Whether some alternative asks for no credentials, or nothing is said at all. */
  readonly anonymous: boolean;
}

/** Makes a selector remember its answer for each API. */
export function memoised<T>(select: (api: OpenApi) => T): (api: OpenApi) => T {
  return (api) => {
    const known = api.memo.get(select);
    if (known !== undefined) return known as T;
    const answer = select(api);
    api.memo.set(select, answer);
    return answer;
  };
}

/** Makes a selector remember its answers for each thing of an API that it is asked about. */
export function memoisedFor<K extends object, T>(select: (api: OpenApi, key: K) => T): (api: OpenApi, key: K) => T {
  return (api, key) => {
    let answers = api.memo.get(select) as Map<K, T> | undefined;
    if (!answers) {
      answers = new Map();
      api.memo.set(select, answers);
    }
    const known = answers.get(key);
    if (known !== undefined || answers.has(key)) return known as T;
    const answer = select(api, key);
    answers.set(key, answer);
    return answer;
  };
}

// Paths and operations.

/** The paths of the API, in the document's order. */
export const paths = memoised((api): readonly PathEntry[] =>
  api.index.paths.filter(({ context }) => context === 'path'),
);

/** The operations that clients call, in the document's order. Not those of webhooks and callbacks. */
export const operations = memoised((api): readonly Operation[] =>
  api.index.operations.filter(({ context }) => context === 'path'),
);

/** The requests that the API makes to its clients: operations of webhooks and of callbacks. */
export const outgoing = memoised((api): readonly Operation[] =>
  api.index.operations.filter(({ context }) => context === 'webhook' || context === 'callback'),
);

/** Every operation that the documents define, whoever calls it. */
export const everyOperation = memoised((api): readonly Operation[] => api.index.operations);

/** What an operation takes in path, query, headers and cookies: its own parameters, then those of the path that it does not replace. */
export const parametersOf = memoisedFor((api: OpenApi, operation: Operation): readonly Parameter[] => {
  const found = new Map<string, Parameter>();
  for (const holder of [operation as At<JsonObject>, operation.pathItem]) {
    for (const parameter of listedParameters(api, holder)) {
      const key = `${parameter.in} ${parameter.name}`;
      if (!found.has(key)) found.set(key, parameter);
    }
  }
  return [...found.values()];
});

/** The parameters that one operation or path item lists itself, resolved, twice where they are listed twice. */
export function listedParameters(api: OpenApi, holder: At<JsonObject>): Parameter[] {
  const at = holder.at.child('parameters');
  return itemsOf(holder.value['parameters']).flatMap((value, i) => {
    const resolved = api.resolve({ value, at: at.child(i) });
    const parameter = resolved && parameterAt(api, resolved, at.child(i));
    return parameter ? [parameter] : [];
  });
}

/** Every parameter that the documents define, each once, where it is defined. */
export const parameters = memoised((api): readonly Parameter[] =>
  api.index.nodes.Parameter.flatMap((node) => parameterAt(api, node, node.at) ?? []),
);

function parameterAt(api: OpenApi, { value, at }: At, used: Pointer): Parameter | undefined {
  if (!isObject(value)) return undefined;
  const name = asString(value['name']);
  const place = asString(value['in']);
  if (name === undefined || place === undefined || place === 'body' || place === 'formData') return undefined;
  return {
    value,
    at,
    used,
    name,
    in: place,
    required: value['required'] === true,
    schema: schemaOfParameter(api, { value, at }),
  };
}

/** The schema of a parameter or header: `schema`, or that of the only `content`; of 2.0 the thing itself. */
function schemaOfParameter(api: OpenApi, { value, at }: At<JsonObject>): At | undefined {
  if (api.version === '2.0') return { value, at };
  if (value['schema'] !== undefined) return { value: value['schema'], at: at.child('schema') };
  const name = keysOf(value['content'])[0];
  const media = name === undefined ? undefined : get(value['content'], name);
  const schema = get(media, 'schema');
  return schema === undefined ? undefined : { value: schema, at: at.child('content').child(name!).child('schema') };
}

// Bodies and responses.

/** The body that an operation takes, or undefined. Of 2.0: its `body` parameter, or its `formData` parameters as one object. */
export const bodyOf = memoisedFor((api: OpenApi, operation: Operation): RequestBody | undefined => {
  if (api.version === '2.0') return bodyOf20(api, operation);
  const used = operation.at.child('requestBody');
  const body = api.resolve({ value: operation.value['requestBody'], at: used });
  if (!body || !isObject(body.value)) return undefined;
  return {
    value: body.value,
    at: body.at,
    used,
    required: body.value['required'] === true,
    media: contentOf(api, body as At<JsonObject>),
  };
});

function bodyOf20(api: OpenApi, operation: Operation): RequestBody | undefined {
  const all = [operation as At<JsonObject>, operation.pathItem].flatMap((holder) =>
    itemsOf(holder.value['parameters']).flatMap((value, i) => {
      const used = holder.at.child('parameters').child(i);
      const resolved = api.resolve({ value, at: used });
      return resolved && isObject(resolved.value) ? [{ value: resolved.value, at: resolved.at, used }] : [];
    }),
  );
  const body = all.find(({ value }) => value['in'] === 'body');
  if (body) {
    const schema =
      body.value['schema'] === undefined ? undefined : { value: body.value['schema'], at: body.at.child('schema') };
    return {
      ...body,
      required: body.value['required'] === true,
      media: mediaOf20(api, operation, 'consumes', body, schema),
    };
  }
  const fields = all.filter(({ value }) => value['in'] === 'formData');
  if (!fields.length) return undefined;
  const value = formAsSchema(fields.map((field) => field.value));
  const at = operation.at.child('parameters');
  return {
    value,
    at,
    used: at,
    required: fields.some((field) => field.value['required'] === true),
    media: mediaOf20(api, operation, 'consumes', { value, at }, { value, at }, 'application/x-www-form-urlencoded'),
  };
}

function formAsSchema(fields: readonly JsonObject[]): JsonObject {
  const named = fields.filter(({ name }) => typeof name === 'string');
  return {
    type: 'object',
    properties: Object.fromEntries(named.map((field) => [field['name'], { ...field, required: undefined }])),
    required: named.filter(({ required }) => required === true).map(({ name }) => name),
  };
}

/** What an operation answers, in the document's order. Responses that lead nowhere are left out. */
export const responsesOf = memoisedFor((api: OpenApi, operation: Operation): readonly Response[] => {
  const responses = api.resolve({ value: operation.value['responses'], at: operation.at.child('responses') });
  if (!responses) return [];
  return entriesOf(responses.value).flatMap(([code, value]) => {
    if (code.startsWith('x-')) return [];
    const used = responses.at.child(code);
    const response = api.resolve({ value, at: used });
    if (!response || !isObject(response.value)) return [];
    return [responseAt(api, response as At<JsonObject>, code, used, operation)];
  });
});

/** The codes that an operation declares, whether or not what stands under them can be read. */
export const codesOf = memoisedFor((api: OpenApi, operation: Operation): readonly string[] => {
  const responses = api.resolve({ value: operation.value['responses'], at: operation.at.child('responses') });
  return keysOf(responses?.value).filter((code) => !code.startsWith('x-'));
});

/** The responses with a 2xx code or range. */
export const successesOf = (api: OpenApi, operation: Operation): readonly Response[] =>
  responsesOf(api, operation).filter(({ code }) => isSuccess(code));

export const isSuccess = (code: string): boolean => /^2(?:\d\d|XX)$/i.test(code);
export const isError = (code: string): boolean => /^[45](?:\d\d|XX)$/i.test(code);

/** A code of its own, its range, or `default`: whether `code` is among what an operation declares. */
export function declares(api: OpenApi, operation: Operation, code: string): boolean {
  const range = `${code[0]}XX`;
  return codesOf(api, operation).some(
    (declared) => declared === code || declared.toUpperCase() === range || declared === 'default',
  );
}

/**
 * Whether an operation says anything of requests that it refuses: some 4xx, or a `default` beside a success. Alone, a
 * `default` stands for everything and tells nothing.
 */
export function declaresRefusal(api: OpenApi, operation: Operation): boolean {
  const codes = codesOf(api, operation);
  return codes.some((code) => /^4(?:\d\d|XX)$/i.test(code)) || (codes.length > 1 && codes.includes('default'));
}

/** Every response that the documents define, each once, where it is defined. `code` is empty for shared ones. */
export const responses = memoised((api): readonly Response[] =>
  api.index.nodes.Response.map((node) => {
    const code = node.parent?.kind === 'Responses' ? node.field : '';
    return responseAt(api, node, code, node.at, undefined);
  }),
);

function responseAt(
  api: OpenApi,
  { value, at }: At<JsonObject>,
  code: string,
  used: Pointer,
  operation: Operation | undefined,
): Response {
  const media = api.version === '2.0' ? responseMedia20(api, { value, at }, operation) : contentOf(api, { value, at });
  return { value, at, used, code, media, headers: headersAt(api, { value, at }) };
}

function responseMedia20(api: OpenApi, { value, at }: At<JsonObject>, operation: Operation | undefined): MediaType[] {
  if (value['schema'] === undefined) return [];
  return mediaOf20(api, operation, 'produces', { value, at }, { value: value['schema'], at: at.child('schema') });
}

/** In 2.0, media types stand in lists of the operation or of the document, apart from the schema. */
function mediaOf20(
  api: OpenApi,
  operation: Operation | undefined,
  field: 'consumes' | 'produces',
  { value, at }: At<JsonObject>,
  schema: At | undefined,
  fallback = 'application/json',
): MediaType[] {
  const own = stringsOf(operation?.value[field]);
  const names = own.length ? own : stringsOf(api.root.value[field]);
  return (names.length ? names : [fallback]).map((name) => ({ name, at, value, schema }));
}

function contentOf(api: OpenApi, { value, at }: At<JsonObject>): MediaType[] {
  const content = api.resolve({ value: value['content'], at: at.child('content') });
  if (!content) return [];
  return entriesOf(content.value).flatMap(([name, entry]) => {
    const media = api.resolve({ value: entry, at: content.at.child(name) });
    if (!media || !isObject(media.value)) return [];
    const field = get(media.value, 'schema') !== undefined ? 'schema' : 'itemSchema';
    const value = get(media.value, field);
    const schema = value === undefined ? undefined : { value, at: media.at.child(field) };
    return [{ name, at: media.at, value: media.value, schema }];
  });
}

function headersAt(api: OpenApi, { value, at }: At<JsonObject>): Header[] {
  return entriesOf(value['headers']).flatMap(([name, entry]) => {
    const header = api.resolve({ value: entry, at: at.child('headers').child(name) });
    if (!header || !isObject(header.value)) return [];
    return [{ name, value: header.value, at: header.at, schema: schemaOfParameter(api, header as At<JsonObject>) }];
  });
}

/** Whether a media type is JSON: `application/json`, `application/problem+json`, with or without parameters. */
export function isJson(mediaType: string): boolean {
  return /^[^/;]+\/(?:[^;]+\+)?json\s*(?:;|$)/i.test(mediaType);
}

// Schemas.

/** Every schema that the documents define, each once, where it is defined. A `$ref` alone is none. */
export const schemas = memoised((api): readonly Node[] => api.index.nodes.Schema);

/** Of 2.0: the parameters, headers and items that carry a type themselves. */
export const simpleSchemas = memoised((api): readonly Node[] => {
  if (api.version !== '2.0') return [];
  const { Parameter, Header: headers, Items } = api.index.nodes;
  return [...Parameter.filter(({ value }) => value['in'] !== 'body'), ...headers, ...Items];
});

/** Schemas, and in 2.0 all else that has a type. */
export const everySchema = memoised((api): readonly Node[] => [...schemas(api), ...simpleSchemas(api)]);

/** The schemas with names of their own: `components.schemas`, or `definitions`. References to others count as none. */
export const namedSchemas = memoised((api): readonly (At & { readonly name: string })[] =>
  componentsOf(api, 'schemas'),
);

/** The components of one section, or what 2.0 has in its place. */
export function componentsOf(api: OpenApi, section: string): readonly (At & { readonly name: string })[] {
  const field20 = sections20[section];
  const holder: At =
    api.version === '2.0'
      ? api.root
      : (api.resolve({ value: api.root.value['components'], at: api.root.at.child('components') }) ?? api.root);
  const field = api.version === '2.0' ? field20 : section;
  if (field === undefined) return [];
  const table = api.resolve({ value: get(holder.value, field), at: holder.at.child(field) });
  if (!table) return [];
  return entriesOf(table.value)
    .filter(([name]) => !name.startsWith('x-'))
    .map(([name, value]) => ({ name, value, at: table.at.child(name) }));
}

const sections20: Readonly<Record<string, string>> = {
  schemas: 'definitions',
  parameters: 'parameters',
  responses: 'responses',
  securitySchemes: 'securityDefinitions',
};

/** Every property where a schema defines it. Its value may be a reference. */
export const properties = memoised((api): readonly Property[] => schemas(api).flatMap(ownProperties));

/** The properties that a schema lists itself. */
export function ownProperties(schema: At): Property[] {
  if (!isObject(schema.value) || !isObject(schema.value['properties'])) return [];
  const owner = schema as At<JsonObject>;
  const required = new Set(stringsOf(owner.value['required']));
  const at = owner.at.child('properties');
  return entriesOf(owner.value['properties']).map(([name, value]) => ({
    name,
    value,
    at: at.child(name),
    required: required.has(name),
    owner,
  }));
}

/** The properties of an object that fits the schema, through `$ref` and `allOf`, by name. */
export function propertiesOf(api: OpenApi, schema: At | undefined): ReadonlyMap<string, Property> {
  if (!schema || !isObject(schema.value)) return new Map();
  let answers = api.memo.get(propertiesOf) as Map<object, ReadonlyMap<string, Property>> | undefined;
  if (!answers) {
    answers = new Map();
    api.memo.set(propertiesOf, answers);
  }
  let known = answers.get(schema.value);
  if (!known) {
    known = collectProperties(api, schema);
    answers.set(schema.value, known);
  }
  return known;
}

function collectProperties(api: OpenApi, schema: At): ReadonlyMap<string, Property> {
  const found = new Map<string, Property>();
  const parts = partsOf(api, schema);
  for (const part of parts) {
    for (const property of ownProperties(part)) {
      const earlier = found.get(property.name);
      if (!earlier) found.set(property.name, property);
      else if (property.required && !earlier.required) found.set(property.name, { ...earlier, required: true });
    }
  }
  if (parts.length === 1) return found;
  for (const part of parts) {
    for (const name of stringsOf(get(part.value, 'required'))) {
      const property = found.get(name);
      if (property && !property.required) found.set(name, { ...property, required: true });
    }
  }
  return found;
}

/** More schemas than this are not taken together: no real one has so many, and long chains would cost their square. */
const mostParts = 200;

/** A schema and everything that it is the conjunction of: the targets of its `$ref` and the members of its `allOf`, each once. */
export function partsOf(api: OpenApi, schema: At): At<JsonObject>[] {
  const { value } = schema;
  // Most schemas are put together from no others.
  if (isObject(value) && value['$ref'] === undefined && value['allOf'] === undefined) return [schema as At<JsonObject>];
  const parts: At<JsonObject>[] = [];
  const seen = new Set<unknown>();
  const pending: At[] = [schema];
  for (let next = pending.shift(); next && seen.size < mostParts; next = pending.shift()) {
    if (!isObject(next.value) || seen.has(next.value)) continue;
    seen.add(next.value);
    const ref = asString(next.value['$ref']);
    if (ref !== undefined) {
      const resolution = api.references.resolve(ref, next.at);
      if ('target' in resolution) pending.unshift(resolution.target);
      if (api.version === '2.0' || api.version === '3.0') continue;
    }
    parts.push(next as At<JsonObject>);
    const at = next.at.child('allOf');
    for (const [i, value] of itemsOf(next.value['allOf']).entries()) pending.push({ value, at: at.child(i) });
  }
  return parts;
}

/** The types that a schema names itself, without `null`. */
export function typesOf(schema: unknown): string[] {
  const type = get(schema, 'type');
  return (typeof type === 'string' ? [type] : stringsOf(type)).filter((name) => name !== 'null');
}

/** The types of a schema through `$ref` and `allOf`; where none is named, `object` for what has properties and `array` for what has items. */
export function effectiveTypes(api: OpenApi, schema: At | undefined): string[] {
  if (!schema) return [];
  const parts = partsOf(api, schema);
  const named = parts.find(({ value }) => typesOf(value).length > 0);
  if (named) return typesOf(named.value);
  if (parts.some(({ value }) => isObject(value['properties']))) return ['object'];
  return parts.some(({ value }) => value['items'] !== undefined) ? ['array'] : [];
}

/** The first value of a keyword through `$ref` and `allOf`. */
export function keyword(api: OpenApi, schema: At | undefined, name: string): unknown {
  if (!schema) return undefined;
  return partsOf(api, schema).find(({ value }) => value[name] !== undefined)?.value[name];
}

// Security.

/** The declared security schemes. */
export const securitySchemes = memoised((api): readonly SecurityScheme[] =>
  componentsOf(api, 'securitySchemes').flatMap(({ name, ...here }) => {
    const scheme = api.resolve(here);
    return scheme && isObject(scheme.value) ? [{ name, value: scheme.value, at: scheme.at }] : [];
  }),
);

/** What secures an operation: its own `security`, else the document's. */
export const securityOf = memoisedFor((api: OpenApi, operation: Operation): Security => {
  const own = Array.isArray(operation.value['security']);
  const holder = own ? operation : api.root;
  const requirements = requirementsAt(holder);
  return {
    requirements,
    own,
    anonymous: requirements.length === 0 || requirements.some(({ schemes }) => schemes.length === 0),
  };
});

/** The requirements that an operation or a document lists itself. */
export function requirementsAt({ value, at }: At<JsonObject>): SecurityRequirement[] {
  const list = at.child('security');
  return itemsOf(value['security']).map((requirement, i) => {
    const here = list.child(i);
    const schemes = entriesOf(requirement).map(([name, scopes]) => ({
      name,
      scopes: stringsOf(scopes),
      at: here.child(name),
    }));
    return { at: here, schemes };
  });
}

// Servers and tags.

/** A server's address as written; of 2.0 put together from `schemes`, `host` and `basePath`. */
export interface Server extends At<JsonObject> {
  readonly url: string;
  /** The place of the address, or of what it is put together from. */
  readonly urlAt: Pointer;
}

/** The servers of the document, of its paths and of its operations. */
export const servers = memoised((api): readonly Server[] => {
  if (api.version !== '2.0') {
    return api.index.nodes.Server.flatMap(({ value, at }) => {
      const url = asString(value['url']);
      return url === undefined ? [] : [{ value, at, url, urlAt: at.child('url') }];
    });
  }
  const { value, at } = api.root;
  const host = asString(value['host']);
  const base = asString(value['basePath']) ?? '';
  if (host === undefined) return base ? [{ value, at, url: base, urlAt: at.child('basePath') }] : [];
  const schemes = stringsOf(value['schemes']);
  return (schemes.length ? schemes : ['https']).map((scheme) => ({
    value,
    at,
    url: `${scheme}://${host}${base}`,
    urlAt: at.child('host'),
  }));
});

/** The tags that the document declares. */
export const tags = memoised((api): readonly (At<JsonObject> & { readonly name: string })[] =>
  api.index.nodes.Tag.flatMap(({ value, at }) => {
    const name = asString(value['name']);
    return name === undefined ? [] : [{ value, at, name }];
  }),
);
