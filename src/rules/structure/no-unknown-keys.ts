import * as conformance from '../../languages/graphql/conformance/conformance.ts';
import { departures } from '../../languages/openapi/conformance.ts';
import * as protobuf from '../../languages/protobuf/conformance/conformance.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/no-unknown-keys',
  summary: 'every key and every directive is one that somebody defines',
  why: `A misspelt key is no error to most tools: they skip it. The limit, the security or the example that it should have declared
is missing from everything that is made of the document.`,
  sources: [
    'OpenAPI 3.1.1, Specification Extensions',
    'OpenAPI 3.1.1, Schema Object',
    'GraphQL, 3.13 Directives',
    'Protocol Buffers Language Guide, Options',
  ],
  equivalents: [
    'spectral:oas2-schema',
    'spectral:oas3-schema',
    'spectral:oas2-anyOf',
    'spectral:oas2-oneOf',
    'redocly:struct',
    'zally:101',
    'graphql-eslint:known-argument-names',
    'graphql-eslint:known-directives',
    'graphql-schema-linter:invalid-graphql-schema',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
x-audience: public
paths:
  /orders:
    get:
      x-cache: 60
      responses: { '200': { description: The orders. } }
components:
  schemas:
    Order:
      type: object
      unit: EUR
      properties:
        paramters: { type: string }
`,
      bad: {
        'openapi.yaml': `
openapi: 3.0.3
basePath: /v1
paths:
  /orders:
    get:
      parametres: []
      responses: { '200': { description: The orders., schema: {} } }
components:
  schemas:
    Order: { type: object, const: 1, requierd: [id], properties: { id: { type: string } } }
  securitySchemes:
    Key: { type: http, scheme: basic, name: X-Key }
  examples:
    Order: { value: {}, colour: blue }
`,
      },
      fixable: 'unsafe',
      *find(api) {
        for (const { aspect, ...finding } of departures(api)) if (aspect === 'key') yield finding;
      },
    },
    graphql: {
      good: `
directive @auth(role: String) on FIELD_DEFINITION

type Query {
  orders: [String!] @auth(role: "admin")
  items: [String!] @deprecated(reason: "Use orders.", removeAt: "2031-01-01")
}

type Order @key(fields: "id") { id: ID! }
`,
      bad: `
directive @auth(role: String) on FIELD_DEFINITION

type Query {
  orders: [String!] @auth(rol: "admin")
  items: [String!] @deprcated
  total: Int @cached(maxAge: 60)
  count: Int @cached(maxAge: 60)
}
`,
      find: (api) => conformance.unknownDirectives(api),
    },
    protobuf: {
      good: `
syntax = "proto3";

package orders.v1;

import "google/protobuf/descriptor.proto";

option java_package = "com.example.orders.v1";

message Rule {
  string role = 1;
}

extend google.protobuf.MethodOptions {
  Rule access = 50001;
}

service Orders {
  rpc GetOrder(Order) returns (Order) {
    option (access) = { role: "reader" };
    option idempotency_level = NO_SIDE_EFFECTS;
  }
}

message Order {
  string id = 1 [deprecated = true];
}
`,
      bad: `
syntax = "proto3";

package orders.v1;

import "google/protobuf/descriptor.proto";

option java_pakage = "com.example.orders.v1";

message Rule {
  string role = 1;
}

extend google.protobuf.MethodOptions {
  Rule access = 50001;
}

service Orders {
  rpc GetOrder(Order) returns (Order) {
    option (access) = { rol: "reader" };
    option (acess).role = "reader";
    option access.role = "reader";
  }
}

message Order {
  option (access) = { role: "reader" };
  string id = 1 [allow_alias = true];
}
`,
      find: (api) => protobuf.departuresOf(api, 'option'),
    },
  },
});
