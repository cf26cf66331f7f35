import {
  announcesEnd,
  dateExtensions,
  deprecations,
  markOf,
  namesTime,
  textsOf,
} from '../../conventions/openapi/deprecations.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'evolution/deprecation-dated',
  summary: 'a deprecated operation says until when it works',
  why: `Without a date nobody can plan: callers put the change off, and the API cannot drop the old operation without breaking them.`,
  sources: [
    'guide S4, Deprecation Strategy',
    'guide S1, REST API Standards (version policy)',
    'RFC 8594',
    'RFC 9745',
    'Zalando 189',
  ],
  equivalents: [],
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
  },
});
