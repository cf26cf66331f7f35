import * as graphql from '../../conventions/graphql/deprecations.ts';
import { announcesEnd, dateExtensions, deprecations, markOf, textsOf } from '../../conventions/openapi/deprecations.ts';
import * as protobuf from '../../conventions/protobuf/deprecations.ts';
import { namesRelease, namesTime } from '../../words/deprecations.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'evolution/deprecation-dated',
  summary: 'what is deprecated says until when it works',
  why: `Without a date nobody can plan: callers put the change off, and the API cannot drop the old way without breaking them.`,
  sources: [
    'guide S4, Deprecation Strategy',
    'guide S1, REST API Standards (version policy)',
    'RFC 8594',
    'RFC 9745',
    'Zalando 189',
  ],
  equivalents: ['graphql-eslint:require-deprecation-date'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders/search:
    get:
      deprecated: true
      x-sunset: 2031-06-30
  /orders/find:
    get:
      deprecated: true
      description: Will be removed in June 2031.
  /orders/all:
    get:
      deprecated: true
      responses:
        '200':
          headers: { Sunset: { schema: { type: string } } }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders/search:
    get:
      deprecated: true
      description: Use \`GET /orders\` instead.
`,
      *find(api) {
        for (const deprecation of deprecations(api)) {
          const { operation, title } = deprecation;
          if (!operation || announcesEnd(api, operation) || dateExtensions(deprecation).length > 0) continue;
          if (textsOf(api, deprecation).some(({ value }) => namesTime(value))) continue;
          yield {
            at: markOf(deprecation),
            message: `${title} is deprecated and does not say until when it works.`,
            help: 'Set `x-sunset` to the day on which it goes, and answer with a `Sunset` header.',
          };
        }
      },
    },
    graphql: {
      good: `
type Order {
  total: Float @deprecated(reason: "Use \`price\`. Removal on 2031-06-30.")
  amount: Float @deprecated(reason: "Use \`price\`. Will be removed in version 4.0.")
  sum: Float @deprecated(reason: "Use \`price\`.", deletionDate: "30/06/2031")
}
`,
      bad: `
type Order {
  total: Float @deprecated(reason: "Use \`price\`. This field will be removed.")
}
`,
      *find(api) {
        for (const { at, mark, dates, texts } of graphql.deprecations(api)) {
          if (dates.length > 0 || texts.some(({ value }) => namesTime(value) || namesRelease(value))) continue;
          yield {
            at: mark,
            message: `\`${at.element}\` is deprecated and does not say until when it works.`,
            help: 'Name the day on which it goes in the reason, as `Removal on 2031-06-30.`',
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

service OrderService {
  // Deprecated: use ListOrders. Will be removed on 2031-06-30.
  rpc FindOrders(FindOrdersRequest) returns (FindOrdersResponse) {
    option deprecated = true;
  }
}

message Order {
  // Deprecated: use \`total\`. A field costs nothing and may stay.
  double amount = 1 [deprecated = true];
}
`,
      bad: `
syntax = "proto3";

service OrderService {
  // Deprecated: use ListOrders.
  rpc FindOrders(FindOrdersRequest) returns (FindOrdersResponse) {
    option deprecated = true;
  }
}
`,
      *find(api) {
        for (const { kind, name, mark, text } of protobuf.deprecations(api)) {
          if (kind !== 'rpc' && kind !== 'service') continue;
          if (namesTime(text) || namesRelease(text)) continue;
          yield {
            at: mark,
            message: `The ${kind} \`${name}\` is deprecated and does not say until when it works.`,
            help: 'Name the day on which it goes in the comment, behind `Deprecated:`.',
          };
        }
      },
    },
  },
});
