import { asString, entriesOf, get, isObject, itemsOf, type JsonObject, keysOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { At } from '../../languages/openapi/references.ts';
import { effectiveTypes, isJson, keyword, parameters } from '../../languages/openapi/select.ts';
import { titleOf } from '../../languages/openapi/titles.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/examples-present',
  summary: 'bodies and free text parameters have examples',
  why: `Most readers look at the example first and at the schema only when the example does not answer their question. Mock
servers and consoles fill in what the example says, where otherwise they write \`string\`.`,
  sources: ['guide S4, Exercise 10: Documentation Review', 'OpenAPI 3.1.1, Media Type Object and Example Object'],
  equivalents: ['vacuum:oas3-missing-example'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: city, in: query, schema: { type: string, examples: [Lyon] } }
        - { name: since, in: query, schema: { type: string, format: date-time } }
        - { name: limit, in: query, schema: { type: integer } }
      responses:
        '200':
          content:
            application/json:
              schema:
                type: array
                items: { $ref: '#/components/schemas/Order' }
    post:
      requestBody:
        content:
          application/json:
            schema: { type: object, properties: { item: { type: string } } }
            example: { item: Teapot }
components:
  schemas:
    Order:
      type: object
      properties:
        item: { type: string, examples: [Teapot] }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: city, in: query, schema: { type: string } }
      responses:
        '200':
          content:
            application/json:
              schema:
                type: array
                items: { $ref: '#/components/schemas/Order' }
    post:
      requestBody:
        content:
          application/json:
            schema: { type: object, properties: { item: { type: string } } }
components:
  schemas:
    Order:
      type: object
      properties:
        item: { type: string }
`,
      *find(api) {
        yield* parametersWithout(api);
        yield* bodiesWithout(api);
      },
    },
  },
});

/** Only of free texts nobody can tell what they look like: numbers, formats, lists of values and defaults show it. */
function* parametersWithout(api: OpenApi): Iterable<Finding> {
  for (const { value, at, name, schema } of parameters(api)) {
    if (!schema || hasExample(value) || value['content'] !== undefined) continue;
    const types = effectiveTypes(api, schema);
    const telling = ['enum', 'const', 'default', 'format', 'example', 'examples', 'x-example', 'oneOf', 'anyOf'];
    if (types.length !== 1 || types[0] !== 'string') continue;
    if (telling.some((field) => keyword(api, schema, field) !== undefined)) continue;
    yield { at, message: `Parameter \`${name}\` has no example.`, help: 'Add an `example` of what a caller sends.' };
  }
}

/** A body is judged where its schema is defined, so that a shared schema is named once. */
function* bodiesWithout(api: OpenApi): Iterable<Finding> {
  const shows = illustrations(api);
  const named = new Set<unknown>();
  for (const body of bodies(api)) {
    if (!body.schema || shows(body.schema)) continue;
    const shared = sharedSchemaOf(api, body.schema);
    const { value, at } = shared ?? body;
    if (named.has(value) || !isWorthShowing(api, body.schema)) continue;
    named.add(value);
    const what = shared ? titleOf(at) : `The body (\`${at.key}\`)`;
    yield { at, message: `${what} has no example.`, help: 'Add an `example` that a reader can copy.' };
  }
}

interface Body extends At<JsonObject> {
  readonly schema: At | undefined;
}

/** The JSON bodies that show no example themselves. */
function bodies(api: OpenApi): Body[] {
  const { MediaType, Response, Parameter } = api.index.nodes;
  const holders =
    api.version === '2.0'
      ? [...Response, ...Parameter.filter(({ value }) => value['in'] === 'body')]
      : MediaType.filter(({ at }) => isJson(String(at.key)));
  return holders
    .filter(({ value }) => !hasExample(value) && value['schema'] !== undefined)
    .map(({ value, at }) => ({ value, at, schema: { value: value['schema'], at: at.child('schema') } }));
}

function hasExample(value: JsonObject): boolean {
  return ['example', 'x-example'].some((key) => Object.hasOwn(value, key)) || hasContent(value['examples']);
}

function hasContent(examples: unknown): boolean {
  return itemsOf(examples).length > 0 || keysOf(examples).length > 0;
}

/** The named schema that a body, or the items of a body, consists of. */
function sharedSchemaOf(api: OpenApi, { value, at }: At): At<JsonObject> | undefined {
  const [schema, place] = isObject(get(value, 'items')) ? [get(value, 'items'), at.child('items')] : [value, at];
  if (asString(get(schema, '$ref')) === undefined) return undefined;
  const target = api.resolve({ value: schema, at: place });
  if (!target || !isObject(target.value)) return undefined;
  const deeper = isObject(target.value['items']) ? sharedSchemaOf(api, target) : undefined;
  return deeper ?? (target as At<JsonObject>);
}

/** A schema that says nothing, or only that there is some text or number, has nothing to show. */
function isWorthShowing(api: OpenApi, schema: At): boolean {
  const types = effectiveTypes(api, schema);
  return types.includes('object') || types.includes('array');
}

/** Tells whether a schema shows what its values look like: an example somewhere in it. Each schema is gone through once. */
function illustrations(api: OpenApi): (schema: At) => boolean {
  const known = new Map<unknown, boolean>();
  const shows = (schema: At): boolean => {
    const { value } = schema;
    if (!isObject(value)) return false;
    const before = known.get(value);
    if (before !== undefined) return before;
    known.set(value, false);
    const answer = hasExample(value) || value['const'] !== undefined || partsWithin(api, schema).some(shows);
    known.set(value, answer);
    return answer;
  };
  return shows;
}

function partsWithin(api: OpenApi, schema: At): At[] {
  const { value, at } = schema;
  const target = asString(get(value, '$ref')) === undefined ? undefined : api.resolve(schema);
  const lists = ['allOf', 'anyOf', 'oneOf'].flatMap((field) =>
    itemsOf(get(value, field)).map((member, i) => ({ value: member, at: at.child(field).child(i) })),
  );
  const fields = entriesOf(get(value, 'properties')).map(([name, property]) => ({
    value: property,
    at: at.child('properties').child(name),
  }));
  const items = ['items', 'additionalProperties'].map((field) => ({ value: get(value, field), at: at.child(field) }));
  return [...(target ? [target] : []), ...items, ...lists, ...fields];
}
