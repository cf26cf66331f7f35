import * as graphqlLists from '../../conventions/graphql/collections.ts';
import { type Collection, collections } from '../../conventions/openapi/collections.ts';
import { pagingOf, tellsOfPages } from '../../conventions/openapi/pagination.ts';
import * as protobufLists from '../../conventions/protobuf/collections.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { lastSegment, segmentsOf } from '../../languages/openapi/paths.ts';
import {
  effectiveTypes,
  keyword,
  type Operation,
  parametersOf,
  paths,
  propertiesOf,
} from '../../languages/openapi/select.ts';
import { isIdName } from '../../words/ids.ts';
import { number } from '../../words/plurals.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'pagination/list-paginated',
  summary: 'a collection can be asked for one page at a time',
  why: `A list that is short today grows with every customer. Without pages, the answer gets slower until it times out, and adding
pages later breaks every client that believes it has seen all items.`,
  sources: ['guide S4, Pagination Patterns', 'guide S3, REST Endpoints', 'AIP-158', 'Zalando 159', 'OWASP API4:2023'],
  equivalents: [],
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
      responses:
        '200':
          description: A page of orders.
          content:
            application/json:
              schema:
                type: object
                properties:
                  data: { type: array, items: { $ref: '#/components/schemas/Order' } }
                  next_cursor: { type: string }
  /orders/{id}:
    get:
      responses:
        '200':
          description: One order. That it has lines does not make it a list.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Order' }
  /weekdays:
    get:
      responses:
        '200':
          description: A list that cannot grow.
          content:
            application/json:
              schema:
                type: array
                maxItems: 7
                items: { type: object, properties: { id: { type: string } } }
components:
  schemas:
    Order:
      type: object
      properties:
        id: { type: string }
        lines: { type: array, items: { type: object, properties: { id: { type: string } } } }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      responses:
        '200':
          description: All orders.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Orders' }
  /customers/{id}/orders:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
      responses:
        '200':
          description: The first orders.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Orders' }
components:
  schemas:
    Orders:
      type: array
      items:
        type: object
        properties:
          id: { type: string }
`,
      *find(api) {
        const withItems = collectionPaths(api);
        for (const collection of collections(api)) {
          const { operation, response, property } = collection;
          const { limits, styles } = pagingOf(api, operation);
          if (styles.length > 0 || !grows(api, collection, withItems)) continue;
          const [limit] = limits;
          if (limit ? takesTime(api, operation) : property !== null && tellsOfPages(api, response)) continue;
          yield {
            at: operation.at,
            message: limit
              ? `\`${operation.name}\` takes \`${limit.name}\`, but nothing with which to ask for the next page.`
              : `\`${operation.name}\` returns a collection in one piece.`,
            help: limit ? 'Add a `cursor` parameter.' : 'Add parameters such as `limit` and `cursor`.',
          };
        }
      },
    },

    graphql: {
      good: `
type Query {
  users(first: Int, after: String): UserConnection!
  orders(limit: Int = 20, offset: Int = 0): [Order!]!
  usersByIds(ids: [ID!]!): [User!]!
  topUsers(first: Int = 3): [User!]!
  currencies: [Currency!]!
}

type User {
  id: ID!
  orders(first: Int, after: String): OrderConnection!
}

type Order {
  id: ID!
  user: User!
  "A part of the order, and no more than one can buy at a time."
  lines: [Line!]!
}

type Line {
  id: ID!
  quantity: Int!
}

type Currency {
  code: String!
}
`,
      bad: `
type Query {
  users: [User!]!
  searchOrders(query: String!, limit: Int = 10): [Order!]!
}

type User {
  id: ID!
  orders: [Order!]!
}

type Order {
  id: ID!
  user: User!
}
`,
      *find(api) {
        for (const collection of graphqlLists.collections(api)) {
          const { field, form, paging } = collection;
          if (form !== 'list' || paging.styles.length > 0 || !graphqlLists.canGrow(api, collection)) continue;
          const [limit] = paging.limits;
          if (isBest(field.name)) continue;
          yield {
            at: field.at,
            message: limit
              ? `\`${field.name}\` takes \`${limit.name}\`, but nothing with which to ask for the next page.`
              : `\`${field.name}\` returns a list in one piece.`,
            help: limit
              ? 'Return a connection, or take a cursor.'
              : 'Return a connection, and take `first` and `after`.',
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
  rpc ListEvents(ListEventsRequest) returns (stream Event);
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
  PageRequest pagination = 1;
}

message PageRequest {}

message ListOrdersResponse {
  repeated Order orders = 1;
}

message Order {}

message ListEventsRequest {}

message Event {}
`,
      bad: `
syntax = "proto3";

import "google/protobuf/empty.proto";

service UserService {
  rpc ListUsers(google.protobuf.Empty) returns (ListUsersResponse);
  rpc ListOrders(ListOrdersRequest) returns (ListOrdersResponse);
}

message ListUsersResponse {
  repeated User users = 1;
}

message User {}

message ListOrdersRequest {
  int32 page_size = 1;
}

message ListOrdersResponse {
  repeated Order orders = 1;
}

message Order {}
`,
      *find(api) {
        for (const { rpc, request, items, paging } of protobufLists.collections(api)) {
          if (rpc.streaming !== 'none' || !items || paging.token || paging.skip || paging.nested) continue;
          if (
            items.kind !== 'message' ||
            items.type.startsWith('google.protobuf.') ||
            !(request || rpc.request?.type === 'google.protobuf.Empty')
          )
            continue;
          yield {
            at: rpc.at,
            message: paging.size
              ? `\`${rpc.name}\` takes \`${paging.size.name}\`, but nothing with which to ask for the next page.`
              : `\`${rpc.name}\` returns a list in one piece.`,
            help: paging.size
              ? 'Add `string page_token` to the request.'
              : 'Add `int32 page_size` and `string page_token` to the request, and `string next_page_token` to the response.',
          };
        }
      },
    },
  },
});

/** The paths below which items have paths of their own, without the names of placeholders. */
function collectionPaths(api: OpenApi): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { path } of paths(api)) {
    const segments = segmentsOf(path);
    if (segments.at(-1)?.literal === false) found.add(shapeOf(path.slice(0, path.lastIndexOf('/'))));
  }
  return found;
}

const shapeOf = (path: string): string =>
  segmentsOf(path)
    .map(({ text, literal }) => (literal ? text : '{}'))
    .join('/');

/** Whether there can be any number of items: they are told apart by ids, or each has a path of its own. */
function grows(api: OpenApi, { operation, array, items }: Collection, withItems: ReadonlySet<string>): boolean {
  if (keyword(api, array, 'maxItems') !== undefined || !effectiveTypes(api, items).includes('object')) return false;
  const last = lastSegment(operation.path);
  if (!last || number(last.text) !== 'plural') return false;
  if (withItems.has(shapeOf(operation.path))) return true;
  return [...propertiesOf(api, items).keys()].some((name) => isIdName(name) && name.length <= 4);
}

/** Whether the list can be asked for what came before or after a moment: a way on, if not a good one. */
function takesTime(api: OpenApi, operation: Operation): boolean {
  return parametersOf(api, operation).some(
    ({ in: place, name }) => place === 'query' && timeNames.has(split(name)[0]!),
  );
}

const timeNames: ReadonlySet<string> = new Set(
  'after before created end from min since start starting to until updated'.split(' '),
);

/** Whether a list is the best of something, as far as one wants to see it: nobody asks for the next page. */
function isBest(name: string): boolean {
  return split(name).some((word) => best.has(word));
}

const best: ReadonlySet<string> = new Set(
  'top latest recent newest popular featured related similar suggested recommended trending best last suggestions recommendations autocomplete'.split(
    ' ',
  ),
);
