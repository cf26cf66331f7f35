import * as graphql from '../../languages/graphql/select.ts';
import { misfit, misfitText } from '../../languages/graphql/values.ts';
import { directionInWords, judging } from '../../languages/openapi/examples.ts';
import { get, isObject, itemsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import { effectiveTypes, everySchema, type Node, parameters, properties } from '../../languages/openapi/select.ts';
import { titleOf } from '../../languages/openapi/titles.ts';
import { mismatches } from '../../languages/openapi/values.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/default-valid',
  summary: 'a default is allowed by its schema and stands on what may be left out',
  why: `A default that the schema refuses makes every request that relies on it invalid as soon as a client or gateway fills it in. On something
required it promises what never happens: leaving the value out is an error, not a way to get the default.`,
  sources: [
    'GraphQL, 3.10 Input Objects',
    'OpenAPI 3.0.4, Schema Object, default',
    'Swagger 2.0, Parameter Object, default',
    'JSON Schema Validation 2020-12, section 9.2',
  ],
  equivalents: [
    'spectral:oas3-valid-schema-example',
    'spectral:oas2-valid-schema-example',
    'ibm:ibm-no-default-for-required-parameter',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - name: limit
          in: query
          schema: { type: integer, maximum: 100, default: 20 }
        - name: tags
          in: query
          schema: { type: array, items: { type: string }, default: [] }
      responses:
        '200':
          content:
            application/json:
              # Required in an answer: the default tells what to expect of old orders.
              schema:
                type: object
                required: [status]
                properties:
                  status: { type: string, default: open }
                  note: { type: [string, 'null'], default: null }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    parameters:
      - name: limit
        in: query
        schema: { type: integer, maximum: 100, default: 200 }
      - name: version
        in: query
        required: true
        schema: { type: string, default: v1 }
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [currency]
              properties:
                currency: { type: string, default: EUR }
                express: { type: boolean, default: 'no' }
`,
      *find(api) {
        for (const schema of everySchema(api)) yield* misfits(api, schema);
        yield* onRequiredParameters(api);
        yield* onRequiredProperties(api);
      },
    },

    graphql: {
      good: `
type Query {
  orders(first: Int = 20, state: State = OPEN, tags: [String!] = "new", ratio: Float = 1, near: Point = { x: 1 }): [ID!]!
  all(filter: Filter = { any: [1, "x"] }, since: DateTime = "2024-01-01T00:00:00Z"): [ID!]!
}

enum State {
  OPEN
  CLOSED
}

input Point {
  x: Int!
  y: Int! = 0
}

scalar DateTime
`,
      bad: `
type Query {
  orders(first: Int = "20", state: State = OPENED, tags: [String!]! = null): [ID!]!
  places(near: Point = { y: 1 }, far: Point = { x: 1, z: 2 }): [ID!]!
}

enum State {
  OPEN
  CLOSED
}

input Point {
  x: Int!
  y: Int = 1.5
}
`,
      *find(api) {
        for (const { name, node, at } of [...graphql.everyArgument(api), ...graphql.inputFields(api)]) {
          const wrong = node.defaultValue && misfit(api, node.defaultValue, node.type);
          if (!wrong) continue;
          yield {
            at: at.on(wrong.node),
            message: `The default of \`${name}\` is not allowed: ${misfitText(wrong)}.`,
            help: 'Write a value that the type allows, or leave the default out.',
          };
        }
      },
    },
  },
});

function* misfits(api: OpenApi, schema: Node): Generator<Finding> {
  if (!Object.hasOwn(schema.value, 'default')) return;
  const value = schema.value['default'];
  const at = schema.at.child('default');
  if (typeof value === 'string' && isSerialised(api, schema)) return;
  for (const { path, message } of mismatches(value, schema, judging(api, 'either')).slice(0, 3)) {
    yield {
      at: path.reduce((place, key) => place.child(key), at),
      message: `The default of ${titleOf(schema.at)} does not fit its schema: ${message}.`,
      help: 'Correct the default, or the schema where the default is right.',
    };
  }
}

/** Of parameters in 2.0, a text may be the default of an array, in the form in which it travels. */
function isSerialised(api: OpenApi, schema: Node): boolean {
  return schema.kind !== 'Schema' && effectiveTypes(api, schema).includes('array');
}

function* onRequiredParameters(api: OpenApi): Generator<Finding> {
  for (const { required, schema, in: place, name } of parameters(api)) {
    // The variables of a path are always required, and servers may know a path without them.
    if (!required || place === 'path' || !schema || !hasDefault(schema.value) || isFixed(schema.value)) continue;
    yield uselessDefault(schema.at.child('default'), name);
  }
}

function* onRequiredProperties(api: OpenApi): Generator<Finding> {
  for (const { required, value, at, name, owner } of properties(api)) {
    if (!required || !hasDefault(value) || isFixed(value)) continue;
    const holder = api.index.nodeOf('Schema', owner.value);
    if (!holder || directionInWords(api, holder) !== 'request') continue;
    yield uselessDefault(at.child('default'), name);
  }
}

/** A default of something that can have no other value fills it in for those who build the request. */
function isFixed(schema: unknown): boolean {
  return get(schema, 'const') !== undefined || itemsOf(get(schema, 'enum')).length === 1;
}

function hasDefault(schema: unknown): boolean {
  return isObject(schema) && Object.hasOwn(schema, 'default');
}

function uselessDefault(at: Pointer, name: string): Finding {
  return {
    at,
    message: `\`${name}\` is required, so its default is never used.`,
    help: 'Make it optional, or leave the default out.',
  };
}
