import * as conformance from '../../languages/graphql/conformance/conformance.ts';
import { Pointer } from '../../languages/openapi/pointer.ts';
import * as protobuf from '../../languages/protobuf/conformance/conformance.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/no-duplicate-keys',
  summary: 'nothing is defined or given twice',
  why: `Of two equal keys most parsers keep the last without a word, others the first, and some refuse the file. A path or a
status code that was described is then silently gone. Of two definitions of a type, one is lost, or the schema does not build.`,
  sources: [
    'YAML 1.2.2, Mapping',
    'RFC 8259, section 4',
    'OpenAPI 3.1.1, Format',
    'GraphQL, 3 Type System',
    'Protocol Buffers Language Guide, Assigning Field Numbers',
  ],
  equivalents: [
    'vacuum:duplicate-paths',
    'graphql-eslint:lone-schema-definition',
    'graphql-eslint:unique-directive-names',
    'graphql-eslint:unique-directive-names-per-location',
    'graphql-eslint:unique-field-definition-names',
    'graphql-eslint:unique-operation-types',
    'graphql-eslint:unique-type-names',
    'graphql-schema-linter:invalid-graphql-schema',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get: { summary: List orders }
  /orders/{id}:
    get: { summary: Read an order }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get: { summary: List orders }
  /orders:
    post: { summary: Place an order }
`,
      *find(api) {
        for (const document of api.documents) {
          const { source, duplicates } = document;
          for (const { path, key, first, again } of duplicates) {
            const holder = path.reduce((at, name) => at.child(name), Pointer.root(document));
            const { element } = holder.child(key);
            yield {
              at: { element, range: () => ({ source, ...again }) },
              message: `\`${key}\` stands twice in one object.`,
              help: 'Keep one of them, or merge what they hold.',
              related: [{ message: 'it stands here first', at: { element, range: () => ({ source, ...first }) } }],
            };
          }
        }
      },
    },
    graphql: {
      good: `
schema { query: Query }

directive @cost(weight: Int) repeatable on FIELD_DEFINITION

type Query {
  orders(first: Int): [Order!] @cost(weight: 1) @cost(weight: 2)
  order(first: Int): Order
}

type Order { id: ID! }
extend type Order { total: Int }
`,
      bad: {
        'schema.graphql': `
schema { query: Query, query: Order }

directive @cost(weight: Int) on FIELD_DEFINITION

type Query {
  orders(first: Int, first: ID): [Order!] @cost(weight: 1) @cost(weight: 2)
  order: Order @deprecated(reason: "Old.", reason: "Gone.")
}

type Order { id: ID! }
extend type Order { id: String }

enum State { OPEN, CLOSED, OPEN }
`,
        'orders.graphql': `
type Order { id: ID!, state: State, seller: Query }
`,
      },
      fixable: 'safe',
      find: (api) => conformance.repetitions(api),
    },
    protobuf: {
      good: `
syntax = "proto3";

package orders.v1;

message Order {
  string id = 1;
  State state = 2;
  enum State { UNSPECIFIED = 0; }
}

enum Kind {
  UNSPECIFIED = 0;
}
`,
      bad: `
syntax = "proto3";

package orders.v1;

import "google/protobuf/any.proto";
import "google/protobuf/any.proto";

option java_package = "com.example.orders";
option java_package = "com.example.orders.v1";

message Order {
  string id = 1;
  string name = 1;
  string id = 2;
}

enum State {
  UNSPECIFIED = 0;
  OPEN = 1;
  NEW = 1;
}

enum Kind {
  UNSPECIFIED = 0;
}

enum Order {
  ORDER_UNSPECIFIED = 0;
}
`,
      fixable: 'safe',
      find: (api) => protobuf.departuresOf(api, 'duplicate'),
    },
  },
});
