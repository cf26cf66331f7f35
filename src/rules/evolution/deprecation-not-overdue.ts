import { deprecations, endOf } from '../../conventions/openapi/deprecations.ts';
import { capitalised } from '../../languages/openapi/titles.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'evolution/deprecation-not-overdue',
  summary: 'what was to be gone by now is gone',
  why: `A date that passes without consequence teaches callers that dates mean nothing. And those who did move have done so for a
document that still offers the old way to everybody new.`,
  sources: ['guide S4, Deprecation Strategy', 'RFC 8594'],
  equivalents: [],
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
        const now = today ?? new Date().toISOString().slice(0, 10);
        for (const deprecation of deprecations(api)) {
          const end = endOf(api, deprecation);
          if (!end || end.day >= now) continue;
          yield {
            at: end.at,
            message: `${capitalised(deprecation.title)} was to be gone by ${end.text} and is still here.`,
            help: 'Remove it, or announce another date.',
          };
        }
      },
    },
  },
});
