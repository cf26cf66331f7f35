import * as graphqlLists from '../../conventions/graphql/collections.ts';
import { type PageStyle, pagingOf } from '../../conventions/openapi/pagination.ts';
import * as protobufLists from '../../conventions/protobuf/collections.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { operations, type Parameter } from '../../languages/openapi/select.ts';
import type { Place } from '../../text/place.ts';
import type { Finding } from '../../text/problem.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'pagination/style-consistent',
  summary: 'all lists are paged in one way, by parameters of the same names',
  why: `Clients page through lists with one loop. Each further way of paging needs another loop, in every client and in every
language.`,
  sources: ['guide S4, Consistency Over Cleverness', 'guide S4, Pagination Patterns', 'Zalando 137', 'AIP-158'],
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
  /customers:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
        - { name: cursor, in: query, schema: { type: string } }
        - name: page
          in: query
          description: The way it was before, which still works.
          deprecated: true
          schema: { type: integer }
  /countries:
    get:
      description: Not paged at all.
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
        - { name: cursor, in: query, schema: { type: string } }
  /products:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
        - { name: cursor, in: query, schema: { type: string } }
  /customers:
    get:
      parameters:
        - { name: per_page, in: query, schema: { type: integer } }
        - { name: cursor, in: query, schema: { type: string } }
  /invoices:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
        - { name: offset, in: query, schema: { type: integer } }
`,
      *find(api) {
        yield* oddities(pagedLists(api));
      },
    },
    graphql: {
      good: `
type Query {
  orders(first: Int, after: String): [Order!]!
  products(first: Int, after: String): [Product!]!
  invoices(last: Int, before: String): [Invoice!]!
  countries: [Country!]!
}
`,
      bad: `
type Query {
  orders(first: Int, after: String): [Order!]!
  products(first: Int, after: String): [Product!]!
  customers(take: Int, after: String): [Customer!]!
  invoices(limit: Int, offset: Int): [Invoice!]!
}
`,
      *find(api) {
        yield* oddities(
          graphqlLists.collections(api).flatMap(({ field, paging: { limits, starts, styles } }) =>
            styles.length === 0 || limits.length === 0
              ? []
              : [
                  {
                    name: field.name,
                    at: field.at,
                    styles,
                    // `last` is `first` in the other direction.
                    limits: limits.map(({ name, at, node }) => ({
                      name: name === 'last' ? 'first' : name,
                      at,
                      cause: node,
                    })),
                    starts: startsOf(styles, (style) => {
                      const { name, at, node } = starts[style][0]!;
                      return { name, at, cause: node };
                    }),
                  },
                ],
          ),
        );
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

message ListUsersResponse {}

message ListOrdersRequest {
  int32 page_size = 1;
  string page_token = 2;
  int32 skip = 3;
}

message ListOrdersResponse {}
`,
      bad: `
syntax = "proto3";

service UserService {
  rpc ListUsers(ListUsersRequest) returns (ListUsersResponse);
  rpc ListShops(ListShopsRequest) returns (ListShopsResponse);
  rpc ListOrders(ListOrdersRequest) returns (ListOrdersResponse);
  rpc ListItems(ListItemsRequest) returns (ListItemsResponse);
}

message ListUsersRequest {
  int32 page_size = 1;
  string page_token = 2;
}

message ListUsersResponse {}

message ListShopsRequest {
  int32 page_size = 1;
  string page_token = 2;
}

message ListShopsResponse {}

message ListOrdersRequest {
  int32 page_size = 1;
  int32 offset = 2;
}

message ListOrdersResponse {}

message ListItemsRequest {
  int32 limit = 1;
  string page_token = 2;
}

message ListItemsResponse {}
`,
      *find(api) {
        yield* oddities(
          protobufLists.collections(api).flatMap(({ rpc, paging: { size, token, skip } }) => {
            if (!size || !(token || skip)) return [];
            const styles: PageStyle[] = [...(token ? ['cursor' as const] : []), ...(skip ? [styleOf(skip.name)] : [])];
            return [
              {
                name: rpc.name,
                at: rpc.at,
                styles,
                limits: [{ name: size.name, at: size.at, cause: size.node }],
                starts: startsOf(styles, (style) => {
                  const { name, at, node } = (style === 'cursor' ? token : skip)!;
                  return { name, at, cause: node };
                }),
              },
            ];
          }),
        );
      },
    },
  },
});

/** An argument, parameter or field that asks for a page. */
interface Asking {
  readonly name: string;
  readonly at: Place;
  /** What it is written as: one of several lists' is judged once. */
  readonly cause: unknown;
}

/** A list, and how one asks for its pages. */
interface List {
  readonly name: string;
  readonly at: Place;
  readonly styles: readonly PageStyle[];
  readonly limits: readonly Asking[];
  readonly starts: ReadonlyMap<PageStyle, Asking>;
}

function startsOf(styles: readonly PageStyle[], start: (style: PageStyle) => Asking): ReadonlyMap<PageStyle, Asking> {
  return new Map(styles.map((style) => [style, start(style)]));
}

function styleOf(skip: string): PageStyle {
  return skip.startsWith('page') ? 'page' : 'offset';
}

function* oddities(lists: readonly List[]): Generator<Finding> {
  yield* oddStyles(lists);
  yield* oddLimits(lists);
}

function pagedLists(api: OpenApi): List[] {
  return operations(api).flatMap((operation) => {
    if (operation.method !== 'get') return [];
    const { styles, limits, starts } = pagingOf(api, operation);
    if (styles.length === 0 || limits.length === 0) return [];
    const asking = ({ name, at, value }: Parameter): Asking => ({ name, at: at.child('name'), cause: value });
    return [
      {
        name: operation.name,
        at: operation.at,
        styles,
        limits: limits.map(asking),
        starts: startsOf(styles, (style) => asking(starts[style][0]!)),
      },
    ];
  });
}

/** The lists that cannot be paged as most can. */
function* oddStyles(lists: readonly List[]): Generator<Finding> {
  const wanted = commonest(lists.flatMap(({ styles }) => styles));
  if (!wanted) return;
  const model = lists.find(({ styles }) => styles.includes(wanted))!;
  const judged = new Set<unknown>();
  for (const { name, styles, starts } of lists) {
    const [style] = styles;
    if (!style || styles.includes(wanted)) continue;
    const start = starts.get(style)!;
    if (judged.has(start.cause)) continue;
    judged.add(start.cause);
    yield {
      at: start.at,
      message: `\`${name}\` pages by ${inWords(style, start)}; most lists page by ${inWords(wanted, model.starts.get(wanted)!)}.`,
      related: [{ message: `\`${model.name}\` does as most do.`, at: model.at }],
    };
  }
}

const inWords = (style: PageStyle, { name }: Asking): string =>
  split(name).join(' ') === style ? `\`${name}\`` : `${style} (\`${name}\`)`;

/** The limits that are not called what most are. Their spelling is another rule's matter. */
function* oddLimits(lists: readonly List[]): Generator<Finding> {
  const names = lists.map(({ limits }) => wordsOf(limits[0]!));
  const wanted = commonest(names);
  const model = wanted === undefined ? undefined : lists[names.indexOf(wanted)];
  if (!model) return;
  const judged = new Set<unknown>();
  for (const { name, limits } of lists) {
    const limit = limits[0]!;
    if (judged.has(limit.cause) || limits.some((other) => wordsOf(other) === wanted)) continue;
    judged.add(limit.cause);
    yield {
      at: limit.at,
      message: `\`${name}\` calls its page size \`${limit.name}\`; most lists call it \`${model.limits[0]!.name}\`.`,
      related: [{ message: `\`${model.name}\` does as most do.`, at: model.at }],
    };
  }
}

const wordsOf = ({ name }: Asking): string => split(name).join(' ');

/** What occurs most often, and more than once; where nothing is ahead of all else, there is no custom to keep. */
function commonest<T>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [first, second] = [...counts].sort(([, a], [, b]) => b - a);
  return first && first[1] > Math.max(1, second?.[1] ?? 0) ? first[0] : undefined;
}
