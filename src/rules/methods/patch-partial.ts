import { writes as graphqlWrites } from '../../conventions/graphql/writes.ts';
import { returned, shapeOf } from '../../conventions/openapi/resources.ts';
import { messageOf } from '../../conventions/protobuf/collections.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { type JsonObject, stringsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { At } from '../../languages/openapi/references.ts';
import {
  bodyOf,
  effectiveTypes,
  isJson,
  keyword,
  operations,
  type Property,
  partsOf,
  propertiesOf,
} from '../../languages/openapi/select.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { isIdName } from '../../words/ids.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'methods/patch-partial',
  summary: 'an update takes a part: nothing of what it changes is required',
  why: `An update that demands properties makes clients send what they did not mean to change; between reading and writing, somebody else's
change is lost.`,
  sources: [
    'guide S4, HTTP Method Usage',
    'guide S2, RESTful API Design Principles',
    'RFC 5789',
    'RFC 7396',
    'AIP-134',
  ],
  equivalents: ['ibm:ibm-dont-require-merge-patch-properties'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders/{id}:
    patch:
      requestBody:
        content:
          application/merge-patch+json:
            schema:
              type: object
              properties:
                note: { type: string }
  /customers/{id}:
    patch:
      requestBody:
        content:
          application/json-patch+json:
            schema:
              type: array
              items:
                type: object
                required: [op, path]
                properties:
                  op: { type: string }
                  path: { type: string }
  /account/password:
    patch:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [current, wanted]
              properties:
                current: { type: string, description: 'An argument, not a part of what is changed.' }
                wanted: { type: string }
  /orders/{id}/status:
    patch:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [status]
              properties:
                status: { type: string }
  /invoices/{id}:
    patch:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [version]
              properties:
                version: { type: integer, description: What the client has read. }
                note: { type: string }
`,
      bad: `
openapi: 3.1.0
paths:
  /customers/{id}:
    patch:
      requestBody:
        content:
          application/merge-patch+json:
            schema:
              type: object
              required: [name]
              properties:
                name: { type: string }
                email: { type: string }
  /orders/{id}:
    get:
      responses:
        '200':
          description: The order.
          content:
            application/json:
              schema:
                type: object
                properties:
                  customer: { type: string }
                  note: { type: string }
    patch:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [customer, note]
              properties:
                customer: { type: string }
                note: { type: string }
                tags: { type: array, items: { type: string } }
`,
      *find(api) {
        const readable = readProperties(api);
        const judged = new Set<unknown>();
        for (const operation of operations(api)) {
          if (operation.method !== 'patch') continue;
          for (const { name, schema } of bodyOf(api, operation)?.media ?? []) {
            if (!schema || !isJson(name) || /json-patch|vnd\.api\+json/i.test(name)) continue;
            // What is no property of the thing itself is an argument of an action, which may well be required.
            const merges = /merge-patch/i.test(name);
            const known = readable.get(shapeOf(operation.path));
            for (const { value, at } of demands(api, schema, merges)) {
              const names = stringsOf(value['required']).filter(
                (required) => isDemanded(api, schema, required) && (merges || known?.has(required)),
              );
              if (names.length === 0 || judged.has(value)) continue;
              judged.add(value);
              yield {
                at: at.child('required').onKey,
                message: `\`${operation.name}\` requires ${listed(names)} of what is only a part.`,
                help: 'Require nothing in a PATCH.',
              };
            }
          }
        }
      },
    },
    graphql: {
      good: `
type Query {
  order(id: ID!): Order
}

type Mutation {
  updateOrder(input: UpdateOrderInput!): Order
  updateOrderNote(id: ID!, note: String!): Order
  createOrder(customer: String!, note: String!): Order
}

type Order {
  id: ID!
  version: Int!
  customer: String!
  note: String
}

input UpdateOrderInput {
  id: ID!
  version: Int!
  customer: String
  note: String
}
`,
      bad: `
type Query {
  order(id: ID!): Order
  product(id: ID!): Product
}

type Mutation {
  updateOrder(input: UpdateOrderInput!): Order
  updateProduct(id: ID!, title: String!, price: Int): Product
}

type Order {
  id: ID!
  customer: String!
  note: String
}

type Product {
  id: ID!
  title: String!
  price: Int
}

input UpdateOrderInput {
  id: ID!
  customer: String!
  note: String!
}
`,
      *find(api) {
        const seen = new Set<unknown>();
        for (const { mutation, changes, entity, taken } of graphqlWrites(api)) {
          const values = taken.filter(({ name }) => !isGuard(name) && graphql.fieldNamed(entity, name));
          const required = values.filter(({ node }) => node.type.kind === 'NonNullType' && !node.defaultValue);
          const [first] = required;
          // What can change one thing only must name it.
          if (!changes || !first || values.length < 2 || seen.has(first.node)) continue;
          seen.add(first.node);
          yield {
            at: first.at.on(first.node.type),
            message: `\`${mutation.name}\` requires ${listed(required.map(({ name }) => name))} of what is only a part.`,
            help: 'Make what an update takes nullable, so that callers send what they change.',
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";
package orders.v1;

service OrderService {
  rpc UpdateOrder(UpdateOrderRequest) returns (Order);
  rpc UpdateNote(UpdateNoteRequest) returns (Note);
  rpc UpdateCustomer(UpdateCustomerRequest) returns (Customer) {
    option (google.api.http) = { put: "/v1/{customer.name=customers/*}" body: "customer" };
  }
}

message UpdateOrderRequest {
  Order order = 1;
  google.protobuf.FieldMask update_mask = 2;
}

message UpdateNoteRequest {
  string name = 1;
  optional string text = 2;
  optional string author = 3;
}

// Replaced as a whole.
message UpdateCustomerRequest {
  Customer customer = 1;
}

message Order {
  string name = 1;
  string note = 2;
}
`,
      bad: `
syntax = "proto3";
package orders.v1;

service OrderService {
  rpc UpdateOrder(UpdateOrderRequest) returns (Order);
}

message UpdateOrderRequest {
  Order order = 1;
}

message Order {
  string name = 1;
  string note = 2;
}
`,
      *find(api) {
        for (const rpc of protobuf.rpcs(api)) {
          if (rpc.role !== 'Update' || rpc.streaming !== 'none' || rpc.http.some(({ method }) => method === 'PUT'))
            continue;
          const request = messageOf(api, rpc.request);
          const thing = request?.fields.find(({ type, label }) => isCalled(type, rpc.noun) && label !== 'repeated');
          if (!request || !thing || request.fields.some(({ name, type }) => isMask(name, type))) continue;
          const held = messageOf(api, thing);
          if (held?.fields.every(({ name }) => isIdName(name) || name === 'name')) continue;
          if ([rpc.node, request.node, thing.node].some((node) => /\breplac/i.test(protobuf.descriptionOf(node))))
            continue;
          yield {
            at: request.at,
            message: `\`${request.name}\` has no field mask, so \`${rpc.name}\` cannot tell what is to change from what is left out.`,
            help: 'Add `google.protobuf.FieldMask update_mask`.',
          };
        }
      },
    },
  },
});

/** What a GET returns where there is a PATCH as well, by the shape of the path. */
function readProperties(api: OpenApi): ReadonlyMap<string, ReadonlyMap<string, Property>> {
  const patches = operations(api).filter(({ method }) => method === 'patch');
  const patched = new Set(patches.map(({ path }) => shapeOf(path)));
  const found = new Map<string, ReadonlyMap<string, Property>>();
  if (patched.size === 0) return found;
  for (const operation of operations(api)) {
    const shape = shapeOf(operation.path);
    const read = operation.method === 'get' && patched.has(shape) ? returned(api, operation) : undefined;
    if (read) found.set(shape, read.properties);
  }
  return found;
}

/** The schemas that require something of the object. One required object alone is an envelope, which is looked into. */
function demands(api: OpenApi, schema: At, merges: boolean): At<JsonObject>[] {
  const [only, ...others] = propertiesOf(api, schema).values();
  const inside = only && others.length === 0 && effectiveTypes(api, only).includes('object') ? only : schema;
  const properties = [...propertiesOf(api, inside).values()];
  // What can change one thing only must name it; a list of operations is a patch in a form of its own.
  if (!merges && properties.length === 1) return [];
  if (properties.some(({ name }) => /^operations$/i.test(name))) return [];
  return partsOf(api, inside).filter(({ value }) => value['required'] !== undefined);
}

/** Whether a property must be sent though it may not change: not where it tells versions or kinds of things apart, or names the state to go to. */
function isDemanded(api: OpenApi, schema: At, name: string): boolean {
  const property = propertiesOf(api, schema).get(name);
  if (property && (keyword(api, property, 'readOnly') === true || keyword(api, property, 'const') !== undefined))
    return false;
  return !isGuard(name);
}

/** Words of what guards against lost updates, or says what kind of change is meant. */
const guards: ReadonlySet<string> = new Set(
  'etag id kind mask op operation revision state status type uuid version'.split(' '),
);

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => `\`${name}\``);
  return names.length > 3 ? `${shown.join(', ')} and ${names.length - 3} more` : shown.join(', ');
}

/** Whether a field says which fields are meant, as `google.protobuf.FieldMask` does. */
function isMask(name: string, type: string): boolean {
  return /(?:^|\.)\w*Mask$/.test(type) || split(name).includes('mask');
}

/** Whether a type is called like what an rpc speaks of. */
function isCalled(type: string, noun: string): boolean {
  return type.slice(type.lastIndexOf('.') + 1) === noun;
}

/** Whether a name is that of what guards against lost updates, or says which thing or what kind of change is meant. */
function isGuard(name: string): boolean {
  return split(name).some((word) => guards.has(word));
}
