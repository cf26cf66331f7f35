import * as graphqlLists from '../../conventions/graphql/collections.ts';
import { collections } from '../../conventions/openapi/collections.ts';
import { pagingOf, tellsOfPages } from '../../conventions/openapi/pagination.ts';
import * as protobufLists from '../../conventions/protobuf/collections.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'pagination/page-metadata-returned',
  summary: 'a page says whether there is more and how to get it',
  why: `A client that is not told where the list ends asks once more than it must, or takes a short page for the last one and loses
items.`,
  sources: [
    'guide S4, Pagination Patterns',
    "guide S4, GitHub's Link Header Pagination",
    'guide S3, REST Endpoints',
    'RFC 8288',
    'AIP-158',
  ],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: cursor, in: query, schema: { type: string } }
      responses:
        '200':
          description: A page of orders.
          content:
            application/json:
              schema:
                type: object
                properties:
                  data: { type: array, items: { type: object } }
                  has_more: { type: boolean }
                  next_cursor: { type: string }
  /issues:
    get:
      parameters:
        - { name: page, in: query, schema: { type: integer } }
      responses:
        '200':
          description: A page of issues.
          headers:
            Link: { schema: { type: string } }
          content:
            application/json:
              schema: { type: array, items: { type: object } }
  /customers:
    get:
      parameters:
        - { name: offset, in: query, schema: { type: integer } }
      responses:
        '200':
          description: A page of customers.
          content:
            application/json:
              schema:
                type: object
                properties:
                  data: { type: array, items: { type: object } }
                  meta:
                    type: object
                    properties:
                      total: { type: integer }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: cursor, in: query, schema: { type: string } }
      responses:
        '200':
          description: A page of orders.
          content:
            application/json:
              schema:
                type: object
                properties:
                  data: { type: array, items: { type: object } }
  /issues:
    get:
      parameters:
        - { name: page, in: query, schema: { type: integer } }
      responses:
        '200':
          description: A page of issues.
          content:
            application/json:
              schema: { type: array, items: { type: object } }
`,
      *find(api) {
        const judged = new Set<unknown>();
        for (const { operation, response, property } of collections(api)) {
          const { styles } = pagingOf(api, operation);
          if (styles.length === 0 || judged.has(response.value) || tellsOfPages(api, response)) continue;
          judged.add(response.value);
          yield {
            at: response.at.onKey,
            message: `A page of \`${operation.name}\` does not say whether there is more.`,
            help: property
              ? `Add \`has_more\` and ${next[styles[0]!]} beside \`${property.name}\`.`
              : 'Declare a `Link` header, or answer with an object that says it.',
          };
        }
      },
    },

    graphql: {
      good: `
type Query {
  users(first: Int, after: String): UserConnection!
  orders(limit: Int, offset: Int): OrderPage!
  topUsers(limit: Int = 3): [User!]!
}

type UserConnection {
  edges: [UserEdge!]!
  pageInfo: PageInfo!
}

type OrderPage {
  items: [Order!]!
  totalCount: Int!
}

type User {
  id: ID!
}

type Order {
  id: ID!
}
`,
      bad: `
type Query {
  users(limit: Int, offset: Int): [User!]!
}

type User {
  id: ID!
}
`,
      *find(api) {
        for (const { field, form, item, paging } of graphqlLists.collections(api)) {
          if (form !== 'list' || !item || paging.styles.length === 0 || paging.limits.length === 0) continue;
          yield {
            at: field.at.on(field.node.type),
            message: `A page of \`${field.name}\` does not say whether there is more.`,
            help: 'Return a connection, or an object with the items and a `pageInfo`.',
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

service UserService {
  rpc ListUsers(ListUsersRequest) returns (ListUsersResponse);
  rpc ListOrders(ListOrdersRequest) returns (ListOrdersResponse);
}

message ListUsersRequest {
  int32 page_size = 1;
  string page_token = 2;
}

message ListUsersResponse {
  repeated User users = 1;
  string next_page_token = 2;
}

message User {}

message ListOrdersRequest {
  int32 offset = 1;
}

message ListOrdersResponse {
  repeated Order orders = 1;
  int32 total_size = 2;
}

message Order {}
`,
      bad: `
syntax = "proto3";

service UserService {
  rpc ListUsers(ListUsersRequest) returns (ListUsersResponse);
}

message ListUsersRequest {
  int32 page_size = 1;
  string page_token = 2;
}

message ListUsersResponse {
  repeated User users = 1;
}

message User {}
`,
      *find(api) {
        const judged = new Set<unknown>();
        for (const { rpc, response, items, paging } of protobufLists.collections(api)) {
          if (rpc.streaming !== 'none' || !response || !items || paging.next || judged.has(response)) continue;
          if (!paging.token && !paging.skip) continue;
          judged.add(response);
          if (protobufLists.tellsOfPages(response)) continue;
          yield {
            at: response.at,
            message: `A page of \`${rpc.name}\` does not say whether there is more.`,
            help: 'Add `string next_page_token`, which is empty on the last page.',
          };
        }
      },
    },
  },
});

const next = { cursor: '`next_cursor`', page: 'the number of pages', offset: 'the total' };
