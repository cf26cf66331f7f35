import * as graphqlLists from '../../conventions/graphql/collections.ts';
import { pagingOf } from '../../conventions/openapi/pagination.ts';
import * as protobufLists from '../../conventions/protobuf/collections.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { asText } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { keyword, operations, type Parameter } from '../../languages/openapi/select.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'pagination/limit-bounded',
  summary: 'the page size has a minimum, a maximum and a default',
  why: `One call with \`limit=1000000\` can take a database down. And without a default that is written down, no client knows how many
items it gets when it does not ask.`,
  sources: [
    'guide S4, Pagination Patterns',
    'guide S4, OpenAPI 3.0 Specification (limit: 1 to 100, 20 by default)',
    'AIP-158',
    'OWASP API4:2023',
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
        - name: limit
          in: query
          schema: { type: integer, minimum: 1, maximum: 100, default: 20 }
  /customers:
    get:
      parameters:
        - name: page_size
          in: query
          schema: { type: integer, enum: [10, 50, 100], default: 10 }
  /items:
    get:
      parameters:
        - name: size
          in: query
          description: No page size, but that of a shirt.
          schema: { type: integer }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - name: limit
          in: query
          schema: { type: integer }
  /customers:
    get:
      parameters:
        - name: per_page
          in: query
          schema: { type: integer, minimum: 1, default: 20 }
`,
      *find(api) {
        const judged = new Set<unknown>();
        for (const operation of operations(api)) {
          if (operation.method !== 'get') continue;
          for (const limit of pagingOf(api, operation).limits) {
            if (judged.has(limit.value)) continue;
            judged.add(limit.value);
            const missing = missingBounds(api, limit);
            if (missing.length === 0) continue;
            yield {
              at: limit.at.child('name'),
              message: `The page size \`${limit.name}\` has ${joined(missing.map((name) => `no ${name}`))}.`,
              help: `Add ${joined(missing.map((name) => `\`${name}\``))} to its schema.`,
            };
          }
        }
      },
    },

    graphql: {
      good: `
type Query {
  "At most 100 at a time."
  users(first: Int, after: String): [User!]!
  orders(limit: Int = 20, offset: Int = 0): [Order!]!
  items(
    "The first 1 to 50 items."
    first: Int!
    after: String
  ): [Item!]!
  "The page of a book is no page of a list."
  book(page: Int): Book
}

type User {
  id: ID!
}

type Order {
  id: ID!
}

type Item {
  id: ID!
}
`,
      bad: `
type Query {
  users(first: Int, after: String): [User!]!
  orders("How many." limit: Int, offset: Int): [Order!]!
}

type User {
  id: ID!
  friends(first: Int, after: String): [User!]!
}

type Order {
  id: ID!
}
`,
      *find(api) {
        for (const [first, ...others] of unboundedLimits(api)) {
          yield {
            at: first!.at,
            message: `The page size \`${first!.name}\` has no default, and nothing says what its maximum is${others.length > 0 ? `, here and in ${others.length} other ${others.length > 1 ? 'places' : 'place'}` : ''}.`,
            help: 'Give it a default, and say in its description how much one may ask for.',
            related: others.slice(0, 3).map(({ at }) => ({ message: 'It is described so here, too', at })),
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
  // The maximum number of users to return. 50 if unspecified; values above 1000 are coerced to 1000.
  int32 page_size = 1;
  string page_token = 2;
}

message ListUsersResponse {
  repeated User users = 1;
  string next_page_token = 2;
}

message User {}
`,
      bad: `
syntax = "proto3";

service UserService {
  rpc ListUsers(ListUsersRequest) returns (ListUsersResponse);
}

message ListUsersRequest {
  // How many users to return.
  int32 page_size = 1;
  string page_token = 2;
}

message ListUsersResponse {
  repeated User users = 1;
  string next_page_token = 2;
}

message User {}
`,
      *find(api) {
        const judged = new Set<unknown>();
        for (const { rpc, paging } of protobufLists.collections(api)) {
          const { size } = paging;
          if (!size || judged.has(size.node)) continue;
          judged.add(size.node);
          if (isBoundTold(protobuf.descriptionOf(size.node)) || /page|max/i.test(protobuf.descriptionOf(rpc.node)))
            continue;
          yield {
            at: size.at,
            message: `Nothing says what the default and the maximum of the page size \`${size.name}\` are.`,
            help: 'Say in its comment how many items there are when it is not set, and how many at most.',
          };
        }
      },
    },
  },
});

/** A default may stand in prose, since only people read it; bounds are for machines to enforce. */
function missingBounds(api: OpenApi, { schema, value }: Parameter): string[] {
  const has = (...names: string[]): boolean => names.some((name) => keyword(api, schema, name) !== undefined);
  const listed = has('enum', 'const');
  return [
    ...(listed || has('minimum', 'exclusiveMinimum') ? [] : ['minimum']),
    ...(listed || has('maximum', 'exclusiveMaximum') ? [] : ['maximum']),
    ...(has('default', 'const') || /\bdefaults?\b/i.test(asText(value['description'])) ? [] : ['default']),
  ];
}

function joined(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** The limits that may be anything, together where they are described alike: those come from one piece of code. */
function unboundedLimits(api: GraphQl): readonly (readonly graphqlLists.Taken[])[] {
  const found = new Map<string, graphqlLists.Taken[]>();
  const judged = new Set<unknown>();
  for (const { field, paging } of graphqlLists.collections(api)) {
    for (const limit of paging.limits) {
      if (judged.has(limit.node)) continue;
      judged.add(limit.node);
      if (limit.node.defaultValue && limit.node.defaultValue.kind !== 'NullValue') continue;
      const text = graphql.descriptionOf(limit.node);
      if (isBoundTold(text) || isMaximumTold(graphql.descriptionOf(field.node))) continue;
      const key = `${limit.name} ${text}`;
      const known = found.get(key);
      if (known) known.push(limit);
      else found.set(key, [limit]);
    }
  }
  return [...found.values()];
}

/** Whether the description of a page size speaks of its bounds: with a number, or with words that only bounds are told with. */
function isBoundTold(text: string): boolean {
  return /\d|\b(?:defaults?|server|unspecified|omitted|not (?:set|specified|given|provided)|at most|up to|no more than|cap(?:ped)?|coerced?|limited)\b/i.test(
    text,
  );
}

/** Whether the description of a list says how long its pages can be. */
function isMaximumTold(text: string): boolean {
  return /\b(?:at most|up to|no more than|max(?:imum)?|limit(?:ed)?|cap(?:ped)?)\b[^.]{0,40}\d/i.test(text);
}
