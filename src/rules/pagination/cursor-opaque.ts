import * as graphqlLists from '../../conventions/graphql/collections.ts';
import { collections } from '../../conventions/openapi/collections.ts';
import { pagingOf } from '../../conventions/openapi/pagination.ts';
import * as protobufLists from '../../conventions/protobuf/collections.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { entriesOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { isItemPath } from '../../languages/openapi/paths.ts';
import type { At } from '../../languages/openapi/references.ts';
import { effectiveTypes, keyword, operations, propertiesOf } from '../../languages/openapi/select.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'pagination/cursor-opaque',
  summary: 'a cursor is an opaque string, not a number or a point of time',
  why: `Of items with the same time stamp, those behind the page's end are lost; ids and numbers invite clients to make cursors up. Either
way the order of the list can never change again. A string that only the server reads can hold whatever it needs.`,
  sources: [
    'guide S4, Implementing Efficient Pagination',
    'guide S4, OpenAPI 3.0 Specification',
    'AIP-158',
    'Zalando 160',
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
        - name: after
          in: query
          description: Only orders after this time. A filter, no cursor.
          schema: { type: string, format: date-time }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: cursor, in: query, schema: { type: integer } }
      responses:
        '200':
          description: A page of orders.
          content:
            application/json:
              schema:
                type: object
                properties:
                  data: { type: array, items: { type: object } }
                  next_cursor: { type: string, format: date-time }
`,
      *find(api) {
        const judged = new Set<unknown>();
        for (const operation of operations(api)) {
          if (operation.method !== 'get') continue;
          const { limits, starts } = pagingOf(api, operation);
          if (limits.length === 0 && isItemPath(operation.path)) continue;
          for (const { value, at, name, schema } of starts.cursor) {
            if (judged.has(value)) continue;
            judged.add(value);
            const kind = schema && clearKind(api, schema);
            if (kind) yield { at: at.child('name'), message: `The cursor \`${name}\` is ${kind}.`, help };
          }
        }
        for (const { body } of collections(api)) {
          for (const property of cursorProperties(api, body)) {
            if (judged.has(property.value)) continue;
            judged.add(property.value);
            const kind = clearKind(api, property);
            if (kind) yield { at: property.at.onKey, message: `The cursor \`${property.name}\` is ${kind}.`, help };
          }
        }
      },
    },

    graphql: {
      good: `
type Query {
  users(first: Int, after: String): [User!]!
  orders(first: Int, after: Cursor): [Order!]!
  "Not a cursor, but a filter by time."
  events(limit: Int, after: DateTime): [Event!]!
}

scalar Cursor
scalar DateTime
`,
      bad: `
type Query {
  users(first: Int, after: Int): [User!]!
  orders(limit: Int, cursor: DateTime): [Order!]!
}

scalar DateTime
`,
      *find(api) {
        for (const { paging } of graphqlLists.collections(api)) {
          for (const { name, node, at } of paging.limits.length > 0 ? paging.starts.cursor : []) {
            const { value: type } = graphql.namedType(node.type).name;
            const kind = /^(?:Int|Float|Long|BigInt)$/.test(type)
              ? 'a number'
              : /^Date|Time/.test(type)
                ? 'a point of time'
                : null;
            if (kind) yield { at: at.on(node.type), message: `The cursor \`${name}\` is ${kind}.`, help };
          }
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
}

message ListUsersResponse {
  repeated User users = 1;
  bytes next_page_token = 2;
}

message User {}
`,
      bad: `
syntax = "proto3";

import "google/protobuf/timestamp.proto";

service UserService {
  rpc ListUsers(ListUsersRequest) returns (ListUsersResponse);
}

message ListUsersRequest {
  int32 page_size = 1;
  google.protobuf.Timestamp cursor = 2;
}

message ListUsersResponse {
  repeated User users = 1;
  int64 next_page_token = 2;
}

message User {}
`,
      *find(api) {
        const judged = new Set<unknown>();
        for (const { paging } of protobufLists.collections(api)) {
          for (const field of [paging.token, paging.next]) {
            if (!field || judged.has(field.node) || !/token|cursor/i.test(field.name)) continue;
            judged.add(field.node);
            const isNumber = field.kind === 'scalar' && /int|fixed|float|double/.test(field.type);
            const kind = isNumber ? 'a number' : field.type === 'google.protobuf.Timestamp' ? 'a point of time' : null;
            if (kind) yield { at: field.typeAt, message: `The cursor \`${field.name}\` is ${kind}.`, help };
          }
        }
      },
    },
  },
});

const help = 'Make it a string that only the server reads.';

/** What a cursor is that anybody can read, or null. */
function clearKind(api: OpenApi, schema: At): string | null {
  const types = effectiveTypes(api, schema);
  if (types.length > 0 && types.every((type) => type === 'integer' || type === 'number')) return 'a number';
  const format = keyword(api, schema, 'format');
  return format === 'date-time' || format === 'date' ? 'a point of time' : null;
}

function* cursorProperties(api: OpenApi, body: At) {
  for (const property of propertiesOf(api, body).values()) {
    if (isCursor(property.name)) yield property;
    else if (entriesOf(property.value).length > 0 && !effectiveTypes(api, property).includes('array')) {
      for (const inner of propertiesOf(api, property).values()) if (isCursor(inner.name)) yield inner;
    }
  }
}

const isCursor = (name: string): boolean =>
  /^(?:(?:next|previous|prev|end|start)? ?(?:cursor|page token)|next (?:marker|token)|continuation token)$/.test(
    split(name).join(' '),
  );
