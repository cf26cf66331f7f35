import { errorTypes } from '../../conventions/graphql/errors.ts';
import { errorAnswers, errorBodies } from '../../conventions/openapi/error-bodies.ts';
import { isErrorName, isRpcPackage } from '../../conventions/protobuf/errors.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { entriesOf, get } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import type { At } from '../../languages/openapi/references.ts';
import { effectiveTypes, type Property, partsOf, propertiesOf } from '../../languages/openapi/select.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { namesInternals } from '../../words/internals.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'errors/no-internals',
  summary: 'errors do not show the insides of the server',
  why: `Stack traces, queries and names of exceptions tell an attacker which libraries run, where files lie and how queries are built.
They tell a caller nothing: a request id is enough to find them in the logs.`,
  sources: ['guide S4, Comprehensive Error Response Design', 'OWASP API8:2023', 'RFC 9457, section 5'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      responses:
        '500':
          content:
            application/json:
              schema:
                properties:
                  message: { type: string }
                  trace: { type: string, description: The id of the request. }
              example: { message: 'The order was not found at the warehouse.', trace: 4bf92f35 }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      responses:
        '500':
          content:
            application/json:
              schema:
                properties:
                  message: { type: string }
                  stackTrace: { type: array, items: { type: string } }
                  error: { properties: { exception: { type: string }, sql: { type: string } } }
              examples:
                database:
                  value:
                    message: 'SQLSTATE[42S02]: Base table or view not found'
                code:
                  value:
                    message: 'TypeError: x is undefined at getOrder (/srv/app/orders.js:12:7)'
`,
      *find(api) {
        yield* fieldsOfInternals(api);
        yield* textsOfInternals(api);
      },
    },
    graphql: {
      good: `
type Mutation {
  createOrder(input: CreateOrderInput!): CreateOrderPayload
}

type CreateOrderPayload { order: Order errors: [UserError!]! }

type UserError { message: String! trace: ID! }

type CrashReport { id: ID! stackTrace: String! }
`,
      bad: `
type Mutation {
  createOrder(input: CreateOrderInput!): CreateOrderPayload
}

type CreateOrderPayload { order: Order errors: [UserError!]! }

type UserError { message: String! stackTrace: [String!] sqlState: String }
`,
      *find(api) {
        for (const { type } of errorTypes(api)) {
          for (const { name, node, at } of type.fields) {
            if (!namesInternals(name, graphql.isList(node.type))) continue;
            yield { at, message: `\`${type.name}\` shows the insides of the server in \`${name}\`.`, help };
          }
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";
package orders.v1;

message OrderError {
  string code = 1;
  string message = 2;
  string trace = 3;
}

message CrashReport {
  string stack_trace = 1;
}
`,
      bad: `
syntax = "proto3";
package orders.v1;

message OrderError {
  string message = 1;
  repeated string stack_frames = 2;
  string exception_class = 3;
}
`,
      *find(api) {
        for (const message of protobuf.messages(api)) {
          if (!isErrorName(message.name) || isRpcPackage(api, message)) continue;
          for (const { name, label, at } of message.fields) {
            if (!namesInternals(name, label === 'repeated')) continue;
            yield { at, message: `\`${message.name}\` shows the insides of the server in \`${name}\`.`, help };
          }
        }
      },
    },
  },
});

const help = 'Log it on the server, and answer with an id by which it can be found there.';

function* fieldsOfInternals(api: OpenApi) {
  const seen = new Set<unknown>();
  for (const { schema } of errorBodies(api)) {
    for (const property of propertiesWithin(api, schema, 3)) {
      if (!namesInternals(property.name, effectiveTypes(api, property).includes('array')) || seen.has(property.value))
        continue;
      seen.add(property.value);
      yield { at: property.at, message: `The error shows the insides of the server in \`${property.name}\`.`, help };
    }
  }
}

/** The properties of a schema and of what its properties and items hold, `depth` levels deep, each schema once. */
function* propertiesWithin(api: OpenApi, schema: At, depth: number, seen = new Set<unknown>()): Generator<Property> {
  if (depth === 0 || seen.has(schema.value)) return;
  seen.add(schema.value);
  for (const property of propertiesOf(api, schema).values()) {
    yield property;
    yield* propertiesWithin(api, property, depth - 1, seen);
  }
  for (const { value, at } of partsOf(api, schema)) {
    if (typeof value['items'] === 'object') {
      yield* propertiesWithin(api, { value: value['items'], at: at.child('items') }, depth, seen);
    }
  }
}

/** Texts that only a program that failed writes. Each pattern looks at a bounded stretch. */
const traces: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a stack trace', /\bat [\w.$<>]{1,100} ?\([^()\s]{1,200}:\d+(?::\d+)?\)/],
  ['a stack trace', /\bTraceback \(most recent call last\)/],
  ['a stack trace', /\bFile "[^"\n]{1,200}", line \d+/],
  ['a stack trace', /\bgoroutine \d+ \[/],
  ['the name of an exception', /\b(?:java|javax|org|com|System)(?:\.\w{1,60}){1,8}(?:Exception|Error)\b/],
  ['the name of an exception', /\b(?:NullPointerException|NullReferenceException|psycopg2?\.\w+|sqlalchemy\.exc)\b/],
  ['an error of the database', /\bSQLSTATE\b|\bORA-\d{5}\b|\bsyntax error at or near\b|\berror in your SQL syntax\b/],
  ['a query', /\bSELECT\s[^;]{1,200}\sFROM\s|\bINSERT INTO \w{1,60}\s?\(|\bDELETE FROM \w{1,60} WHERE\b/],
];

function* textsOfInternals(api: OpenApi) {
  for (const example of examplesOfErrors(api)) {
    for (const { value, at } of textsIn(example, 0)) {
      const found = traces.find(([, pattern]) => pattern.test(value));
      if (found) yield { at, message: `The example of an error shows ${found[0]}.`, help };
    }
  }
}

function* examplesOfErrors(api: OpenApi): Generator<At> {
  for (const { response } of errorAnswers(api)) {
    if (api.version === '2.0') yield { value: response.value['examples'], at: response.at.child('examples') };
    else for (const media of response.media) yield* examplesAt(api, media);
  }
  for (const { schema } of errorBodies(api)) {
    for (const part of partsOf(api, schema)) yield* examplesAt(api, part);
    for (const { value, at } of propertiesOf(api, schema).values()) {
      yield { value: get(value, 'example'), at: at.child('example') };
    }
  }
}

function* examplesAt(api: OpenApi, { value, at }: At): Generator<At> {
  yield { value: get(value, 'example'), at: at.child('example') };
  const list = at.child('examples');
  if (Array.isArray(get(value, 'examples'))) yield { value: get(value, 'examples'), at: list };
  for (const [name, entry] of entriesOf(get(value, 'examples'))) {
    const example = api.resolve({ value: entry, at: list.child(name) });
    for (const field of ['value', 'dataValue']) {
      if (example) yield { value: get(example.value, field), at: example.at.child(field) };
    }
  }
}

/** The texts in a value, eight levels deep. */
function* textsIn(
  { value, at }: { readonly value: unknown; readonly at: Pointer },
  depth: number,
): Generator<At<string>> {
  if (typeof value === 'string') yield { value, at };
  else if (typeof value === 'object' && value !== null && depth < 8) {
    for (const [key, inner] of Object.entries(value)) {
      yield* textsIn({ value: inner, at: at.child(Array.isArray(value) ? Number(key) : key) }, depth + 1);
    }
  }
}
