import * as graphqlLists from '../../conventions/graphql/collections.ts';
import { pagingOf } from '../../conventions/openapi/pagination.ts';
import * as protobufLists from '../../conventions/protobuf/collections.ts';
import { operations } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'pagination/cursor-preferred',
  summary: 'lists are paged by a cursor rather than by page number or offset',
  why: `While a client counts pages, others add and remove items: some are seen twice, others never. And to skip 100000 rows, a database
has to read them all.`,
  sources: [
    "guide S4, Stripe's Cursor-Based Pagination",
    'guide S4, Implementing Efficient Pagination',
    'Zalando 160',
    'AIP-158',
  ],
  equivalents: ['ibm:ibm-prefer-token-pagination'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
        - { name: cursor, in: query, schema: { type: string } }
  /customers:
    get:
      parameters:
        - name: offset
          in: query
          description: The token that the page before ended with.
          schema: { type: string }
  /books/{id}:
    get:
      parameters:
        - name: page
          in: query
          description: The page of the book to show.
          schema: { type: integer }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
        - { name: offset, in: query, schema: { type: integer } }
  /customers:
    get:
      parameters:
        - { name: per_page, in: query, schema: { type: integer } }
        - { name: page, in: query, schema: { type: integer } }
`,
      *find(api) {
        for (const operation of operations(api)) {
          if (operation.method !== 'get') continue;
          const { limits, styles, starts } = pagingOf(api, operation);
          const [style] = styles;
          if (!style || style === 'cursor' || limits.length === 0) continue;
          const { name } = starts[style][0]!;
          yield {
            at: operation.at,
            message: `\`${operation.name}\` pages by \`${name}\` rather than by a cursor.`,
            help: `Take a \`cursor\` that the page before returned, at least beside \`${name}\`.`,
          };
        }
      },
    },

    graphql: {
      good: `
type Query {
  users(first: Int, after: String): UserConnection!
  book(page: Int): Book
}

type UserConnection {
  edges: [UserEdge!]!
  pageInfo: PageInfo!
}
`,
      bad: `
type Query {
  users(limit: Int = 10, offset: Int = 0): [User!]!
  orders(perPage: Int, page: Int): [Order!]!
}
`,
      *find(api) {
        for (const { field, paging } of graphqlLists.collections(api)) {
          const [style] = paging.styles;
          if (!style || style === 'cursor' || paging.limits.length === 0) continue;
          yield {
            at: field.at,
            message: `\`${field.name}\` pages by \`${paging.starts[style][0]!.name}\` rather than by a cursor.`,
            help: 'Return a connection, and take `first` and `after`.',
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

service UserService {
  rpc ListUsers(ListUsersRequest) returns (ListUsersResponse);
}

message ListUsersRequest {
  int32 page_size = 1;
  string page_token = 2;
  // How many to leave out, beside the token.
  int32 skip = 3;
}

message ListUsersResponse {
  repeated User users = 1;
}

message User {}
`,
      bad: `
syntax = "proto3";

service UserService {
  rpc ListUsers(ListUsersRequest) returns (ListUsersResponse);
}

message ListUsersRequest {
  int32 limit = 1;
  int32 offset = 2;
}

message ListUsersResponse {
  repeated User users = 1;
}

message User {}
`,
      *find(api) {
        for (const { rpc, paging } of protobufLists.collections(api)) {
          const { skip, token, size } = paging;
          if (!skip || token || !size) continue;
          yield {
            at: skip.at,
            message: `\`${rpc.name}\` pages by \`${skip.name}\` rather than by a token.`,
            help: 'Take a `string page_token` that the page before returned.',
          };
        }
      },
    },
  },
});
