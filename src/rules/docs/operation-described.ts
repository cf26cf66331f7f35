import * as graphql from '../../languages/graphql/select.ts';
import { textOf } from '../../languages/openapi/descriptions.ts';
import { asString } from '../../languages/openapi/json.ts';
import { operations } from '../../languages/openapi/select.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/operation-described',
  summary: 'every operation says what it does',
  why: `The name of an operation rarely tells what it changes, who may call it, or when it fails. Callers then read the
implementation, or guess.`,
  sources: [
    'guide S4, Documentation and Testing',
    'OpenAPI 3.1.1, Operation Object',
    'GraphQL specification, section 3.3 (Descriptions)',
    'AIP-192',
  ],
  equivalents: [
    'spectral:operation-description',
    'redocly:operation-description',
    'graphql-eslint:require-description',
    'graphql-schema-linter:fields-have-descriptions',
    'buf:COMMENT_RPC',
    'protolint:RPCS_HAVE_COMMENT',
    'aip:0192::has-comments',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    parameters: []
    get:
      summary: List orders
      description: Returns the orders of the caller, newest first.
webhooks:
  orderShipped:
    post: {}
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      summary: List orders
    post:
      description: ''
`,
      *find(api) {
        for (const { value, at, name } of operations(api)) {
          if (textOf(value) !== undefined) continue;
          const blank = asString(value['description']) !== undefined;
          yield {
            at: blank ? at.child('description') : at,
            message: blank ? `The description of \`${name}\` is empty.` : `\`${name}\` has no description.`,
            help: 'Say what it does, for whom, and when it fails.',
          };
        }
      },
    },
    graphql: {
      good: `
type Query {
  "The orders of the caller, newest first."
  orders: [String!]
}

type Order {
  id: ID!
}
`,
      bad: `
type Query {
  orders: [String!]
}

type Mutation {
  ""
  deleteOrder(id: ID!): String
}
`,
      *find(api) {
        for (const { operation, field } of graphql.rootFields(api)) {
          // What begins with an underscore is federation's.
          if (graphql.descriptionOf(field.node) !== '' || field.name.startsWith('_')) continue;
          const { description } = field.node;
          yield {
            at: description ? field.at.on(description) : field.at,
            message: `The ${operation} \`${field.name}\` ${description ? 'has an empty description' : 'has no description'}.`,
            help: 'Say what it does, for whom, and when it fails.',
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

service OrderService {
  // Returns an order of the caller; NOT_FOUND when there is none of that id.
  rpc GetOrder(GetOrderRequest) returns (Order);
}
`,
      bad: `
syntax = "proto3";

service OrderService {
  rpc GetOrder(GetOrderRequest) returns (Order);

  // buf:lint:ignore RPC_REQUEST_STANDARD_NAME
  rpc ListOrders(ListRequest) returns (ListResponse);
}
`,
      *find(api) {
        for (const { node, name, at } of protobuf.rpcs(api)) {
          if (protobuf.descriptionOf(node) !== '') continue;
          yield {
            at,
            message: `The rpc \`${name}\` has no comment.`,
            help: 'Say above it what it does, for whom, and when it fails.',
          };
        }
      },
    },
  },
});
