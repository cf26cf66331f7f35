import { asString, get, isObject, itemsOf, type JsonObject, keysOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { At } from '../../languages/openapi/references.ts';
import {
  effectiveTypes,
  isJson,
  keyword,
  type Node,
  type Parameter,
  parameters,
  propertiesOf,
  schemas,
} from '../../languages/openapi/select.ts';
import { capitalised, titleOf } from '../../languages/openapi/titles.ts';
import type { Finding } from '../../text/problem.ts';
import { isIdName } from '../../words/ids.ts';
import { split } from '../../words/split.ts';
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
  /shops/{shop}/orders:
    parameters:
      - { name: shop, in: path, required: true, schema: { type: string } }
    get:
      parameters:
        - { name: city, in: query, schema: { type: string, examples: [Lyon] } }
        - { name: since, in: query, schema: { type: string, format: date-time } }
        - { name: limit, in: query, schema: { type: integer } }
        - { name: page_token, in: query, schema: { type: string } }
        - { name: sort, in: query, description: 'A field, for example item.', schema: { type: string } }
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

/** Only of free texts nobody can tell what they look like: numbers, formats, patterns, lists of values and defaults show it. */
function* parametersWithout(api: OpenApi): Iterable<Finding> {
  for (const parameter of parameters(api)) {
    const { value, at, name, schema } = parameter;
    if (!schema || hasExample(value) || value['content'] !== undefined || needsNone(parameter)) continue;
    const types = effectiveTypes(api, schema);
    if (types.length !== 1 || types[0] !== 'string') continue;
    if (telling.some((field) => keyword(api, schema, field) !== undefined)) continue;
    if (showsInWords(value['description']) || showsInWords(keyword(api, schema, 'description'))) continue;
    yield { at, message: `Parameter \`${name}\` has no example.`, help: 'Add an `example` of what a caller sends.' };
  }
}

const telling = ['enum', 'const', 'default', 'format', 'pattern', 'example', 'examples', 'x-example', 'oneOf', 'anyOf'];

/**
 * Identifiers, which is what paths hold, and cursors are sent back as they came: nobody makes one up. And tools fill in
 * the headers that HTTP itself has a place for.
 */
function needsNone({ name, in: place, value }: Parameter): boolean {
  if (place === 'path' || (place === 'header' && /^(?:accept|authorization|content-type)$/i.test(name))) return true;
  const words = split(name);
  if (isIdName(words) || words.some((word) => copied.has(word))) return true;
  return /\bcursor\b/i.test(asString(value['description']) ?? '');
}

const copied: ReadonlySet<string> = new Set(['cursor', 'token', 'password']);

function showsInWords(description: unknown): boolean {
  return (
    typeof description === 'string' && /\b(?:e\.g\.|for example|for instance|examples?:|such as)/i.test(description)
  );
}

/** A body is judged where its schema is defined, so that a shared schema is named once. */
function* bodiesWithout(api: OpenApi): Iterable<Finding> {
  const illustrated = illustratedSchemas(api);
  const named = new Set<unknown>();
  for (const body of bodies(api)) {
    const target = api.resolve(body.schema);
    if (!target || illustrated.has(body.schema.value) || illustrated.has(target.value)) continue;
    if (!isWorthShowing(api, target) && !(body.sent && isFree(api, target))) continue;
    const shared = sharedSchemaOf(api, body.schema);
    const { value, at } = shared ?? body;
    if (named.has(value)) continue;
    named.add(value);
    yield {
      at,
      message: `${capitalised(shared ? titleOf(at) : titleOf(body.schema.at))} has no example.`,
      help: 'Add an `example` that a reader can copy.',
    };
  }
}

interface Body extends At<JsonObject> {
  readonly schema: At;
  /** Whether callers send it. */
  readonly sent: boolean;
}

/** The JSON bodies that show no example themselves. */
function bodies(api: OpenApi): Body[] {
  const { MediaType, Response, Parameter } = api.index.nodes;
  const holders =
    api.version === '2.0'
      ? [...Response, ...Parameter.filter(({ value }) => value['in'] === 'body')]
      : MediaType.filter(({ at }) => isJson(String(at.key)));
  return holders
    .filter(({ value }) => !hasExample(value) && isObject(value['schema']))
    .map(({ kind, value, at, parent }) => {
      const sent = kind === 'Parameter' || parent?.kind === 'RequestBody';
      return { value, at, sent, schema: { value: value['schema'], at: at.child('schema') } };
    });
}

function hasExample(value: JsonObject): boolean {
  if (Object.hasOwn(value, 'example') || Object.hasOwn(value, 'x-example')) return true;
  return itemsOf(value['examples']).length > 0 || keysOf(value['examples']).length > 0;
}

/** The named schema that a body, or the items of a body, consists of. */
function sharedSchemaOf(api: OpenApi, { value, at }: At): At<JsonObject> | undefined {
  const items = get(value, 'items');
  const schema = isObject(items) ? { value: items, at: at.child('items') } : { value, at };
  if (asString(get(schema.value, '$ref')) === undefined) return undefined;
  const target = api.resolve(schema);
  if (!target || !isObject(target.value)) return undefined;
  const itemsBelow = isObject(target.value['items']) ? sharedSchemaOf(api, target) : undefined;
  return itemsBelow ?? (target as At<JsonObject>);
}

/** An object without fields has nothing to show, and a plain text or number shows itself. */
function isWorthShowing(api: OpenApi, schema: At): boolean {
  if (keysOf(get(schema.value, 'properties')).length > 0 || propertiesOf(api, schema).size > 0) return true;
  const items = keyword(api, schema, 'items');
  return isObject(items) && (items['$ref'] !== undefined || isObject(items['properties']));
}

/** An object of which nothing is said: only an example could tell a caller what to send. */
function isFree(api: OpenApi, schema: At): boolean {
  if (effectiveTypes(api, schema)[0] !== 'object') return false;
  const told = ['additionalProperties', 'patternProperties', 'oneOf', 'anyOf', 'description', 'title'];
  return told.every((field) => keyword(api, schema, field) === undefined);
}

/** The schemas that show what their values look like: those with an example somewhere in them. Found from the examples upwards. */
function illustratedSchemas(api: OpenApi): ReadonlySet<unknown> {
  const users = new Map<unknown, Node[]>();
  for (const { kind, resolution, parent } of api.index.references) {
    if (kind !== 'Schema' || parent.kind !== 'Schema' || !('target' in resolution)) continue;
    const { value } = resolution.target;
    const known = users.get(value);
    if (known) known.push(parent);
    else users.set(value, [parent]);
  }
  const found = new Set<unknown>();
  const pending = schemas(api).filter(({ value }) => hasExample(value) || value['const'] !== undefined);
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (found.has(node.value)) continue;
    found.add(node.value);
    if (node.parent?.kind === 'Schema') pending.push(node.parent);
    pending.push(...(users.get(node.value) ?? []));
  }
  return found;
}
