import * as graphql from '../../conventions/graphql/deprecations.ts';
import { deprecations, endOf } from '../../conventions/openapi/deprecations.ts';
import * as protobuf from '../../conventions/protobuf/deprecations.ts';
import { capitalised } from '../../languages/openapi/titles.ts';
import { type Day, endIn } from '../../words/deprecations.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'evolution/deprecation-not-overdue',
  summary: 'what was to be gone by now is gone',
  why: `A date that passes without consequence teaches callers that dates mean nothing. And those who did move have done so for a
document that still offers the old way to everybody new.`,
  sources: ['guide S4, Deprecation Strategy', 'RFC 8594'],
  equivalents: ['graphql-eslint:require-deprecation-date'],
  options: {
    today: {
      description: 'The day to compare with, as `2031-06-30`; that of the run where it is null.',
      default: null as string | null,
      schema: { type: ['string', 'null'], pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders/search:
    get:
      deprecated: true
      x-sunset: 2999-12-31
  /orders/find:
    get:
      deprecated: true
      description: Deprecated since 2021-01-01. Will be removed.
`,
      bad: `
openapi: 3.1.0
paths:
  /orders/search:
    get:
      deprecated: true
      x-sunset: 2021-06-30
  /orders:
    get:
      parameters:
        - { name: page, in: query, deprecated: true, description: 'Will be removed on June 1, 2022.' }
`,
      *find(api, { today }) {
        const now = dayOf(today);
        for (const deprecation of deprecations(api)) {
          const end = endOf(api, deprecation);
          if (!end || end.day >= now) continue;
          yield { at: end.at, ...told(capitalised(deprecation.title), end) };
        }
      },
    },
    graphql: {
      good: `
type Order {
  total: Float @deprecated(reason: "Use \`price\`. Removal on 2999-12-31.")
  amount: Float @deprecated(reason: "Use \`price\`, which is there since 2021-06-30.")
  sum: Float @deprecated(reason: "Use \`price\`.", deletionDate: "31/12/2999")
}
`,
      bad: `
type Order {
  total: Float @deprecated(reason: "Use \`price\`. Removal on 2021-06-30.")
  sum: Float @deprecated(reason: "Use \`price\`.", deletionDate: "30/06/2021")
}
`,
      *find(api, { today }) {
        const now = dayOf(today);
        for (const deprecation of graphql.deprecations(api)) {
          const end = graphql.endOf(deprecation);
          if (end && end.day < now) yield { at: end.at, ...told(`\`${deprecation.at.element}\``, end) };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

message Order {
  // Deprecated: use \`total\`. Will be removed in June 2999.
  double amount = 1 [deprecated = true];
}
`,
      bad: `
syntax = "proto3";

message Order {
  // Deprecated: use \`total\`. Will be removed in June 2021.
  double amount = 1 [deprecated = true];
}
`,
      *find(api, { today }) {
        const now = dayOf(today);
        for (const { kind, name, text, textAt } of protobuf.deprecations(api)) {
          const end = endIn(text);
          if (end && end.day < now) yield { at: textAt, ...told(`The ${kind} \`${name}\``, end) };
        }
      },
    },
  },
});

/** The day to compare with. */
function dayOf(today: string | null): string {
  return today ?? new Date().toISOString().slice(0, 10);
}

function told(title: string, { text }: Day): { message: string; help: string } {
  return {
    message: `${title} was to be gone by ${text} and is still here.`,
    help: 'Remove it, or announce another date.',
  };
}
