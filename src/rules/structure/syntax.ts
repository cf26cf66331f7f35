import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/syntax',
  summary: 'the file parses',
  why: `A file that no parser reads cannot be rendered, generated from or checked. Here each syntax error is one finding, and what
can still be read is checked all the same.`,
  sources: [
    'RFC 8259',
    'YAML 1.2.2',
    'OpenAPI 3.1.1, Format',
    'GraphQL, 2 Language',
    'Protocol Buffers Language Specification',
  ],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
info: { title: Orders, version: 1.0.0 }
paths:
  /orders:
    get:
      description: |
        A colon: inside a block is no error.
`,
      bad: `
openapi: 3.1.0
info:
  title: Orders: the API
  version: 1.0.0
paths:
  /orders:
    get:
      tags: [orders
      summary: List orders
`,
      *find(api) {
        for (const { source, syntax } of api.documents) {
          for (const { start, end, message } of syntax) {
            yield { at: { element: '#', range: () => ({ source, start, end }) }, message };
          }
        }
      },
    },
    graphql: {
      good: `
type Query {
  "What a \`}\` in a string says is no syntax."
  order(id: ID!): Order
}

extend type Order @key(fields: "id") { id: ID! }
`,
      bad: `
type Query {
  order(id: ID!) Order
}

tpye Order {
  id: ID!
}

type Item {
  id: ID!
}
`,
      *find(api) {
        for (const { faults } of api.documents) {
          for (const { message, range } of faults) {
            yield { at: { element: '', range: () => range }, message: `${message}.` };
          }
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";
package orders.v1;

// A brace } in a comment is no syntax.
message Order {
  string id = 1;
}
`,
      bad: `
syntax = "proto3";
package orders.v1;

mesage Item {
  string id = 1;
}

message Order {
  string id = ;
  repeated Item items = 2
}
`,
      *find(api) {
        for (const { source, problems } of api.files) {
          for (const { start, end, message } of problems) {
            yield { at: { element: '', range: () => ({ source, start, end }) }, message };
          }
        }
      },
    },
  },
});
