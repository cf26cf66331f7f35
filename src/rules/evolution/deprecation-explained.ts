import * as graphql from '../../conventions/graphql/deprecations.ts';
import { type Deprecation, deprecations, markOf, textsOf } from '../../conventions/openapi/deprecations.ts';
import * as protobuf from '../../conventions/protobuf/deprecations.ts';
import { keysOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { capitalised } from '../../languages/openapi/titles.ts';
import { saysNothingOfDeprecation, saysWhatNow } from '../../words/deprecations.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'evolution/deprecation-explained',
  summary: 'what is deprecated says what replaces it',
  why: `"Deprecated" tells callers to stop, not what to do. They keep calling it until it is gone, and then find out from an outage
what they should have used.`,
  sources: [
    'guide S4, Deprecation Strategy',
    'OpenAPI 3.1.1, Operation Object',
    'GraphQL specification, section 3.13.3 (@deprecated)',
    'Zalando 187',
    'AIP-192',
  ],
  equivalents: [
    'graphql-eslint:require-deprecation-reason',
    'graphql-schema-linter:deprecations-have-a-reason',
    'aip:0192::deprecated-comment',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders/search:
    get:
      deprecated: true
      description: Finds orders. Use \`GET /orders\` instead.
  /orders:
    get:
      parameters:
        - { name: page, in: query, deprecated: true, description: No longer has any effect. }
        - { name: sort, in: query, deprecated: true, x-replaced-by: order_by }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders/search:
    get:
      deprecated: true
      description: Use this to find orders.
  /orders:
    get:
      parameters:
        - { name: page, in: query, deprecated: true, description: The page. }
components:
  schemas:
    Order:
      properties:
        total: { type: number, deprecated: true }
`,
      *find(api) {
        for (const deprecation of deprecations(api)) {
          if (isExplained(api, deprecation)) continue;
          yield {
            at: markOf(deprecation),
            message: `${capitalised(deprecation.title)} is deprecated and does not say what replaces it.`,
            help: 'Name the replacement in the description, or say that there is none.',
          };
        }
      },
    },
    graphql: {
      good: `
type Query {
  orders(
    page: Int @deprecated(reason: "Use \`after\`.")
    after: String
  ): [Order!]
}

type Order {
  total: Float @deprecated(reason: "Floats lose cents.")
  "Deprecated: use the status of the payment."
  paid: Boolean @deprecated
}
`,
      bad: `
type Query {
  orders(page: Int @deprecated, after: String): [Order!]
}

type Order {
  total: Float @deprecated(reason: "")
  amount: Int @deprecated(reason: "This field is deprecated.")
}
`,
      *find(api) {
        for (const { at, mark, reason, texts } of graphql.deprecations(api)) {
          if (!saysNothingOfDeprecation(reason)) continue;
          // The description may say it instead.
          if (texts.some(({ value }) => value.trim() !== reason && saysWhatNow(value))) continue;
          const told = reason === '' ? 'gives no reason' : 'gives a reason that says nothing';
          yield {
            at: mark,
            message: `The deprecation of \`${at.element}\` ${told}.`,
            help: 'Say in `reason` what to use instead, or why it goes.',
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

message Order {
  // Deprecated: use \`total\`.
  double amount = 1 [deprecated = true];
  // What the customer pays. Replaces \`amount\`.
  string total = 2;
  string note = 3 [deprecated = true]; // Deprecated. Nobody reads it.
}
`,
      bad: `
syntax = "proto3";

service OrderService {
  // Finds orders.
  rpc FindOrders(FindOrdersRequest) returns (FindOrdersResponse) {
    option deprecated = true;
  }
}

message Order {
  double amount = 1 [deprecated = true];
  // Deprecated.
  string note = 2 [deprecated = true];
}
`,
      *find(api) {
        for (const { kind, name, mark, text } of protobuf.deprecations(api)) {
          if (saysWhatNow(text) || !saysNothingOfDeprecation(deprecationTold(text))) continue;
          const told = text === '' ? 'has no comment that says' : 'does not say in its comment';
          yield {
            at: mark,
            message: `The deprecated ${kind} \`${name}\` ${told} what replaces it.`,
            help: 'Add a line to its comment that starts with `Deprecated:` and says what to use instead, or why it goes.',
          };
        }
      },
    },
  },
});

function isExplained(api: OpenApi, deprecation: Deprecation): boolean {
  if (
    keysOf(deprecation.value).some((key) =>
      /^x-.*(?:replac|alternative|successor|deprecat.*(?:reason|message|desc|info))/i.test(key),
    )
  ) {
    return true;
  }
  return textsOf(api, deprecation).some(({ value }) => saysWhatNow(value));
}

/** What a comment says from the word `deprecated` on. */
function deprecationTold(comment: string): string {
  return /\b(?:deprecat|obsolete)[\s\S]*/i.exec(comment)?.[0] ?? '';
}
