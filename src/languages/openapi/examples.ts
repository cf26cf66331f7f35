/** The values that documents show or fill in, with the schemas that they must fit. */

import { directionOf } from './direction.ts';
import { entriesOf, get, isObject, itemsOf, type JsonObject, keysOf } from './json.ts';
import type { OpenApi } from './openapi.ts';
import type { At } from './references.ts';
import { everySchema, isJson, type Node } from './select.ts';
import type { Judging } from './values.ts';

/** A value beside a schema. */
export interface Example extends At {
  readonly schema: At;
  readonly direction: Judging['direction'];
  /** Whether a text may stand for the value in the form in which it travels: of parameters, and of bodies that are not JSON. */
  readonly mayBeText: boolean;
}

/** How values are judged by the schemas of an API. */
export function judging(api: OpenApi, direction: Judging['direction']): Judging {
  return { dialect: dialects[api.version], direction, resolve: (schema) => api.resolve(schema) };
}

const dialects = {
  '2.0': 'swagger-2.0',
  '3.0': 'openapi-3.0',
  '3.1': 'json-schema',
  '3.2': 'json-schema',
} as const;

/** Every example of schemas, media types, parameters, headers and (in 2.0) responses. */
export function examples(api: OpenApi): readonly Example[] {
  let known = api.memo.get(examples) as readonly Example[] | undefined;
  if (!known) {
    known = collect(api);
    api.memo.set(examples, known);
  }
  return known;
}

function collect(api: OpenApi): Example[] {
  const { MediaType, Parameter, Header, Response } = api.index.nodes;
  const found = everySchema(api).flatMap((schema) => schemaExamples(api, schema));
  if (api.version === '2.0') return [...found, ...Response.flatMap(responseExamples)];
  return [...found, ...[...MediaType, ...Parameter, ...Header].flatMap((holder) => holderExamples(api, holder))];
}

function schemaExamples(api: OpenApi, schema: Node): Example[] {
  if (schema.kind !== 'Schema') return [];
  const { value, at } = schema;
  if (!Object.hasOwn(value, 'example') && !Object.hasOwn(value, 'examples')) return [];
  const direction = directionInWords(api, schema);
  const found: Example[] = [];
  if (Object.hasOwn(value, 'example')) {
    found.push({ value: value['example'], at: at.child('example'), schema, direction, mayBeText: false });
  }
  itemsOf(get(value, 'examples')).forEach((example, i) => {
    found.push({ value: example, at: at.child('examples').child(i), schema, direction, mayBeText: false });
  });
  return found;
}

/** Which way the values of a schema travel; `either` where they travel both ways or none. */
export function directionInWords(api: OpenApi, schema: Node): Judging['direction'] {
  const { request, response } = directionOf(api, schema);
  if (request === response) return 'either';
  return request ? 'request' : 'response';
}

function holderExamples(api: OpenApi, holder: Node): Example[] {
  const { value, at, kind } = holder;
  if (!Object.hasOwn(value, 'example') && !Object.hasOwn(value, 'examples')) return [];
  const schema = kind === 'MediaType' ? schemaAt(holder) : (schemaAt(holder) ?? schemaOfContent(holder));
  if (!schema) return [];
  const mayBeText = kind !== 'MediaType' || !isJson(String(at.key));
  const direction = directionOfHolder(holder);
  const found: Example[] = [];
  if (Object.hasOwn(value, 'example')) {
    found.push({ value: value['example'], at: at.child('example'), schema, direction, mayBeText });
  }
  for (const [name, entry] of entriesOf(value['examples'])) {
    const example = api.resolve({ value: entry, at: at.child('examples').child(name) });
    const field = ['value', 'dataValue'].find((key) => get(example?.value, key) !== undefined);
    if (!example || field === undefined) continue;
    found.push({ value: get(example.value, field), at: example.at.child(field), schema, direction, mayBeText });
  }
  return found;
}

function schemaAt({ value, at }: At<JsonObject>): At | undefined {
  return value['schema'] === undefined ? undefined : { value: value['schema'], at: at.child('schema') };
}

/** Parameters and headers may have their schema in the only media type of their content. */
function schemaOfContent({ value, at }: Node): At | undefined {
  const [entry] = entriesOf(value['content']);
  if (!entry || !isObject(entry[1])) return undefined;
  return schemaAt({ value: entry[1], at: at.child('content').child(entry[0]) });
}

function directionOfHolder(holder: Node): Judging['direction'] {
  for (let above: Node | null = holder; above; above = above.parent) {
    if (above.kind === 'Callback' || above.field === 'webhooks') return 'either';
  }
  for (let above: Node | null = holder; above; above = above.parent) {
    if (above.kind === 'RequestBody' || above.kind === 'Parameter') return 'request';
    if (above.kind === 'Response') return 'response';
  }
  return 'either';
}

/** Of 2.0: the examples of a response by media type. */
function responseExamples({ value, at }: Node): Example[] {
  if (!isObject(value['schema'])) return [];
  const schema = { value: value['schema'], at: at.child('schema') };
  const list = at.child('examples');
  return keysOf(value['examples']).map((name) => ({
    value: get(value['examples'], name),
    at: list.child(name),
    schema,
    direction: 'response',
    mayBeText: !isJson(name),
  }));
}
