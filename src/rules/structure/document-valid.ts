import * as conformance from '../../languages/graphql/conformance/conformance.ts';
import { departures } from '../../languages/openapi/conformance.ts';
import * as protobuf from '../../languages/protobuf/conformance/conformance.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/document-valid',
  summary: 'the document conforms to the specification of its language',
  why: `Generators, gateways and renderers read documents by the specification. What departs from it is refused by some of them and
silently dropped by others, so that clients and servers come to see different contracts.`,
  sources: [
    'guide S4, Documentation and Testing',
    'Swagger 2.0',
    'OpenAPI 3.0.4',
    'OpenAPI 3.1.1',
    'OpenAPI 3.2.0',
    'GraphQL, 3 Type System',
    'Protocol Buffers Language Specification (proto2, proto3, editions)',
  ],
  equivalents: [
    'spectral:oas2-schema',
    'spectral:oas3-schema',
    'redocly:struct',
    'spectral:oas2-operation-formData-consume-check',
    'redocly:spec-querystring-parameters',
    'zally:101',
    'zally:M008',
    'graphql-eslint:known-directives',
    'graphql-eslint:possible-type-extension',
    'graphql-eslint:provided-required-arguments',
    'graphql-schema-linter:invalid-graphql-schema',
    'protolint:PROTO3_GROUPS_AVOID',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
info: { title: Orders, version: '1', x-logo: { url: 5 } }
paths:
  /orders:
    get:
      parameters:
        - { name: limit, in: query, style: form, schema: { type: [integer, 'null'], exclusiveMinimum: 0 } }
      responses:
        2XX: { description: The orders. }
        default: { $ref: '#/components/responses/Problem' }
  /empty: {}
components:
  responses:
    Problem: { description: What went wrong. }
  schemas:
    Anything: true
`,
      bad: `
openapi: 3.1.0
info: { title: Orders }
servers: { url: https://api.example.com }
paths:
  orders:
    get:
      deprecated: 'yes'
      parameters:
        - { name: id, in: body, schema: { type: strng } }
        - { name: color, in: path, style: deepObject, schema: {} }
      responses:
        2xx: { description: The orders. }
        '400': { $ref: '#/components/parameters/Limit' }
        '404': null
  /items:
    get:
      responses: {}
components:
  parameters:
    Limit: { name: limit, in: query, schema: { minimum: a, maxLength: -1 } }
  links:
    Next: { operationId: listOrders, operationRef: '#/paths/~1orders/get' }
`,
      *find(api) {
        for (const { aspect, ...finding } of departures(api)) if (aspect === 'shape') yield finding;
      },
    },
    graphql: {
      good: `
directive @cost(weight: Int!) repeatable on FIELD_DEFINITION

interface Node { id: ID! }
interface Entity implements Node { id: ID!, owner: Entity }

type User implements Node & Entity {
  id: ID!
  owner: User!
  orders(first: Int, after: String): [Order!] @cost(weight: 1) @cost(weight: 2)
}

type Order @key(fields: "id") { id: ID! }

extend type Invoice @key(fields: "id") { id: ID! @external }

extend type Query { user(id: ID!): User }
`,
      bad: `
directive @cost(weight: Int!) on FIELD_DEFINITION

interface Node { id: ID! }
interface Entity implements Node { id: ID! }

type Query {
  user(filter: User): UserFilter
  node: Node @cost
  total: Int @cost(weight: "5")
}

type User implements Entity @cost(weight: 1) { id: ID }

type Team implements Node & Node {
  name(short: Boolean! @deprecated): String
}

union Member = User | Team | User | String

input UserFilter { __name: String }

type Order { id: ID! }
extend input Order { total: Int }

enum State

extend type Teem { id: ID! }
`,
      find: (api) => conformance.departures(api),
    },
    protobuf: {
      good: `
syntax = "proto3";

package orders.v1;

message Order {
  reserved 2, 5 to 9;
  reserved "price";

  string id = 1;
  optional string note = 3;
  map<string, Line> lines = 4;
  State state = 10 [deprecated = true];
}

message Line {}

enum State {
  option allow_alias = true;
  STATE_UNSPECIFIED = 0;
  STATE_OPEN = 1;
  STATE_NEW = 1;
}
`,
      bad: `
syntax = "proto3";

package orders.v1;

message Order {
  reserved 2 to 4;
  string id = 0;
  string note = 3;
  string tag = 19000;
  required string name = 5;
  int32 count = 6 [default = 1];
  map<float, string> rates = 7;
  string display_name = 8;
  string displayName = 9;
  oneof contact {
    optional string mail = 10;
  }
  string text = 11 [deprecated = "yes"];
}

enum State {
  STATE_OPEN = 1;
}

service Orders {
  rpc GetState(Order) returns (State);
}
`,
      find: (api) => protobuf.departuresOf(api, 'shape'),
    },
  },
});
